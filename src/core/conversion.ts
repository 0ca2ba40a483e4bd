/**
 * Entry of the bundle of conversions (`dist/convert.js`): loaded when somebody asks for one. Its answers are for people, notes and reasons as
 * sentences.
 */
import { convert } from './convert/convert';
import type { TargetId } from './convert/targetIds';
import type { ConvertOptions } from './convert/types';
import { describeNote, describeRefusal } from './messages/conversion';
import { readingCode as reading } from './convert/reading';
import type { Prompt } from './prompt/model';
import type { Edits } from './text/edit';

export type Conversion =
  | {
      readonly kind: 'converted';
      readonly text: string;
      readonly languageId: string;
      readonly fileName: string;
      readonly notes: readonly string[];
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** A prompt in another form, or the sentence that says why not. */
export const convertPrompt = (prompt: Prompt, target: TargetId, options: ConvertOptions): Conversion => {
  const result = convert(prompt, target, options);
  return result.kind === 'refused'
    ? { kind: 'refused', reason: describeRefusal(result.target, result.reason) }
    : { ...result, notes: result.notes.map(describeNote) };
};

/** The change that makes code read the prompt file in place of its own request, with the module that reads. */
export interface ReadingCode {
  readonly edits: Edits;
  readonly reader: { readonly fileName: string; readonly text: string };
  readonly notes: readonly string[];
}

export const readingCode = (...given: Parameters<typeof reading>): ReadingCode | undefined => {
  const found = reading(...given);
  return found && { ...found, notes: found.notes.map(describeNote) };
};

export { targetIds } from './convert/targetIds';
export { targetTitles } from './messages/conversion';
export { comparedText, mergeVariant, variantNames } from './convert/mergeVariant';
