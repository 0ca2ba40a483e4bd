import type { Hole } from './marks';

/** Names that results are given: of functions, parameters, variables and files. */

const pythonWords = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda ' +
    'nonlocal not or pass raise return try while with yield match case type client boto3 json base64 Path model agent chat messages print str'
  ).split(' '),
);

const typescriptWords = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in ' +
    'instanceof new null return super switch this throw true try typeof var void while with yield let static implements interface package ' +
    'private protected public await async undefined arguments eval client bedrock tool jsonSchema generateText readFileSync Buffer JSON'
  ).split(' '),
);

const words = { python: pythonWords, typescript: typescriptWords } as const;

/** Longer names say no more. */
const longest = 40;

/** A text as an identifier: what no identifier has becomes one underscore. */
export const identifier = (text: string, otherwise: string): string => {
  const name = text
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .slice(0, longest)
    .replace(/^[_\d]+|_+$/g, '');
  return name === '' ? otherwise : name;
};

const camel = (name: string): string => name.replace(/_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const snake = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/_+/g, '_')
    .toLowerCase();

export const pascalCase = (text: string, otherwise: string): string => {
  const name = camel(identifier(text, otherwise).replace(/^([a-z])/, (letter) => letter.toUpperCase()));
  return name.replaceAll('_', '');
};

/** A function's or a parameter's name in a language. */
export const codeName = (text: string, language: 'python' | 'typescript', otherwise: string): string => {
  const name = identifier(text, otherwise);
  const own = language === 'python' ? snake(name) : camel(name).replace(/^([A-Z]+)(?![a-z])|^[A-Z]/, (start) => start.toLowerCase());
  return words[language].has(own) ? `${own}_` : own;
};

/** Each hole under a name of its own; `nameOf` makes one of what it is called. */
export const namesFor = (
  holes: readonly Hole[],
  nameOf: (name: string, isUnknown: boolean) => string,
  taken: readonly string[] = [],
): ReadonlyMap<Hole, string> => {
  const used = new Set(taken);
  const names = new Map<Hole, string>();
  for (const hole of holes) {
    if (hole.kind === 'file') continue;
    const wanted = nameOf(hole.name, hole.isUnknown);
    let name = wanted;
    for (let count = 2; used.has(name); count += 1) name = `${wanted}_${count}`;
    used.add(name);
    names.set(hole, name);
  }
  return names;
};

/** A variable's name in a text: its own, or what is left of the source of something that only a program knows. */
export const variableName = (name: string, isUnknown: boolean): string =>
  !isUnknown && /^[A-Za-z_][\w.-]*$/.test(name) ? name : identifier(name, 'value');

/** The name of a file without its ending; one that is safe on every system. */
export const fileBase = (name: string | undefined): string => {
  const base = (name ?? '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 60);
  return base === '' ? 'prompt' : base;
};
