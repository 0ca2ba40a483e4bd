import { isCachePoint, sentBlocks } from '../cache/sentBlocks';
import { blockText } from '../request/json';
import type { ConverseRequest } from '../request/types';
import type { BlockAt, TextDifference } from '../runs/explanation';
import { commonStart } from '../text/common';
import { fieldOf } from '../tokens/json';

/** What a person reads of a block: its text, or its JSON. */
const readable = (block: unknown): string => {
  const text = fieldOf(block, 'text');
  return typeof text === 'string' ? text : blockText(block);
};

const textAt = (request: ConverseRequest, { field, message, index }: BlockAt): string | undefined => {
  const list = field === 'messages' ? new RegExp(`^message ${message ?? 0} `) : new RegExp(`^${field}$`);
  const blocks = sentBlocks(request).filter((one) => list.test(one.list) && !isCachePoint(one.block));
  const found = blocks[index];
  return found && readable(found.block);
};

/** Characters shown before and after the first one that differs. */
const before = 16;
const after = 24;

const excerpt = (text: string, at: number): string =>
  `${at > before ? '…' : ''}${text.slice(Math.max(0, at - before), at + after)}${at + after < text.length ? '…' : ''}`;

/** Where the texts of one block of two requests begin to differ; `undefined` where it is not in both, or the same. */
export const textDifference = (was: ConverseRequest, is: ConverseRequest, at: BlockAt): TextDifference | undefined => {
  const [old, own] = [textAt(was, at), textAt(is, at)];
  if (old === undefined || own === undefined || old === own) return undefined;
  const first = commonStart(old, own);
  return { at: first, was: excerpt(old, first), is: excerpt(own, first) };
};
