import { fits } from '../../cache/fit';
import type { Checkpoint } from '../../cache/plan';
import { fitOf, mayBeWritten } from '../../cache/written';
import { type TokenEstimate, minus } from '../../figures/band';
import { fixTitles } from '../../messages/fixes';
import { describeTokens } from '../../messages/tokensText';
import { checkpointAt, extraOfWrite, moveMarker, removeMarkerFix, takesMarker } from '../markers';
import { anthropicCaching, awsCaching } from '../sources';
import type { Fix, Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** `lost`, `extraUsd`: of each call, where each asks another question. */
    'cache/last-turn': { readonly lost: TokenEstimate; readonly extraUsd: number | undefined };
  }
}

type Code = 'cache/last-turn';

const isBehindTurn = (point: Checkpoint): boolean =>
  fitOf(point) === 'surely' && point.reuse.kind === 'never' && point.reuse.by.kind === 'turn';

/** The last block before the one that the marker closes after which it is written for sure and covers more than the other markers. */
const moveUp = (input: RuleInput, point: Checkpoint): Fix | undefined => {
  const { blocks, caching, checkpoints } = input.plan;
  if (caching?.kind !== 'explicit') return undefined;
  const closed = blocks.findLastIndex(({ block }, at) => at < point.index && block.kind !== 'cachePoint');
  const target = blocks.findLastIndex((_wire, at) => at < closed && takesMarker(input, at, caching));
  const wire = blocks[target];
  const covered = Math.max(0, ...checkpoints.filter((other) => other !== point).map((other) => other.prefix.likely));
  if (wire === undefined || fits(wire.upTo, caching) !== 'surely' || wire.prefix.likely <= covered) return undefined;
  const edits = moveMarker(input, point, target);
  return edits && { title: fixTitles.moveMarkerUp, kind: 'moves', edits, preferred: false };
};

/** A cache point after the last user turn of a request that is no conversation yet: a request with another question cannot read it. */
export const lastTurn: Rule<Code> = {
  code: 'cache/last-turn',
  severity: 'information',
  sources: [awsCaching, `${anthropicCaching} (exact prefix, and moving cache points in conversations)`],
  says: ({ lost, extraUsd }, formats) => {
    const money = extraUsd === undefined || extraUsd <= 0 ? '' : `, at an extra cost of ${formats.usd(extraUsd)} a call`;
    return `This cache point comes after the last user turn, so only a request that goes on with this conversation reads what it writes. Where each request asks another question, every call writes ${describeTokens(lost, formats)} and no call reads them${money}: then put it before the question.`;
  },
  *check({ plan }) {
    const point = plan.checkpoints.find(isBehindTurn);
    if (point === undefined) return;
    const readable = plan.checkpoints.findLast((other) => mayBeWritten(other) && other.reuse.kind !== 'never');
    const lost = minus(point.prefix, readable?.prefix);
    yield { code: 'cache/last-turn', span: point.marker.span, data: { lost, extraUsd: extraOfWrite(plan, point, lost) } };
  },
  *fixes(problem, input) {
    const point = checkpointAt(input, problem.span);
    const up = point && moveUp(input, point);
    if (up !== undefined) yield up;
    yield* removeMarkerFix(problem, input, false);
  },
};
