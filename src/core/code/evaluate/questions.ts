import { knownText, type Value } from '../values/value';

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
  const parts =
    asked.kind === 'list' ? asked.items.map((item) => (item.gap === undefined ? knownText(item.value()) : undefined)) : [knownText(asked)];
  const said = parts.map((part) => part !== undefined && test(text, part));
  return said.includes(true) || (parts.includes(undefined) ? undefined : false);
};
