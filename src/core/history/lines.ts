import { isRecord } from '../text/json';
import type { AnswerPart } from '../runs/parts';
import { formVersion, type StoredRun } from './stored';

/** One run as a line of a file. Lines are appended and never changed. */
export const lineOf = (run: StoredRun): string => `${JSON.stringify(run)}\n`;

/** What the lines of a file hold. */
export interface HistoryLines {
  readonly runs: readonly StoredRun[];
  /** Lines of a later version, which are left as they are. */
  readonly later: number;
  /** Lines that are none: torn by a host that was killed, or spoiled. */
  readonly broken: number;
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const oneOf =
  (...words: readonly unknown[]): Check =>
  (value) =>
    words.includes(value);
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const each =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const members =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isRecord(value) && Object.entries(checks).every(([name, check]) => check(value[name]));

const isBand = members({ low: isNumber, likely: isNumber, high: isNumber });

const isPlace = (value: unknown): boolean =>
  members({ in: oneOf('web'), url: isText })(value) ||
  members({ in: oneOf('characters', 'pages', 'chunks'), document: maybe(isNumber), start: isNumber, end: isNumber })(value) ||
  members({ in: oneOf('searchResult'), result: maybe(isNumber), start: isNumber, end: isNumber })(value);

/** What is shown of each kind of part of an answer. */
const partChecks: { readonly [K in AnswerPart['kind']]: Check } = {
  citation: members({ title: maybe(isText), source: maybe(isText), cited: isText, place: maybe(isPlace) }),
  toolResult: members({ status: maybe(isText), content: Array.isArray }),
  searchResult: members({ title: isText, source: isText, text: isText }),
  image: members({ format: isText, bytes: isNumber }),
  hiddenReasoning: () => true,
  guardrail: members({
    findings: each(
      members({
        guardrail: isText,
        side: oneOf('input', 'output'),
        policy: isText,
        name: isText,
        match: maybe(isText),
        action: isText,
        measure: maybe(isText),
      }),
    ),
    reason: maybe(isText),
  }),
  router: members({ modelId: isText }),
  fields: (value) => isRecord(value) && value['value'] !== undefined,
  served: members({ tier: maybe(isText), latency: maybe(isText) }),
};
const isPart: Check = (value) =>
  isRecord(value) && Object.entries(partChecks).some(([kind, check]) => value['kind'] === kind && check(value));

const isField = oneOf('tools', 'system', 'messages');

/** What the panel, the view and the explanation read of a run; a file is as little to be believed as what any other program wrote. */
const isRun = members({
  id: isText,
  file: isText,
  subject: isText,
  modelId: isText,
  modelName: isText,
  endpoint: isText,
  key: isText,
  service: oneOf('aws', 'emulator', 'custom'),
  state: oneOf('finished', 'failed'),
  startedAt: isNumber,
  pair: maybe(members({ id: isText, part: oneOf('cold', 'warm') })),
  prompt: maybe(members({ document: isText, id: isText, hash: maybe(isText) })),
  row: maybe(isText),
  batch: maybe(members({ id: isText, job: isNumber })),
  region: maybe(isText),
  api: maybe(oneOf('converse', 'messages', 'nova')),
  caller: maybe(isText),
  account: maybe(isText),
  signer: maybe(isText),
  prices: maybe(isRecord),
  pricesChecked: maybe(isText),
  caching: maybe(members({ kind: oneOf('explicit', 'implicit', 'none') })),
  usage: maybe(
    members({
      input: isNumber,
      output: isNumber,
      cacheRead: maybe(isNumber),
      cacheWrite: maybe(isNumber),
      writes: each(members({ ttl: isText, tokens: isNumber })),
    }),
  ),
  prediction: maybe(members({ cacheRead: isBand, cacheWrite: isBand, input: isBand, assumes: isText })),
  usd: maybe(isBand),
  failure: maybe(members({ code: isText, detail: isText })),
  stopReason: maybe(isText),
  requestId: maybe(isText),
  firstDeltaMs: maybe(isNumber),
  totalMs: maybe(isNumber),
  latencyMs: maybe(isNumber),
  attempts: maybe(isNumber),
  sent: members({
    model: isText,
    blocks: each((block) => Array.isArray(block) && isText(block[0]) && isText(block[1]) && isNumber(block[2])),
    settings: each(members({ name: isText, from: isField, hash: isText })),
    points: each(members({ after: isNumber, ttl: isText, verdict: isText, tokens: each(isNumber) })),
  }),
  texts: maybe(
    members({ request: isText, answer: isText, reasoning: isText, toolUses: each(members({ name: isText })), parts: maybe(each(isPart)) }),
  ),
});

type Line = StoredRun | 'later' | 'broken';

/** One line; `broken` is whatever is no run of a version that there is. */
export const readLine = (text: string): Line => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'broken';
  }
  if (!isRecord(value)) return 'broken';
  const { v } = value;
  if (typeof v === 'number' && v > formVersion) return 'later';
  // Every member that is read was checked.
  return v === formVersion && isRun(value) ? (value as unknown as StoredRun) : 'broken';
};

/** All lines of a file; blank ones were deleted. A line without its end may still be in writing: it counts as broken until it reads as a run. */
export const readLines = (text: string): HistoryLines => {
  const runs: StoredRun[] = [];
  const counts = { later: 0, broken: 0 };
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (typeof read === 'string') counts[read] += 1;
    else runs.push(read);
  }
  return { runs, ...counts };
};

/** A line that is not parsed yet, with the time by which it is sorted. */
export interface RawLine {
  readonly line: string;
  readonly startedAt: number;
}

/** What stands in the line of every run of a prompt, or of any. */
export const subjectMark = (subject: string | undefined): string => `"subject":${subject === undefined ? '' : JSON.stringify(subject)}`;

/** What stands in the line of every call of a batch. */
export const batchMark = (batch: string): string => `"batch":{"id":${JSON.stringify(batch)},`;

/** What stands in the line of the run with an id. */
export const idMark = (id: string): string => `"id":${JSON.stringify(id)}`;

export const rawLine = (line: string): RawLine => ({ line, startedAt: Number(/"startedAt":(\d+)/.exec(line)?.[1] ?? 0) });

/** Is a file so spoiled that it is better set aside: more of its lines are broken than can be read? One torn line spoils nothing. */
export const isSpoiled = ({ runs, later, broken }: HistoryLines): boolean => broken > 1 && broken > runs.length + later;
