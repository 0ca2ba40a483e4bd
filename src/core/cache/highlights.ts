import { overlaps, span, type Span } from '../text/span';
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

/** Could the static text up to the first varying block be cached if a marker stood behind it? */
const unmarkedIsCacheable = ({ caching, blocks, firstVarying }: CachePlan): boolean =>
  caching?.kind === 'explicit' && blocks.slice(0, firstVarying).some(({ upTo }) => fits(upTo, caching) !== 'no');

const styleAt = (plan: CachePlan, index: number, useful: readonly Checkpoint[], cacheable: boolean): HighlightStyle => {
  const covering = useful.find((checkpoint) => checkpoint.index > index);
  if (covering !== undefined) return styleOf(covering.number);
  if (plan.blocks[index]?.varies === 'request') return 'varyingBlock';
  return cacheable && index < plan.firstVarying ? 'unmarked' : 'tail';
};

/** The tints of all blocks, then of the variables and literals that vary, which lie over them. */
export const highlightsOf = (plan: CachePlan): readonly Highlight[] => {
  const useful = plan.checkpoints.filter(({ verdict, reuse }) => verdict.kind === 'caches' && reuse.kind !== 'never');
  const cacheable = unmarkedIsCacheable(plan);
  const blocks: Highlight[] = [];
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
  });
  return [...blocks, ...varying];
};
