import { spanInBlock } from '../prompt/blockText';
import type { Block, MarkerBlock, ReadPrompt, TextBlock } from '../prompt/model';
import type { Ttl } from '../prompt/words';
import type { PromptWriter } from '../prompt/writer';
import { insertAt, replaceSpan, type Edits } from '../text/edit';
import { encloses, type Span } from '../text/span';
import { entryOf, member, type Tree, type TreeEntry } from '../text/tree';
import { gapAt, setModelId } from './converseWriter';
import type { ObjectTree } from './converseTree';
import { setObjectTtl, together, ttlMember, withSeparator } from './listEdits';
import { findMember, isMarkerBlock, lifetimeIn, type Found } from './markerDialect';
import { memberEdits } from './memberEdits';
import { cacheControl } from './messagesTree';
import { movedLines } from './movedLines';

/** How a body of InvokeModel writes cache points: as a member of the block that they follow. */
interface MarkerForm {
  readonly name: string;
  readonly type: string;
  /** What a text block has besides its text. */
  readonly textType: readonly string[];
  /** May a block of this kind carry a cache point? */
  carries(block: Block): boolean;
}

const messagesForm: MarkerForm = { name: cacheControl, type: 'ephemeral', textType: ['"type": "text"'], carries: () => true };
const novaForm: MarkerForm = { name: 'cachePoint', type: 'default', textType: [], carries: ({ kind }) => kind === 'text' };

const equal = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;

/** A part of the body, and what it is a part of. */
interface Part {
  readonly tree: Tree;
  readonly owner: Tree | undefined;
  /** The member of the owner that it is the value of. */
  readonly entry: TreeEntry | undefined;
}

/** The part that takes a place, as its value or as a member with its name. */
const partAt = (part: Part, at: Span): Part | undefined => {
  const { tree, entry } = part;
  if (equal(tree.span, at) || (entry !== undefined && equal(entry.span, at))) return part;
  if (tree.kind === 'array') {
    const item = tree.items.find(({ span }) => encloses(span, at));
    return item && partAt({ tree: item, owner: tree, entry: undefined }, at);
  }
  const inside = tree.kind === 'object' ? tree.entries.find(({ span }) => encloses(span, at)) : undefined;
  return inside && partAt({ tree: inside.value, owner: tree, entry: inside }, at);
};

const isNull = ({ value }: TreeEntry): boolean => value.kind === 'scalar' && value.value === null;

const markerOf = (block: ObjectTree, { name }: MarkerForm): TreeEntry | undefined => {
  const entry = entryOf(block, name);
  return entry === undefined || isNull(entry) ? undefined : entry;
};

const valueOf = ({ type }: MarkerForm, ttl: Ttl | undefined): string => `{ "type": "${type}"${ttlMember(ttl, '"')} }`;
const memberText = (form: MarkerForm, ttl: Ttl | undefined): string => `"${form.name}": ${valueOf(form, ttl)}`;
const textBlock = ({ textType }: MarkerForm, text: string, ...others: readonly string[]): string =>
  `{ ${[...textType, `"text": ${text}`, ...others].join(', ')} }`;

/** A cache point as a member of its block, after the last one. */
const addMarker = (text: string, block: ObjectTree, form: MarkerForm, ttl: Ttl | undefined): Edits | undefined => {
  if (markerOf(block, form) !== undefined) return undefined;
  const written = entryOf(block, form.name);
  if (written !== undefined) return [replaceSpan(written.value.span, valueOf(form, ttl))];
  const last = block.entries.at(-1);
  return last && [insertAt(last.span.end, gapAt(text, last.span.start) + memberText(form, ttl))];
};

/** A text that stands for a list of blocks, made a list: what stands before and after it then. */
const asList = (form: MarkerForm, { span }: Tree, before: string, inBlock: readonly string[], behind: string): Edits => {
  const [open = '', close = ''] = textBlock(form, '\0', ...inBlock).split('\0');
  return [insertAt(span.start, `[${before}${open}`), insertAt(span.end, `${close}${behind}]`)];
};

/** The members of a text block that is split, by the half that they end up in; `undefined` where one of them belongs to the whole. */
const halves = (
  block: ObjectTree,
  form: MarkerForm,
): { readonly first: readonly string[]; readonly second: readonly string[] } | undefined => {
  const names = block.entries.map(({ name }) => name);
  const at = names.indexOf('text');
  const [before, behind] = [names.slice(0, at), names.slice(at + 1)];
  const isPlain = [...before, ...behind].every((name) => name === 'type' || name === form.name) && !before.includes(form.name);
  const missingIn = (side: readonly string[]): readonly string[] => (side.includes('type') ? [] : form.textType);
  return at === -1 || !isPlain ? undefined : { first: missingIn(before), second: missingIn(behind) };
};

