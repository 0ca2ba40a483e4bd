import type { VariableDeclaration } from '../prompt/model';
import type { Varies } from '../prompt/words';
import type { TextEdit } from '../text/edit';
import { span, type Span } from '../text/span';
import { member, type Tree } from '../text/tree';
import { parseYamlTree } from '../text/yamlTree';

/** Edits of a variable's declaration in YAML front matter. */

const insertInto = (text: string, value: Tree, written: string): TextEdit | undefined => {
  if (value.kind !== 'object') {
    const source = text.slice(value.span.start, value.span.end);
    const plain = value.kind === 'scalar' && !source.includes('\n') && !/^[|>&*]/.test(source);
    return plain ? { span: value.span, text: source === '' ? ` { ${written} }` : `{ example: ${source}, ${written} }` } : undefined;
  }
  const last = value.entries.at(-1);
  const first = value.entries[0];
  if (text[value.span.start] === '{') {
    const at = last?.span.end ?? value.span.start + 1;
    return { span: span(at, at), text: last === undefined ? ` ${written} ` : `, ${written}` };
  }
  if (first === undefined) return undefined;
  const line = text.lastIndexOf('\n', first.span.start - 1) + 1;
  const indent = text.slice(line, first.span.start);
  // In front of the first member, for the last one may be a text of several lines.
  return indent.trim() === '' ? { span: span(line, line), text: `${indent}${written}\n` } : undefined;
};

/** Says in a declaration how often the variable changes; nothing where it is written in an unusual way. */
export const setVaries = (text: string, { entrySpan, name }: VariableDeclaration, varies: Varies): readonly TextEdit[] => {
  const line = text.lastIndexOf('\n', entrySpan.start - 1) + 1;
  const at: Span = span(text.slice(line, entrySpan.start).trim() === '' ? line : entrySpan.start, entrySpan.end);
  const { tree, errors } = parseYamlTree(text.slice(at.start, at.end), at.start);
  const value = errors.length > 0 ? undefined : member(tree, name);
  const said = member(value, 'varies');
  if (value === undefined) return [];
  if (said !== undefined) return [{ span: said.span, text: varies }];
  const inserted = insertInto(text, value, `varies: ${varies}`);
  return inserted === undefined ? [] : [inserted];
};
