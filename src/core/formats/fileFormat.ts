import type { PromptOrigin } from '../prompt/model';
import { isCode, mayHoldPrompt, mayNotebookHoldPrompt } from './codeText';
import { detectFormat } from './index';
import { kindOf } from './names';
import { isNotebook } from './notebook';

/** A file as its format is told. */
export interface NamedText {
  /** Its path, by which files without any form are known. */
  readonly name: string;
  readonly text: string;
  /** Named by itself: then it is read as what its ending says, whatever it holds. */
  readonly named: boolean;
  /** The settings say that it is the text of a prompt. */
  readonly isText?: boolean;
}

/** The format of a file. One that is named by itself is read by its kind; in a folder its text must show that reading it is worth while. */
export const formatOfFile = ({ name, text, named, isText }: NamedText): PromptOrigin | undefined => {
  const detected = detectFormat(name, text);
  if (detected !== undefined) return detected;
  if (isCode(name)) return named || mayHoldPrompt(name, text) ? 'code' : undefined;
  if (isNotebook(name)) return named || mayNotebookHoldPrompt(name, text) ? 'code' : undefined;
  if (isText === true) return 'plain-text';
  return named ? kindOf(name) : undefined;
};
