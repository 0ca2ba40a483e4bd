import type { Edits } from '../text/edit';
import type { TextSegment, VariableSegment } from '../text/segment';
import type { Span } from '../text/span';
import type { Block, JsonBlock, MarkerBlock, TextBlock } from './blocks';
import type { Ttl, Varies } from './words';

/** Names and indexes on the way to a part of a JSON value. */
export type Path = readonly (string | number)[];

export type Scalar = string | number | boolean;

/** What has members: a block, or the request itself. */
export type Owner = JsonBlock | MarkerBlock | 'request';

/** Characters `from` to `to` of a text, and what they become. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Every change that a rule, the solver or a command may ask for: nobody else makes edits of a prompt. `undefined`: it cannot be written here, or not
 * safely. What another file brings in is not written.
 */
export interface PromptWriter {
  /** A new marker straight after a block. */
  insertMarker(after: Block, ttl?: Ttl): Edits | undefined;
  removeMarker(marker: MarkerBlock): Edits | undefined;
  /** Without a ttl, the model's default is left to it. */
  setTtl(marker: MarkerBlock, ttl?: Ttl): Edits | undefined;
  /** Puts right what looks like a marker and is none: on a line of its own, and as markers are spelled. */
  repairMarker(at: Span): MarkerRepair | undefined;
  /** Writes what another API's marker, whose name stands at a place, says as a cache point of Converse. */
  markerFromDialect(at: Span): Edits | undefined;
  /** Removes a block with its separator. */
  removeBlock(block: Block): Edits | undefined;
  /** A marker inside a text block, before character `offset` of its text: two blocks that say the same. */
  splitAt(block: TextBlock, offset: number, ttl?: Ttl): Edits | undefined;
  /** Takes whole lines of a block's text out and puts them straight behind another block. */
  moveText(block: TextBlock, from: number, to: number, behind: Block): Edits | undefined;
  /** A text of its own straight before a block. */
  insertText(before: Block, text: string): Edits | undefined;
  replaceText(segment: TextSegment, replacements: readonly Replacement[]): Edits | undefined;
  renameVariable(use: VariableSegment, name: string): Edits | undefined;
  /** Gives a member that is there another value: a scalar. */
  setMember(owner: Owner, path: Path, value: Scalar): Edits | undefined;
  /** Gives the scalar that stands at a place another value. */
  setValue(at: Span, value: Scalar): Edits | undefined;
  /** Moves a setting, by the names on the way to it, to another place of the request where nothing of that name stands. */
  moveMember(from: readonly string[], to: readonly string[]): Edits | undefined;
  /** Takes an entry out of a list inside a block, with its separator. */
  removeItem(owner: JsonBlock, path: Path): Edits | undefined;
  /** Gives the name that stands at a place another spelling. */
  renameKey(at: Span, name: string): Edits | undefined;
  setModelId(modelId: string): Edits | undefined;
  declareVariable(name: string): Edits | undefined;
  removeDeclaration(name: string): Edits | undefined;
  setVaries(name: string, varies: Varies): Edits | undefined;
  /** Remembers in the file that a text is the same in each request, though it looks made for one. */
  declareStatic(text: string): Edits | undefined;
  /** In front matter: how many calls an hour all figures are made for. */
  setTraffic?(callsPerHour: number): Edits | undefined;
  /** In front matter: one more row below `samples`, after those that are there. */
  addSample?(row: Readonly<Record<string, string>>): Edits | undefined;
  /** In code: where a marker that is missing behind a block is told; without, at the end of the block's last line. */
  placeBehind?(block: Block): Span;
  /** In code: gives what is written at a place one order each time it runs. */
  sortAt?(at: Span): Edits | undefined;
  /**
   * In code: where the whole request is given to a call of Converse, so that one expression can stand for it; `undefined` where some of it would be
   * lost, or where one of these expressions, which the request leaves open, is not at hand.
   */
  requestAt?(expressions: readonly string[]): { readonly at: Span; readonly language: 'python' | 'typescript' } | undefined;
  /** Several changes as one: neighbors of a list share their separator, so their edits may meet. */
  together(changes: readonly (Edits | undefined)[]): Edits | undefined;
}

export interface MarkerRepair {
  readonly edits: Edits;
  /** The marker as it then stands. */
  readonly written: string;
  /** It was in the middle of a line. */
  readonly moved: boolean;
}
