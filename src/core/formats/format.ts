import type { FileSource } from '../prompt/files';
import type { Block, FormatId, MarkerBlock, Prompt } from '../prompt/model';
import type { Place } from '../request/wirePlace';
import type { Ttl } from '../request/types';
import type { TextEdit } from '../text/edit';

/** How one file format is read and how a fix writes into it. A new format is one object of this type and one line in `index.ts`. */
export interface Format {
  readonly id: FormatId;
  /** Would a file of this name and beginning be of this format? */
  detects(path: string, text: string): boolean;
  /** Total: any text gives a prompt and problems, and every span lies inside the text. */
  parse(text: string, files: FileSource): Prompt;
  readonly edits: FormatEdits;
}

/** Edits that a rule asks for without knowing the format. `undefined`: the format has no way to write it there. */
export interface FormatEdits {
  /** A new marker straight after `block`, which stands at `place`. */
  insertMarker(text: string, block: Block, place: Place, ttl: Ttl | undefined): readonly TextEdit[] | undefined;
  removeMarker(text: string, marker: MarkerBlock): readonly TextEdit[];
  /** `undefined` removes the ttl. */
  setTtl(text: string, marker: MarkerBlock, ttl: Ttl | undefined): readonly TextEdit[] | undefined;
  /** Removes a block with its separator. */
  removeBlock(text: string, block: Block): readonly TextEdit[];
  setModelId(text: string, prompt: Prompt, modelId: string): readonly TextEdit[] | undefined;
  /** Remembers in the file that a text is the same in each request, though it looks made for one. */
  declareStatic?(text: string, prompt: Prompt, literal: string): readonly TextEdit[] | undefined;
  declareVariable?(text: string, prompt: Prompt, name: string): readonly TextEdit[] | undefined;
}
