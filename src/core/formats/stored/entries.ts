import type { Prompt, PromptId } from '../../prompt/model';
import { once } from '../../text/once';
import type { Span } from '../../text/span';
import type { PromptEntry } from '../format';

/** A prompt of a document, before it has an id that no other one has. */
export interface NamedPrompt {
  readonly name: string;
  readonly title?: string;
  readonly head: Span;
  readonly span: Span;
  read(): Prompt;
}

/** Entries whose ids are their names, with a number where a name is there before. */
export const entriesOf = (prompts: readonly NamedPrompt[]): readonly PromptEntry[] => {
  const ids = new Set<PromptId>();
  return prompts.map(({ name, title = name, head, span, read }) => {
    let id = name;
    for (let number = 2; ids.has(id); number += 1) id = `${name} (${number})`;
    ids.add(id);
    return { id, title, head, span, read: once(read) };
  });
};
