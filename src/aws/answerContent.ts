import type { ContentBlockDelta, ContentBlockStart } from '@aws-sdk/client-bedrock-runtime';
import { isJsonTooDeep } from '../core/text/depth';
import type { Json } from '../core/text/json';
import { asJson } from './answerParts';

/** The blocks of an answer as they have to be sent back, when the conversation goes on: reasoning with its signature, tool calls with their ids. */
export interface AnswerContent {
  open(index: number, start: ContentBlockStart | undefined): void;
  add(index: number, delta: ContentBlockDelta): void;
  /** In the order of the answer; `undefined` where a block is of a kind that cannot be sent back from here. */
  readonly blocks: readonly Json[] | undefined;
}

interface OpenBlock {
  toolUse?: { readonly toolUseId: string; readonly name: string; input: string };
  text?: string;
  reasoning?: { text: string; signature: string };
  redacted?: string;
  isOther?: true;
}

const inputOf = (input: string): Json | undefined => {
  if (input.trim() === '') return {};
  if (isJsonTooDeep(input)) return undefined;
  try {
    return JSON.parse(input) as Json; // by definition
  } catch {
    return undefined;
  }
};

const blockOf = ({ toolUse, text, reasoning, redacted, isOther }: OpenBlock): Json | undefined => {
  if (isOther === true) return undefined;
  if (toolUse !== undefined) {
    const input = inputOf(toolUse.input);
    return input === undefined ? undefined : { toolUse: { toolUseId: toolUse.toolUseId, name: toolUse.name, input } };
  }
  if (redacted !== undefined) return { reasoningContent: { redactedContent: redacted } };
  if (reasoning !== undefined) {
    const { text: thought, signature } = reasoning;
    return { reasoningContent: { reasoningText: { text: thought, ...(signature === '' ? {} : { signature }) } } };
  }
  return text === undefined ? undefined : { text };
};

export const createAnswerContent = (): AnswerContent => {
  const blocks = new Map<number, OpenBlock>();
  const at = (index: number): OpenBlock => {
    const known = blocks.get(index) ?? {};
    blocks.set(index, known);
    return known;
  };
  return {
    open(index, start) {
      const { toolUse } = start ?? {};
      const block = at(index);
      if (toolUse !== undefined && toolUse.type === undefined)
        block.toolUse = { toolUseId: toolUse.toolUseId ?? '', name: toolUse.name ?? '', input: '' };
      else if (start !== undefined) block.isOther = true;
    },
    add(index, { text, toolUse, reasoningContent, citation }) {
      const block = at(index);
      if (text !== undefined) block.text = (block.text ?? '') + text;
      if (toolUse !== undefined && block.toolUse !== undefined) block.toolUse.input += toolUse.input ?? '';
      if (citation !== undefined) block.isOther = true;
      if (reasoningContent === undefined) return;
      if (reasoningContent.redactedContent !== undefined) {
        block.redacted = Buffer.from(reasoningContent.redactedContent).toString('base64');
        return;
      }
      block.reasoning ??= { text: '', signature: '' };
      block.reasoning.text += reasoningContent.text ?? '';
      block.reasoning.signature += reasoningContent.signature ?? '';
    },
    get blocks() {
      // A block of white space alone would be refused when it is sent back.
      const all = [...blocks.entries()].sort(([a], [b]) => a - b).map(([, block]) => block);
      const sent = all.filter(({ text, ...rest }) => Object.keys(rest).length > 0 || (text ?? '').trim() !== '').map(blockOf);
      return sent.length > 0 && sent.every((block) => block !== undefined) ? sent.map(asJson) : undefined;
    },
  };
};
