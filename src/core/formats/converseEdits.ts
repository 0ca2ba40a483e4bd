import type { Block, Prompt } from '../prompt/model';
import type { TextEdit } from '../text/edit';
import type { Ttl } from '../request/types';
import { parseJsonTree } from '../text/jsonTree';
import { span, type Span } from '../text/span';
import { member, type Tree } from '../text/tree';
import { lineBreakOf, lineStart, setObjectTtl, withSeparator } from './cachePointText';
import type { FormatEdits } from './format';

const point = (ttl: Ttl | undefined): string => `{ "cachePoint": { "type": "default"${ttl === undefined ? '' : `, "ttl": "${ttl}"`} } }`;

const insertMarker = (text: string, block: Block, ttl: Ttl | undefined): readonly TextEdit[] => {
  const indent = text.slice(lineStart(text, block.span.start), block.span.start);
  const gap = indent.trim() === '' ? `,${lineBreakOf(text)}${indent}` : ', ';
  return [{ span: span(block.span.end, block.span.end), text: `${gap}${point(ttl)}` }];
};

const setModelId = (text: string, prompt: Prompt, modelId: string): readonly TextEdit[] | undefined => {
  const quoted = JSON.stringify(modelId);
  if (prompt.header.modelId !== undefined) return [{ span: prompt.header.modelId.span, text: quoted }];
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const { tree } = parseJsonTree(text.slice(start), start);
  if (tree?.kind !== 'object') return undefined;
  const written = member(tree, 'modelId');
  if (written !== undefined) return [{ span: written.span, text: quoted }];
  const [first] = tree.entries;
  const at = first?.span.start ?? tree.span.start + 1;
  const indent = text.slice(lineStart(text, at), at);
  const gap = indent.trim() === '' ? `${lineBreakOf(text)}${indent}` : ' ';
  return [{ span: span(at, at), text: `"modelId": ${quoted}${first === undefined ? '' : `,${gap}`}` }];
};

const markerTree = (text: string, { start, end }: Span): Tree | undefined => parseJsonTree(text.slice(start, end), start).tree;

/** How fixes write into a Converse request: list entries with their commas. */
export const converseEdits: FormatEdits = {
  insertMarker: (text, block, _place, ttl) => insertMarker(text, block, ttl),
  removeMarker: (text, marker) => [{ span: withSeparator(text, marker.span), text: '' }],
  setTtl: (text, marker, ttl) => setObjectTtl(text, markerTree(text, marker.span), ttl),
  removeBlock: (text, block) => [{ span: withSeparator(text, block.span), text: '' }],
  setModelId,
};
