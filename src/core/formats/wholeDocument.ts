import { onlyPrompt, type Prompt } from '../prompt/model';
import { span } from '../text/span';
import type { Reading } from './format';

/** The reading of a document that is one prompt from its first character to its last, called by its name, or by the kind of file it is. */
export const wholeDocument = (text: string, prompt: Prompt, kind: string): Reading => ({
  prompts: [
    { id: onlyPrompt, title: prompt.header.name?.trim() || kind, head: span(0, 0), span: span(0, text.length), read: () => prompt },
  ],
  problems: [],
  files: [],
});
