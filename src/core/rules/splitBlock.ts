import { fits } from '../cache/fit';
import { refusalAfter } from '../cache/markerPlaces';
import { markerWord } from '../prompt/words';
import type { Ttl } from '../request/types';
import type { TextEdit } from '../text/edit';
import { span, type Span } from '../text/span';
import { estimateText } from '../tokens/estimate';
import { plus, type TokenEstimate } from '../figures/band';
import type { RuleInput } from './types';

/** A place for a marker between two lines of a text block. */
export interface LinePlace {
  /** What a marker there would cover. */
  readonly prefix: TokenEstimate;
  /** The text of the block before it. */
  readonly head: Span;
  write(ttl: Ttl | undefined): TextEdit;
}

/**
 * The place before the line of `at`, in the middle of a text block, where the prefix up to there is long enough for sure. `undefined` where it is
 * not, or where the format has no lines.
 */
export const placeBeforeLine = ({ plan, prompt, text }: RuleInput, at: Span): LinePlace | undefined => {
  const { caching, model, blocks } = plan;
  const index = blocks.findIndex(({ block }) => block.kind === 'text' && block.span.start <= at.start && at.end <= block.span.end);
  const block = blocks[index]?.block;
  if (prompt.format !== 'bedrock-prompt' || block === undefined || caching?.kind !== 'explicit' || model === undefined) return undefined;
  const start = text.lastIndexOf('\n', at.start - 1) + 1;
  const head = span(block.span.start, Math.max(block.span.start, start));
  const source = text.slice(head.start, head.end);
  if (source.trim() === '' || refusalAfter(blocks, index, caching) !== undefined) return undefined;
  const own = estimateText(source, model.tokens);
  const before = blocks[index - 1]?.prefix;
  const prefix = before === undefined ? own : plus(own, before);
  if (fits(prefix, caching) !== 'surely') return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    prefix,
    head,
    write: (ttl) => ({ span: span(start, start), text: `<!-- ${markerWord}${ttl === undefined ? '' : ` ttl=${ttl}`} -->${newline}` }),
  };
};
