import type { Prompt } from '../prompt/model';
import { draftOf } from './draft';
import { fileBase } from './names';
import type { TargetId } from './targetIds';
import { targets } from './targets';
import type { Converted, ConvertNote, ConvertOptions } from './types';

/** The same note once. */
const distinct = (notes: readonly ConvertNote[]): readonly ConvertNote[] => [
  ...new Map(notes.map((note) => [JSON.stringify(note), note])).values(),
];

/**
 * A prompt in another form, which sends the same prefix byte for byte. What the target has no place for is a reason to refuse where it is part of
 * that prefix, and else a note. Variables stay variables where the target has such. Total: any prompt is converted or refused.
 */
export const convert = (prompt: Prompt, target: TargetId, options: ConvertOptions): Converted => {
  const draft = draftOf(prompt, options);
  if ('code' in draft) return { kind: 'refused', target, reason: draft };
  const { languageId, ending, write } = targets[target];
  const text = write(draft);
  const [reason] = draft.refusals;
  if (reason !== undefined) return { kind: 'refused', target, reason };
  const fileName = fileBase(options.name ?? prompt.header.name) + ending(draft);
  return { kind: 'converted', text, languageId: languageId(draft), fileName, notes: distinct(draft.notes) };
};
