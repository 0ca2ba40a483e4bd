import { findSecrets } from '../prompt/secrets';
import { isRecord } from '../text/json';
import type { RunEvent } from './events';
import type { RunPort } from './port';

/** Answers that are given again for an identical request. Never a prompt cache: nothing is sent, and the service knows nothing of it. */

/** Where answers are kept. */
export type RecordedMode = 'off' | 'window' | 'persistent';

export const recordedModes: readonly RecordedMode[] = ['off', 'window', 'persistent'];

type Said = Extract<RunEvent, { readonly type: 'text' | 'reasoning' | 'toolUse' | 'part' | 'stopped' }>;

/** A whole answer as it came, its pieces joined. */
export interface RecordedAnswer {
  /** Of the request, the door, the Region and the identity. */
  readonly key: string;
  /** The prompt that it answered. */
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly said: readonly Said[];
}

export type RecordedAnswers = readonly RecordedAnswer[];

/** What is kept at most, the newest. */
export const recordedLimits = { answers: 50, characters: 1_000_000, days: 7 } as const;

const dayMs = 86_400_000;

const sizeOf = (answer: RecordedAnswer): number => JSON.stringify(answer).length;

const isFresh = ({ at }: RecordedAnswer, now: number): boolean => now - at < recordedLimits.days * dayMs && at <= now;

/** The answers with a further one, which takes the place of an older one of the same request; bounded by number, size and age. */
export const withAnswer = (answers: RecordedAnswers, fresh: RecordedAnswer): RecordedAnswers => {
  const others = answers.filter((one) => !(one.key === fresh.key && one.subject === fresh.subject) && isFresh(one, fresh.at));
  let characters = 0;
  return [fresh, ...others].slice(0, recordedLimits.answers).filter((one) => (characters += sizeOf(one)) <= recordedLimits.characters);
};

/** The answer to exactly this request of this prompt, while it is not too old. */
export const findAnswer = (answers: RecordedAnswers, key: string, subject: string, now: number): RecordedAnswer | undefined =>
  answers.find((one) => one.key === key && one.subject === subject && isFresh(one, now));

const isSaid = (event: RunEvent): event is Said =>
  event.type === 'text' || event.type === 'reasoning' || event.type === 'toolUse' || event.type === 'part' || event.type === 'stopped';

/** Pieces of one text that follow each other, joined. */
const joined = (events: readonly Said[]): readonly Said[] =>
  events.reduce<readonly Said[]>((all, event) => {
    const last = all.at(-1);
    const goesOn = (event.type === 'text' || event.type === 'reasoning') && last?.type === event.type;
    return goesOn ? [...all.slice(0, -1), { ...last, delta: last.delta + event.delta }] : [...all, event];
  }, []);

/** A port that tells a whole answer once it has ended well, and is otherwise the port that it is given. */
export const recording = (port: RunPort, keep: (said: RecordedAnswer['said']) => void): RunPort =>
  async function* (call, target, signal) {
    const said: Said[] = [];
    for await (const event of port(call, target, signal)) {
      if (isSaid(event)) said.push(event);
      if (event.type === 'finished') keep(joined(said));
      yield event;
    }
  };

/** A port that gives a recorded answer at once. `now`: milliseconds of the run's clock. */
export const replaying = ({ said, at: recordedAt }: RecordedAnswer, now: () => number): RunPort =>
  async function* ({ modelId }) {
    yield { type: 'started', at: now(), modelId, identity: '' };
    yield { type: 'replayed', at: now(), recordedAt };
    for (const event of said) yield { ...event, at: now() };
    yield { type: 'finished', at: now(), requestId: undefined, attempts: 0 };
  };

/** What a key is the hash of: where and as whom the request would go, and its very bytes but for white space between values. */
export const keyText = (
  place: { readonly identity: string; readonly region: string; readonly address: string },
  door: string,
  modelId: string,
  body: string,
): string => JSON.stringify([door, place.address, place.region, place.identity, modelId, canonical(body)]);

/** JSON without white space between its values; the order of its members stays, as the model sees it. */
const canonical = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return body;
  }
};

/** Does an answer hold what `cache/shared-secret` knows for a secret? It is not written then. */
export const holdsSecret = (said: RecordedAnswer['said']): boolean => findSecrets(JSON.stringify(said)).length > 0;

const isAnswer = (value: unknown): value is RecordedAnswer =>
  isRecord(value) &&
  typeof value['key'] === 'string' &&
  typeof value['subject'] === 'string' &&
  typeof value['at'] === 'number' &&
  Array.isArray(value['said']) &&
  value['said'].every((event) => isRecord(event) && typeof event['type'] === 'string');

/** Reads what was kept over a session; what has another shape is forgotten. */
export const parseRecorded = (stored: unknown): RecordedAnswers => (Array.isArray(stored) ? stored.filter(isAnswer) : []);