/** How changes are written into a body of InvokeModel. */
const invokeWriter = (text: string, prompt: ReadPrompt, whole: Tree | undefined, form: MarkerForm): PromptWriter => {
  const root = prompt.body?.tree;
  const find = (at: Span): Part | undefined => root && partAt({ tree: root, owner: undefined, entry: undefined }, at);
  const split = (block: TextBlock, offset: number, ttl: Ttl | undefined): Edits | undefined => {
    const at = spanInBlock(prompt.sources, block, offset, offset)?.start;
    const tree = find(block.span)?.tree;
    const sides = tree?.kind === 'object' ? halves(tree, form) : { first: [], second: [] };
    if (at === undefined || tree === undefined || sides === undefined) return undefined;
    if (tree.kind === 'scalar') {
      const [open = '', close = ''] = textBlock(form, '\0').split('\0');
      return [
        insertAt(tree.span.start, `[${open}`),
        insertAt(at, `", ${memberText(form, ttl)} }, ${open}"`),
        insertAt(tree.span.end, `${close}]`),
      ];
    }
    const end = ['"', ...sides.first, memberText(form, ttl)].join(', ');
    const begin = [...sides.second, '"text": "'].join(', ');
    return [insertAt(at, `${end} }${gapAt(text, tree.span.start)}{ ${begin}`)];
  };
  /** A text block of its own straight after a block. */
  const behind = (target: Block, written: string): Edits | undefined => {
    const { tree, owner, entry } = find(target.span) ?? {};
    // A cache point stands inside of what it follows, but for one of Nova's that stands alone.
    const carrier = target.kind === 'cachePoint' && entry !== undefined ? owner : tree;
    if (carrier?.kind === 'scalar') return asList(form, carrier, '', [], `, ${written}`);
    if (carrier?.kind !== 'object' || (target.kind !== 'cachePoint' && markerOf(carrier, form) !== undefined)) return undefined;
    return [insertAt(carrier.span.end, gapAt(text, carrier.span.start) + written)];
  };
  const removeBlock = (block: Block): Edits | undefined => {
    const { tree, entry } = find(block.span) ?? {};
    if (tree?.kind === 'scalar') return entry?.name === 'system' ? [replaceSpan(withSeparator(text, entry.span), '')] : undefined;
    // Its cache point may close what stands before it as well.
    return tree?.kind === 'object' && markerOf(tree, form) === undefined ? [replaceSpan(withSeparator(text, tree.span), '')] : undefined;
  };
  /** What another API's marker says, as a member of the block that it stands in or follows. */
  const fromDialect = ({ entry, owner, item }: Found): Edits | undefined => {
    const ttl = lifetimeIn(entry.value);
    const alone = owner === item && (owner.entries.length === 1 || owner.entries.some(isMarkerBlock));
    if (!alone) return item === root ? undefined : [replaceSpan(entry.span, memberText(form, ttl))];
    const list = item && find(item.span)?.owner;
    const items = list?.kind === 'array' ? list.items : [];
    const before = items[items.findIndex((one) => one === item) - 1];
    const added = before?.kind === 'object' ? addMarker(text, before, form, ttl) : undefined;
    return item && added && together(text, [[replaceSpan(withSeparator(text, item.span), '')], added]);
  };
  const owner = whole === root ? undefined : whole;
  return {
    ...memberEdits(text, prompt),
    insertMarker: (after, ttl) => {
      const tree = find(after.span)?.tree;
      if (after.kind === 'cachePoint' || !form.carries(after)) return undefined;
      if (tree?.kind === 'scalar') return asList(form, tree, '', [memberText(form, ttl)], '');
      return tree?.kind === 'object' ? addMarker(text, tree, form, ttl) : undefined;
    },
    removeMarker: ({ span }: MarkerBlock) => [replaceSpan(withSeparator(text, span), '')],
    setTtl: ({ span }, ttl) => {
      const { tree, entry } = find(span) ?? {};
      return setObjectTtl(text, entry === undefined ? member(tree, form.name) : tree, ttl);
    },
    repairMarker: () => undefined,
    markerFromDialect: (at) => {
      const found = root && findMember(root, at, root);
      return found && fromDialect(found);
    },
    moveMember: () => undefined,
    removeBlock,
    splitAt: split,
    moveText: (block, from, to, target) => {
      const moved = movedLines(prompt.sources, block, from, to);
      const own = find(block.span)?.tree;
      if (moved === undefined || own === undefined || equal(block.span, target.span)) return undefined;
      const entry = textBlock(form, `"${text.slice(moved.text.start, moved.text.end)}"`);
      return together(text, [moved.isAll ? removeBlock(block) : [replaceSpan(moved.cut, '')], behind(target, entry)]);
    },
    insertText: (before, inserted) => {
      const tree = find(before.span)?.tree;
      const written = textBlock(form, JSON.stringify(inserted));
      if (before.kind === 'cachePoint' || tree === undefined) return undefined;
      if (tree.kind === 'scalar') return asList(form, tree, `${written}, `, [], '');
      return [insertAt(tree.span.start, written + gapAt(text, tree.span.start))];
    },
    renameVariable: () => undefined,
    setModelId: (modelId) => setModelId(text, prompt, owner, modelId),
    declareVariable: () => undefined,
    removeDeclaration: () => undefined,
    setVaries: () => undefined,
    declareStatic: () => undefined,
    together: (changes) => together(text, changes),
  };
};

export const messagesWriter = (text: string, prompt: ReadPrompt, whole: Tree | undefined): PromptWriter =>
  invokeWriter(text, prompt, whole, messagesForm);

export const novaWriter = (text: string, prompt: ReadPrompt, whole: Tree | undefined): PromptWriter =>
  invokeWriter(text, prompt, whole, novaForm);
