import { editingText } from '../messages/editingText';
import { bodyHelp } from '../messages/frontMatterHelp';
import type { VariableDeclaration } from '../prompt/model';
import { markerWord, roles } from '../prompt/words';
import { lineAt } from '../text/lineAt';
import { span } from '../text/span';
import { inSnippet, rank, type Offer } from './offers';

/** What completion in the body knows of the prompt. */
export interface BodyFacts {
  readonly declared: readonly VariableDeclaration[];
  /** Names that the text uses. */
  readonly used: readonly string[];
}

/** The line of an offset up to it, and after it. */
interface Halves {
  readonly before: string;
  readonly behind: string;
}

const halvesAt = (text: string, offset: number): Halves => {
  const { start, end } = lineAt(text, offset);
  return { before: text.slice(start, offset), behind: text.slice(offset, end) };
};

const lines = (kind: 'marker' | 'role', rows: readonly (readonly [label: string, detail: string])[], from: number, to: number) =>
  rows.map(([label, detail], index): Offer => ({
    kind,
    label,
    detail,
    help: [],
    insert: inSnippet(label),
    filter: label,
    sort: rank(index),
    span: span(from, to),
    goesOn: false,
  }));

const variableOffers = ({ declared, used }: BodyFacts, typed: string, behind: string, offset: number): readonly Offer[] => {
  const others = [...new Set(used)].filter((name) => name !== typed && !declared.some((one) => one.name === name));
  const rest = /^[\w.-]*/.exec(behind)?.[0].length ?? 0;
  const isClosed = /^[\w.-]*[ \t]*\}\}/.test(behind);
  const offer = (name: string, detail: string, index: number): Offer => ({
    kind: 'variable',
    label: name,
    detail,
    help: [],
    insert: `${inSnippet(name)}${isClosed ? '' : '\\}\\}'}`,
    filter: name,
    sort: rank(index),
    span: span(offset - typed.length, offset + rest),
    goesOn: false,
  });
  return [
    ...declared.map(({ name, description, varies }, index) => offer(name, description ?? editingText.varies(varies), index)),
    ...others.map((name, index) => offer(name, bodyHelp.undeclared, declared.length + index)),
  ];
};

/** What can be typed in the body: variables after two braces, cache points, and lines that begin a section. */
export const bodyOffers = (text: string, offset: number, facts: BodyFacts): readonly Offer[] => {
  const { before, behind } = halvesAt(text, offset);
  const name = /\{\{[ \t]*([\w.-]*)$/.exec(before)?.[1];
  if (name !== undefined) return variableOffers(facts, name, behind, offset);
  const comment = /^[ \t]*(<!?-{0,2}[ \t]*[\w =]*)$/.exec(before)?.[1];
  if (comment !== undefined) {
    const end = offset + (/^[ \t]*-*>/.exec(behind)?.[0].length ?? 0);
    const points = [
      [`<!-- ${markerWord} -->`, bodyHelp.point],
      [`<!-- ${markerWord} ttl=1h -->`, bodyHelp.hourPoint],
    ] as const;
    return lines('marker', points, offset - comment.length, end);
  }
  const heading = /^#[ \t]*\w*$/.exec(before)?.[0];
  const sections = roles.map((role) => [`# ${role}:`, bodyHelp.role(role)] as const);
  return heading === undefined ? [] : lines('role', sections, offset - heading.length, offset);
};

/** A path that is being typed, up to the cursor; `close` is what is still missing after it. */
export interface TypedPath {
  readonly typed: string;
  readonly close: string;
}

/** The path in `{{> …`, or after a key of front matter that names a file; `undefined` elsewhere. */
export const pathAt = (text: string, offset: number): TypedPath | undefined => {
  const { before, behind } = halvesAt(text, offset);
  const included = /\{\{>[ \t]*([^\s}]*)$/.exec(before)?.[1];
  if (included !== undefined) return { typed: included, close: /^[^\s}]*[ \t]*\}\}/.test(behind) ? '' : '}}' };
  const named = /(?:^toolConfig|[{ ,]file):[ \t]+["']?(\.\.?\/[^\s"',}]*)$/.exec(before)?.[1];
  return named === undefined ? undefined : { typed: named, close: '' };
};
