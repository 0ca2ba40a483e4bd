import { firstBytes } from './bytes';
import { exactly, type Band } from '../figures/band';
import type { CostSink } from './wordCost';
import { imageHeaderBytes, readImageSize } from './imageSize';
import type { ImageSize } from './imageSize';
import { fieldOf } from './json';
import type { ImageRule, Overheads } from './overheads';

const patchEdge = 28;

/** Shrinks a picture until its longest edge and its patches are allowed, keeping its shape. */
const fitted = (size: ImageSize, rule: { readonly longestEdge: number; readonly most: number }): number => {
  const patches = (scale: number): number => Math.ceil((size.width * scale) / patchEdge) * Math.ceil((size.height * scale) / patchEdge);
  let scale = Math.min(1, rule.longestEdge / Math.max(size.width, size.height));
  for (let round = 0; round < 40 && patches(scale) > rule.most; round += 1)
    scale *= Math.max(0.9, Math.sqrt(rule.most / patches(scale)) * 0.999);
  return Math.min(rule.most, patches(scale));
};

const within = (likely: number, low: number, high: number): Band => ({ low: likely * low, likely, high: likely * high });

/** Tokens of a picture of this size, or of one of unknown size. */
export const imageTokens = (size: ImageSize | undefined, rule: ImageRule): Band => {
  if (rule.kind === 'fixed') return exactly(rule.tokens);
  const most = rule.kind === 'tiles' ? (rule.most + 1) * rule.tokens : rule.most;
  if (size === undefined) return { low: 4, likely: Math.min(1500, most), high: most + 3 };
  const { width, height } = size;
  if (rule.kind === 'patches') return within(fitted(size, rule) + 3, 0.98, 1.02);
  if (rule.kind === 'area') return within(Math.min(most, (width * height) / rule.pixelsPerToken), rule.low ?? 0.8, 1.25);
  const tiles = Math.min(rule.most, Math.ceil(width / rule.edge) * Math.ceil(height / rule.edge));
  return within((tiles > 1 ? tiles + 1 : 1) * rule.tokens, 0.6, 1.5);
};

/** Sound or film: nothing in the request says how long it is. */
export const unseenFilm: Band = { low: 100, likely: 10_000, high: 300_000 };

export const addImage = (cost: CostSink, image: unknown, overheads: Overheads): void => {
  const bytes = firstBytes(fieldOf(fieldOf(image, 'source'), 'bytes'), imageHeaderBytes);
  cost.addRange(imageTokens(readImageSize(bytes), overheads.image));
};
