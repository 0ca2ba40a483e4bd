import { lastReadable } from '../cache/written';
import type { RuleCode, Severity } from '../prompt/problems';
import { isInDoubt, type Prompt } from '../prompt/model';
import { buildRequest } from '../request/build';
import type { ConverseRequest } from '../request/types';
import { declaredValues } from '../request/values';
import { isRecord } from '../text/json';
import { oncePer } from '../text/once';
import type { FixKind, Reanalyzed } from './types';

/** What must not get worse by a fix, of one prompt. */
export interface Gauge {
  readonly isInDoubt: boolean;
  readonly problems: ReadonlyMap<RuleCode, Severity>;
  /** Everything that is sent but cache points, whatever its order and the blocks it stands in. */
  readonly sent: string;
  /** The same in its order and its blocks: two that are equal in this need not be compared in the other, which takes ten times as long. */
  readonly asSent: string;
  /** Tokens of the longest prefix that later calls read; 0 while the request is refused. */
  readonly readable: number;
}

/** The same for two objects whose members stand in another order, and for lists of blocks without their cache points. */
const canonical = (_key: string, value: unknown): unknown => {
  if (Array.isArray(value)) return value.filter((item) => !(isRecord(item) && 'cachePoint' in item));
  return isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
};

const isMarker = (block: unknown): boolean => isRecord(block) && 'cachePoint' in block;

const linesOf = (block: unknown): readonly string[] => {
  if (isMarker(block)) return [];
  if (isRecord(block) && typeof block['text'] === 'string') {
    const lines = block['text'].split('\n').map((line) => line.trim());
    return lines.filter((line) => line !== '');
  }
  return [JSON.stringify(block, canonical)];
};

const requestOf = (prompt: Prompt): ConverseRequest => buildRequest(prompt, declaredValues(prompt.header.variables, false));

const asSentBy = (prompt: Prompt): string =>
  JSON.stringify(requestOf(prompt), (_key, value: unknown) => (Array.isArray(value) ? value.filter((one) => !isMarker(one)) : value));

/** What a prompt sends, as lines: those of its texts in one order, all else as it is. */
const sentBy = (prompt: Prompt): string => {
  const { system = [], messages = [], ...rest } = requestOf(prompt);
  const lines = [...system, ...messages.flatMap(({ content }) => content)].flatMap(linesOf).sort();
  return JSON.stringify([rest, messages.map(({ role }) => role), lines], canonical);
};

/** What a fix must keep of a prompt that has these problems: read once, however many fixes are tried, and what is sent only when it is compared. */
export const gaugeOf = oncePer(({ input: { prompt, plan }, problems }: Reanalyzed): Gauge => {
  let sent: string | undefined;
  let asSent: string | undefined;
  return {
    isInDoubt: isInDoubt(prompt),
    problems: new Map(problems.map(({ code, severity }) => [code, severity])),
    get sent() {
      sent ??= sentBy(prompt);
      return sent;
    },
    get asSent() {
      asSent ??= asSentBy(prompt);
      return asSent;
    },
    get readable() {
      return problems.some(({ severity }) => severity === 'error') ? 0 : (lastReadable(plan)?.prefix.likely ?? 0);
    },
  };
});

/** Their fixes make a cache point of what is sent as text today, and what is wrong with it was hidden until then. */
const respelled: ReadonlySet<RuleCode> = new Set<RuleCode>(['syntax/marker', 'cache/dialect', 'code/lost-marker']);

/** What only a prefix that is cached can have. */
const ofPrefix: ReadonlySet<RuleCode> = new Set<RuleCode>(['cache/unstable-bytes']);

/** Here reading less is the point: it costs more than it saves. */
const readsLess: ReadonlySet<RuleCode> = new Set<RuleCode>(['cache/never-pays']);

/**
 * Does a change keep what must be kept? It leads to no document whose structure is in doubt and to no problem that was not there, though one that
 * goes may have hidden another; a `safe` change or a move keeps all lines that are sent, and as many tokens that later calls can read.
 */
export const keepsAll = (before: Gauge, after: Gauge, { kind, code }: { readonly kind: FixKind; readonly code: RuleCode }): boolean => {
  if (after.isInDoubt) return false;
  const mayComeToLight = kind === 'changes' || respelled.has(code) || [...before.problems.values()].includes('error');
  for (const [found, severity] of after.problems) {
    if (before.problems.has(found)) continue;
    // Text that varies from call to call hides what varies from session to session.
    if (code === 'cache/volatile-prefix' && found === 'cache/session-prefix') continue;
    const wasHidden = mayComeToLight ? severity !== 'error' : (kind === 'safe' && found === 'cache/missing') || ofPrefix.has(found);
    if (!wasHidden) return false;
  }
  if (kind === 'changes') return true;
  // The text of such a marker is counted no more, so a prefix that goes on after it is shorter by that.
  if (respelled.has(code)) return after.readable > 0 || before.readable === 0;
  return (before.asSent === after.asSent || before.sent === after.sent) && (readsLess.has(code) || after.readable >= before.readable);
};
