import type { Json } from '../text/json';
import type { SyntaxProblem } from './problems';
import type { Place, SourceId, Sources } from '../text/place';
import type { Located, Span } from '../text/span';
import type { Tree } from '../text/tree';
import type { Api } from './api';
import type { Block } from './blocks';
import type { VariesWord } from './words';
import type { PromptWriter } from './writer';

export * from './api';
export * from './blocks';

export type FormatId = 'bedrock-prompt' | 'converse-json' | 'messages' | 'nova' | 'json' | 'json-lines' | 'yaml' | 'plain-text';

/** What a prompt is read from: a format of its own, or a program. */
export type PromptOrigin = FormatId | 'code';

/** Which of a document's prompts; the same while somebody types in it. */
export type PromptId = string;

/** The prompt of a document that holds one. */
export const onlyPrompt: PromptId = 'only';

export interface Message {
  /** As written: the service takes user and assistant. */
  readonly role: string;
  readonly span: Span;
  readonly content: readonly Block[];
}

export interface VariableDeclaration {
  readonly name: string;
  readonly span: Span;
  /** Whole declaration, for a fix that removes it. */
  readonly entrySpan: Span;
  readonly varies: VariesWord;
  /** A value that is always the same: `value`, or the text of `file`. */
  readonly fixed?: string;
  /** It has a file that is not read before the workspace is trusted. */
  readonly unread?: true;
  readonly fallback?: string;
  readonly example?: string;
  readonly description?: string;
}

export type SampleRow = Readonly<Record<string, string>>;

export interface Header {
  /** Where the front matter's lines stand, its fences not included; absent where a format or file has none. */
  readonly span: Span | undefined;
  readonly modelId: Located<string> | undefined;
  /** Converse's own request members other than `modelId`, `system`, `messages` and `toolConfig.tools`, passed through. */
  readonly fields: Readonly<Record<string, Located<Json>>>;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly variables: readonly VariableDeclaration[];
  readonly samples: readonly Located<SampleRow>[];
  readonly callsPerHour: Located<number> | undefined;
  /** Calls that come together within some minutes, where the prompt says so. */
  readonly burst?: { readonly calls: number; readonly minutes: number };
  /** Texts that look made for one request and are not, by the prompt's own list. */
  readonly staticTexts?: readonly string[];
}

/** A part of a request as it was written, with everything that is sent of it: known members and unknown ones. */
export interface Written {
  /** Where it stands in the request, as `['inferenceConfig']`; `*` for the index of a block that is written on its own. */
  readonly path: readonly string[];
  /** As it stands in its text. */
  readonly at: { readonly source: SourceId; readonly tree: Tree };
  /** For another file: where the document names it. */
  readonly via?: Span;
}

/** A body of InvokeModel with its own names; all else of its prompt says the same in the terms of Converse. */
export interface InvokeBody {
  readonly tree: Tree;
  /** The JSON that it is written as, without what is around it. */
  readonly text: string;
}

/** Tokens of a call as its recorded answer tells them; `input` are those neither read from the cache nor written to it. */
export interface RecordedUsage {
  readonly input: number;
  readonly output: number;
  /** `undefined`: the answer did not mention it. */
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
}

/** One prompt, whatever file it was read from; always complete, with problems beside it. */
export interface Prompt {
  readonly format: PromptOrigin;
  readonly api: Api;
  /** For a body of InvokeModel. */
  readonly body?: InvokeBody;
  /** It goes to the endpoint bedrock-mantle, and is read as that does. */
  readonly onMantle?: true;
  /** It is a record of a batch job, whose calls are not made on demand. */
  readonly batch?: true;
  /** For one of several in a document: where what is said about it as a whole is shown. */
  readonly head?: Span;
  /** The texts it is made from: the document first, then the files that it brings in as text. */
  readonly sources: Sources;
  readonly header: Header;
  readonly tools: readonly Block[];
  readonly toolChoice: Json | undefined;
  readonly system: readonly Block[];
  readonly messages: readonly Message[];
  readonly problems: readonly SyntaxProblem[];
  /** Every part that is written as JSON or YAML. */
  readonly written: readonly Written[];
  /** Files the text refers to, relative to its folder; the editor watches them. */
  readonly files: readonly Located<string>[];
  /** Codes that comments silence on the line behind them, where the prompt has such comments. */
  readonly ignores?: readonly Located<string>[];
  /** For a prompt that a program makes: what of it cannot be known. */
  readonly open?: Openness;
  /** Have its cache points no lifetime of their own, but the model's? */
  readonly usualLifetime?: true;
  /** For a recorded call: what it used. */
  readonly recorded?: RecordedUsage;
  /** How changes are written into it. */
  readonly write: PromptWriter;
}

const inDoubt: ReadonlySet<string> = new Set(['syntax/json', 'syntax/front-matter', 'syntax/too-deep', 'syntax/fence']);

/** Is it unsure where the parts of the text begin and end? Then nothing is written into it: a fix might be made for what it does not say. */
export const isInDoubt = ({ problems }: Pick<Prompt, 'problems'>): boolean => problems.some(({ code }) => inDoubt.has(code));

/** A stretch of a request's list that cannot be known. */
export interface Gap {
  readonly field: 'tools' | 'system' | 'messages';
  /** It stands before the entry with this index. */
  readonly index: number;
  /** For a message's content: in which message. */
  readonly message?: number;
  /** Its source; absent for what comes only when the program runs. */
  readonly source: string | undefined;
  readonly at: Span;
  readonly end?: Place;
}

/** What of a prompt cannot be known, so that nothing is claimed that rests on it. */
export interface Openness {
  readonly gaps: readonly Gap[];
  /** Is the model unknown, and not only left out? */
  readonly model: boolean;
  /** Is a part there only sometimes? */
  readonly partly: boolean;
  /** May what is not known be a marker? Then none is missing. */
  readonly mayMark: boolean;
  /** Where many calls of it are started at once, with none before them. */
  readonly together?: readonly Span[];
  /** Does it go to an endpoint that takes models by their bare ids, and knows no inference profiles? */
  readonly bareIds?: true;
  /** Is its model the default of a function that no call is in sight of? Others may be given. */
  readonly usualModel?: true;
}

/** A prompt as it is read, before anybody can write into it. */
export type ReadPrompt = Omit<Prompt, 'write'>;

export const emptyHeader: Header = {
  span: undefined,
  modelId: undefined,
  fields: {},
  name: undefined,
  description: undefined,
  variables: [],
  samples: [],
  callsPerHour: undefined,
};
