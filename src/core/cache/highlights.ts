import { segmentsOf, type Block } from '../prompt/blocks';
import { theDocument } from '../text/place';
import { encloses, overlaps, span, type Span } from '../text/span';
import { fits } from './fit';
import type { CachePlan, Checkpoint } from './plan';

/** How a stretch of text is tinted. `varyingBlock` is a block with something that varies in it, `varying` that something itself. */
export type HighlightStyle =
  'checkpoint1' | 'checkpoint2' | 'checkpoint3' | 'checkpoint4' | 'unmarked' | 'varying' | 'varyingBlock' | 'tail';

export const highlightStyles: readonly HighlightStyle[] = [
  'checkpoint1',
  'checkpoint2',
  'checkpoint3',
  'checkpoint4',
  'unmarked',
  'varyingBlock',
  'varying',
  'tail',
];

export interface Highlight {
  readonly style: HighlightStyle;
  readonly span: Span;
}

const styleOf = (number: number): HighlightStyle => highlightStyles[Math.min(number, 4) - 1] ?? 'checkpoint4';

/** Could the static text up to the first varying block be cached if a marker stood after it? */
const unmarkedIsCacheable = ({ caching, blocks, firstVarying }: CachePlan): boolean =>
  caching?.kind === 'explicit' && blocks.slice(0, firstVarying).some(({ upTo }) => fits(upTo, caching) !== 'no');

const styleAt = (plan: CachePlan, index: number, useful: readonly Checkpoint[], cacheable: boolean): HighlightStyle => {
  const covering = useful.find((checkpoint) => checkpoint.index > index);
  if (covering !== undefined) return styleOf(covering.number);
  if (plan.blocks[index]?.varies === 'request') return 'varyingBlock';
  return cacheable && index < plan.firstVarying ? 'unmarked' : 'tail';
};

/** Texts of a block that stand elsewhere in the document: in code, constants that its call names. */
const textsElsewhere = (block: Block): readonly Span[] =>
  segmentsOf(block).flatMap(({ kind, at, via }) =>
    kind === 'text' && via === undefined && at.source === theDocument && at.span.end > at.span.start && !encloses(block.span, at.span)
      ? [at.span]
      : [],
  );

/** The tints of all blocks and of texts that they are made of, then of the variables and literals that vary, which lie over them. */
export const highlightsOf = (plan: CachePlan): readonly Highlight[] => {
  const useful = plan.checkpoints.filter(({ verdict, reuse }) => verdict.kind === 'caches' && reuse.kind !== 'never');
  const cacheable = unmarkedIsCacheable(plan);
  const blocks: Highlight[] = [];
  const elsewhere: Highlight[] = [];
  const varying: Highlight[] = [];
  plan.blocks.forEach((wire, index) => {
    for (const found of wire.breaks)
      if (found.varies === 'request' && found.kind !== 'turn') varying.push({ style: 'varying', span: found.span });
    if (wire.block.kind === 'cachePoint') return;
    const style = styleAt(plan, index, useful, cacheable);
    const at = wire.block.span;
    // Several blocks may stand for one place, as the tools of a file do: the first one paints it.
    const before = blocks.at(-1)?.span;
    if (at.end > at.start && (before === undefined || !overlaps(before, at))) blocks.push({ style, span: span(at.start, at.end) });
    for (const one of textsElsewhere(wire.block)) elsewhere.push({ style, span: one });
  });
  return [...blocks, ...elsewhere, ...varying];
};

/** The tints of all prompts of a document. A text that several of them are made of has the tint of the first. */
export const documentHighlights = (plans: readonly CachePlan[]): readonly Highlight[] => {
  const painted = new Set<string>();
  return plans.flatMap(highlightsOf).filter(({ style, span: { start, end } }) => {
    const place = `${start}:${end}${style === 'varying' ? ':varying' : ''}`;
    if (painted.has(place)) return false;
    painted.add(place);
    return true;
  });
};
