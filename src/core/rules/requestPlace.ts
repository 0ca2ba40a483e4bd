import type { Block, Prompt } from '../prompt/model';
import { span, type Span } from '../text/span';
import type { Tree } from '../text/tree';
import { blockTree, partAt } from '../formats/memberPlaces';
import { firstLine, headPlace, modelPlace } from './lines';
import type { RuleInput } from './types';

type Path = readonly (string | number)[];

/** The block at the beginning of a path, and the rest of the path below it. */
const blockAt = (prompt: Prompt, path: Path): { readonly block: Block; readonly rest: Path } | undefined => {
  const [field, first, list, second] = path;
  const [block, depth] =
    field === 'messages'
      ? [list === 'content' ? prompt.messages[Number(first)]?.content[Number(second)] : undefined, 4]
      : field === 'toolConfig' && first === 'tools'
        ? [prompt.tools[Number(list)], 3]
        : field === 'system'
          ? [prompt.system[Number(first)], 2]
          : [undefined, 0];
  return block && { block, rest: path.slice(depth) };
};

/** A scalar with its name; of an object or a list the name, or its first line. */
const shownPart = (text: string, tree: Tree, path: Path): Span | undefined => {
  const part = partAt(tree, path);
  if (part === undefined) return undefined;
  if (part.entry === undefined) return firstLine(text, part.value.span);
  return part.value.kind === 'scalar' ? firstLine(text, part.entry.span) : part.entry.key.span;
};

/** Where a part of the request is shown: the nearest place around it that the document has. Paths are those of the request that is sent. */
export const requestPlace = ({ prompt, text }: RuleInput, path: Path): Span => {
  if (path[0] === 'modelId') return modelPlace(text, prompt);
  const found = blockAt(prompt, path);
  if (found !== undefined) {
    const { block, rest } = found;
    const tree = block.kind === 'json' && rest.length > 0 ? blockTree(text, prompt, block) : undefined;
    return (tree && shownPart(text, tree, rest)) ?? firstLine(text, block.span);
  }
  const message = path[0] === 'messages' ? prompt.messages[Number(path[1])] : undefined;
  if (message !== undefined) return firstLine(text, message.span);
  for (const { path: start, at, via } of prompt.written) {
    if (!start.every((step, index) => step === path[index])) continue;
    for (let end = path.length; end > start.length; end -= 1) {
      const part = shownPart(text, at.tree, path.slice(start.length, end));
      if (part !== undefined) return via ?? part;
    }
    if (start.length > 0) return via ?? firstLine(text, at.tree.span);
  }
  return headPlace(text, prompt);
};

/** The text of a place without what is on other lines. */
export const onOneLine = (text: string, at: Span): Span => (at.end - at.start > 0 ? firstLine(text, at) : span(at.start, at.end));
