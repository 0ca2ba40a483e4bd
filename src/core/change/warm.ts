import type { Prediction } from '../runs/record';
import type { ConverseRequest } from '../request/types';
import type { Json } from '../text/json';
import { requestText } from '../request/json';
import { minus, noTokens, widen, type TokenEstimate } from '../figures/band';
import { isWritten, lastWritten, type CachePlan, type Checkpoint } from '../cache/plan';

/** Prefixes that earlier runs of this session wrote or read, and until when they live; milliseconds since 1970. */
export type WarmPrefixes = ReadonlyMap<string, number>;

const lifetimeMs: Readonly<Record<string, number>> = { '5m': 5 * 60_000, '30m': 30 * 60_000, '1h': 60 * 60_000 };

/** cyrb53, a public-domain string hash of 53 bits: enough to tell the prefixes of one session apart. */
const hash = (text: string): string => {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return `${(low >>> 0).toString(36)}${(high >>> 0).toString(36)}`;
};

const listed = (request: ConverseRequest): readonly unknown[] => [
  ...(request.toolConfig?.tools ?? []),
  ...(request.system ?? []),
  ...(request.messages ?? []).flatMap((message) => message.content.map((block) => ({ role: message.role, block }))),
];

/** One key per checkpoint of the plan: equal keys mean equal models, services and prefixes. */
const keysOf = (plan: CachePlan, request: ConverseRequest, where: string): ReadonlyMap<Checkpoint, string> => {
  const blocks = listed(request);
  return new Map(
    plan.checkpoints.map((point) => {
      const prefix = blocks
        .slice(0, point.index)
        .filter((block) => typeof block !== 'object' || block === null || !('cachePoint' in block));
      const text = requestText({ modelId: request.modelId, messages: prefix as Json as never }); // only its text counts here
      return [point, `${where} ${hash(text)}`];
    }),
  );
};

/** A few tokens of frame may stand on either side of a place. */
const frame = 4;

/** What stands between two places of a request. */
const between = (end: TokenEstimate, start: TokenEstimate | undefined): TokenEstimate =>
  start === undefined ? end : widen(minus(end, start), frame);

/** What a call will read, write and pay in full, given what is warm now. */
export const predictRun = (plan: CachePlan, request: ConverseRequest, where: string, warm: WarmPrefixes, now: number): Prediction => {
  const written = lastWritten(plan);
  const { basis } = plan.total;
  if (written === undefined) return { cacheRead: noTokens(basis), cacheWrite: noTokens(basis), input: plan.total, assumes: 'noCaching' };
  const keys = keysOf(plan, request, where);
  const read = plan.checkpoints.findLast((point) => isWritten(point) && (warm.get(keys.get(point) ?? '') ?? 0) > now);
  const whole = read === written;
  return {
    cacheRead: read === undefined ? noTokens(basis) : read.prefix,
    cacheWrite: whole ? noTokens(basis) : between(written.prefix, read?.prefix),
    input: between(plan.total, written.prefix),
    assumes: read === undefined ? 'cold' : 'warm',
  };
};

/** The warm prefixes after a finished call: each checkpoint that it wrote or read lives its lifetime from the start of the call. */
export const warmAfter = (
  warm: WarmPrefixes,
  plan: CachePlan,
  request: ConverseRequest,
  where: string,
  startedAt: number,
): WarmPrefixes => {
  const next = new Map([...warm].filter(([, until]) => until > startedAt));
  const keys = keysOf(plan, request, where);
  for (const point of plan.checkpoints)
    if (isWritten(point)) next.set(keys.get(point) ?? '', startedAt + (lifetimeMs[point.ttl] ?? 5 * 60_000));
  return next;
};
