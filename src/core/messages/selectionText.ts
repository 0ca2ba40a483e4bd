import type { NumberFormats } from '../figures/numbers';
import type { ModelEntry } from '../models/types';
import { estimateText } from '../tokens/estimate';

/** Tokens that a text has by itself. Without a known model the highest count is taken. */
export const tokensOfText = (text: string, model: Pick<ModelEntry, 'tokens'> | undefined): number =>
  estimateText(text, model?.tokens ?? 'claude-5').likely;

/** Tokens of a text that is selected, as a status item shows them: "selected 120 tok". */
export const selectionText = (text: string, model: Pick<ModelEntry, 'tokens'> | undefined, formats: NumberFormats): string =>
  `selected ${formats.tokens(tokensOfText(text, model))} tok`;
