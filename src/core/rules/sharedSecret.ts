import { fits } from '../cache/fit';
import { exactly, minus } from '../figures/band';
import type { CachePlan, Checkpoint } from '../cache/plan';
import { fixTitles } from '../messages/fixes';
import { segmentsOf } from '../prompt/model';
import { shownPlace } from '../text/segment';
import { span, type Span } from '../text/span';
import { signsOf } from './textSigns';
import type { Rule, RuleInput } from './types';

const lastShared = ({ checkpoints }: CachePlan): Checkpoint | undefined =>
  checkpoints.findLast(({ verdict, reuse }) => verdict.kind === 'caches' && reuse.kind === 'shared');

/** The line of the secret, where it can go elsewhere: other text stays in its block, and the prefix stays long enough. */
const movableLine = ({ plan, prompt, text }: RuleInput, at: Span): Span | undefined => {
  const block = plan.blocks.find(
    (wire) => wire.block.kind === 'text' && wire.block.span.start <= at.start && at.end <= wire.block.span.end,
  )?.block;
  const prefix = lastShared(plan)?.prefix;
  if (prompt.format !== 'bedrock-prompt' || block === undefined || prefix === undefined || plan.caching?.kind !== 'explicit')
    return undefined;
  const start = text.lastIndexOf('\n', at.start - 1) + 1;
  const newline = text.indexOf('\n', at.end);
  const end = newline === -1 ? text.length : newline + 1;
  if (
    start < block.span.start ||
    end > block.span.end ||
    text.slice(block.span.start, start).trim() + text.slice(end, block.span.end).trim() === ''
  )
    return undefined;
  // No text has more tokens than characters.
  return fits(minus(prefix, exactly(end - start)), plan.caching) === 'surely' ? span(start, end) : undefined;
};

/** What looks like a credential or a card number in a prefix that every call shares: it is sent, and kept, with each of them. */
export const sharedSecret: Rule<'cache/shared-secret'> = {
  severity: 'warning',
  *check({ plan, prompt }) {
    const shared = lastShared(plan);
    for (const { block } of plan.blocks.slice(0, shared?.index ?? 0)) {
      for (const segment of segmentsOf(block)) {
        if (segment.kind !== 'text') continue;
        for (const { what, start, end } of signsOf(segment).secrets)
          yield { code: 'cache/shared-secret', span: shownPlace(prompt.sources, segment, start, end), data: { what } };
      }
    }
  },
  *fixes(problem, input) {
    const marker = lastShared(input.plan)?.marker;
    const line = movableLine(input, problem.span);
    if (marker === undefined || line === undefined || !input.text.startsWith('<!--', marker.span.start)) return;
    const moved = input.text.slice(line.start, line.end).trimEnd();
    const newline = input.text.includes('\r\n') ? '\r\n' : '\n';
    const edits = [
      { span: line, text: '' },
      { span: span(marker.span.end, marker.span.end), text: `${newline}${moved}` },
    ];
    yield { title: fixTitles.moveLineBehind, edits, preferred: false };
  },
};
