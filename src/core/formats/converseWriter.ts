import { spanInBlock } from '../prompt/blockText';
import type { Block, ReadPrompt, TextBlock } from '../prompt/model';
import type { PromptWriter } from '../prompt/writer';
import { insertAt, replaceSpan, type Edits } from '../text/edit';
import { json } from '../text/notation';
import { parseJsonTree } from '../text/jsonTree';
import type { Span } from '../text/span';
import { member, type Tree } from '../text/tree';
import { jsonStyleAt, lineBreakOf, lineStart, setObjectTtl, together, withSeparator, type JsonStyle } from './listEdits';
import { memberEdits } from './memberEdits';
import { movedLines } from './movedLines';

const textBlock = ({ open, close }: JsonStyle, inside: string): string => `${open('text')}"${inside}"${close}`;

/** What stands between two entries of a list, where an entry begins at `start`. */
export const gapAt = (text: string, start: number): string => {
  const indent = text.slice(lineStart(text, start), start);
  return indent.trim() === '' ? `,${lineBreakOf(text)}${indent}` : jsonStyleAt(text, start).comma;
};

const treeAt = (text: string, { start, end }: Span): Tree | undefined => parseJsonTree(text.slice(start, end), start).tree;

/** Does the object of a text block hold its text and nothing else? */
const isBare = (text: string, block: TextBlock): boolean => {
  const tree = treeAt(text, block.span);
  return tree?.kind === 'object' && tree.entries.length === 1 && block.segments.length === 1;
};

/** Names the model where it is named, or first in the object that may name one. */
export const setModelId = (text: string, { header }: ReadPrompt, owner: Tree | undefined, modelId: string): Edits | undefined => {
  const quoted = JSON.stringify(modelId);
  const written = header.modelId ?? member(owner, 'modelId');
  if (written !== undefined) return [replaceSpan(written.span, quoted)];
  if (owner?.kind !== 'object') return undefined;
  const [first] = owner.entries;
  const at = first?.span.start ?? owner.span.start + 1;
  const indent = text.slice(lineStart(text, at), at);
  const gap = indent.trim() === '' ? `${lineBreakOf(text)}${indent}` : ' ';
  return [insertAt(at, `"modelId": ${quoted}${first === undefined ? '' : `,${gap}`}`)];
};

/** How changes are written into a Converse request: list entries with their commas. */
export const converseWriter = (text: string, prompt: ReadPrompt, whole: Tree | undefined): PromptWriter => {
  const behind = ({ span: { start, end } }: Block, entry: (style: JsonStyle) => string): Edits => [
    insertAt(end, gapAt(text, start) + entry(jsonStyleAt(text, start))),
  ];
  const without = (block: Block): Edits => [replaceSpan(withSeparator(text, block.span), '')];
  return {
    insertMarker: (after, ttl) => behind(after, ({ point }) => point(ttl)),
    removeMarker: without,
    setTtl: (marker, ttl) => setObjectTtl(text, member(treeAt(text, marker.span), 'cachePoint'), ttl),
    repairMarker: () => undefined,
    removeBlock: without,
    splitAt: (block, offset, ttl) => {
      const at = spanInBlock(prompt.sources, block, offset, offset);
      if (at === undefined || !isBare(text, block)) return undefined;
      const gap = gapAt(text, block.span.start);
      const { open, close, point } = jsonStyleAt(text, block.span.start);
      return [insertAt(at.start, `"${close}${gap}${point(ttl)}${gap}${open('text')}"`)];
    },
    moveText: (block, from, to, target) => {
      const moved = movedLines(prompt.sources, block, from, to);
      if (moved === undefined || !isBare(text, block)) return undefined;
      const written = behind(target, (style) => textBlock(style, text.slice(moved.text.start, moved.text.end)));
      return together(text, [moved.isAll ? without(block) : [replaceSpan(moved.cut, '')], written]);
    },
    insertText: (before, inserted) => {
      const { start } = before.span;
      const entry = textBlock(jsonStyleAt(text, start), json.write(inserted) ?? '');
      return [insertAt(start, entry + gapAt(text, start))];
    },
    renameVariable: () => undefined,
    setModelId: (modelId) => setModelId(text, prompt, whole, modelId),
    declareVariable: () => undefined,
    removeDeclaration: () => undefined,
    setVaries: () => undefined,
    declareStatic: () => undefined,
    together: (changes) => together(text, changes),
    // Last: an object that begins with what is copied into it gets the rest a member at a time, which takes as long as to read a short prompt.
    ...memberEdits(text, prompt),
  };
};
