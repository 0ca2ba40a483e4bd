import { knownText, type ListValue, type Spot, type Value } from '../values/value';

/** What is known of something, as a value. */
export const constantOf = (known: boolean | number | undefined, spot: Spot): Value | undefined =>
  known === undefined ? undefined : { kind: 'constant', value: known, spot };

/** How many characters, items or entries; `undefined` where that is not known. */
export const lengthOf = (value: Value | undefined): number | undefined => {
  switch (value?.kind) {
    case 'text':
      return knownText(value)?.length;
    case 'list':
      return value.items.some(({ gap }) => gap !== undefined) ? undefined : value.items.length;
    case 'object':
      return value.open !== undefined || value.entries.some(({ maybe }) => maybe) ? undefined : value.entries.length;
    default:
      return undefined;
  }
};

/** The texts of a list, each as far as it is known. */
const textsOf = ({ items }: ListValue): readonly (string | undefined)[] =>
  items.map((item) => (item.gap === undefined ? knownText(item.value()) : undefined));

/** Is a text one of a list; `undefined` where that is not known? */
export const isAmong = (list: ListValue, text: string): boolean | undefined => {
  const texts = textsOf(list);
  return texts.includes(text) || (texts.includes(undefined) ? undefined : false);
};

const tests: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  startswith: (text, part) => text.startsWith(part),
  startsWith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
  endsWith: (text, part) => text.endsWith(part),
  includes: (text, part) => text.includes(part),
};

/** What is asked of a text, or of one of several; `undefined` where that is not known. */
export const saysOf = (name: string, text: string | undefined, asked: Value | undefined): boolean | undefined => {
  const test = Object.hasOwn(tests, name) ? tests[name] : undefined;
  if (test === undefined || text === undefined || asked === undefined) return undefined;
  const parts = asked.kind === 'list' ? textsOf(asked) : [knownText(asked)];
  const said = parts.map((part) => part !== undefined && test(text, part));
  return said.includes(true) || (parts.includes(undefined) ? undefined : false);
};
