import { segmentsOf, type Prompt } from '../prompt/model';
import { theDocument, type Place } from '../text/place';
import { span, touches, type Span } from '../text/span';

/** Where a variable is named: in its declaration, in sample rows and in texts, those of included files too. */
export interface VariablePlace extends Place {
  readonly kind: 'declaration' | 'row' | 'use';
  readonly name: string;
}

const isName = /^[A-Za-z_][\w.-]*$/;

/** Can a variable have this name? */
export const isVariableName = (name: string): boolean => isName.test(name);

/** The name within `{{ name }}`. */
const nameIn = (text: string, { start, end }: Span, name: string): Span => {
  const at = text.slice(start, end).indexOf(name);
  return at === -1 ? span(start, end) : span(start + at, start + at + name.length);
};

/** A key may be written in quotes. */
const withoutQuotes = (text: string, { start, end }: Span): Span =>
  /^(["']).*\1$/s.test(text.slice(start, end)) ? span(start + 1, end - 1) : span(start, end);

const rowKey = /(?:^|[{,\n])[ \t]*(?:-[ \t]+)*(["']?)([A-Za-z_][\w.-]*)\1[ \t]*:(?=[ \t\r\n]|$)/g;

const inRow = (text: string, { start, end }: Span, names: ReadonlySet<string>): readonly VariablePlace[] =>
  [...text.slice(start, end).matchAll(rowKey)].flatMap((match): readonly VariablePlace[] => {
    const [whole, , name = ''] = match;
    const at = start + match.index + whole.lastIndexOf(name);
    return names.has(name) ? [{ kind: 'row', name, source: theDocument, span: span(at, at + name.length) }] : [];
  });

/** Every place that names a variable of a prompt file. */
export const variablePlaces = (prompt: Prompt): readonly VariablePlace[] => {
  const { header, sources } = prompt;
  const textOf = (source: number): string => sources[source]?.text ?? '';
  const text = textOf(theDocument);
  const declared = header.variables.map(({ name, span: at }): VariablePlace => ({
    kind: 'declaration',
    name,
    source: theDocument,
    span: withoutQuotes(text, at),
  }));
  const blocks = [...prompt.tools, ...prompt.system, ...prompt.messages.flatMap(({ content }) => content)];
  const uses = blocks.flatMap(segmentsOf).flatMap((segment): readonly VariablePlace[] => {
    if (segment.kind !== 'variable') return [];
    const { name, at } = segment;
    return [{ kind: 'use', name, source: at.source, span: nameIn(textOf(at.source), at.span, name) }];
  });
  const names = new Set([...declared, ...uses].map(({ name }) => name));
  const rows = header.samples.flatMap((row) => inRow(text, row.span, names));
  // A file that is included twice is one file.
  const seen = new Set<string>();
  return [...declared, ...rows, ...uses].filter((place) => {
    const key = `${place.source} ${place.span.start}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
};

/** The variable that is named at an offset of the document. */
export const variableAt = (places: readonly VariablePlace[], offset: number): VariablePlace | undefined =>
  places.find(({ source, span: at }) => source === theDocument && touches(at, offset));
