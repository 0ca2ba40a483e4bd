import type { Hole } from './marks';
import type { Language } from './program';

/** Inside of a literal between single quotes. Two signs that JSON leaves as they are end a line for some readers of JavaScript. */
const inside = (text: string): string =>
  JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

/** Quotes are those that need no escape, as formatters have it. */
const plain = (text: string): string =>
  text.includes("'") && !text.includes('"') ? `"${inside(text)}"` : `'${inside(text).replaceAll("'", "\\'")}'`;

/** Inside of a template, in which line breaks stand as they are. */
const insideTemplate = (text: string): string =>
  inside(text)
    .replace(/\\(.)/g, (escape, sign: string) => (sign === 'n' ? '\n' : sign === 't' ? '\t' : escape))
    .replaceAll('`', '\\`')
    .replaceAll('${', '\\${');

const fileText = (path: string): string => `readFileSync(${plain(path)}).toString('base64')`;

const literal = (parts: readonly (string | Hole)[], names: ReadonlyMap<Hole, string>): string => {
  const [first, ...others] = parts;
  if (first === undefined) return "''";
  if (typeof first !== 'string' && others.length === 0) return first.kind === 'file' ? fileText(first.path) : (names.get(first) ?? "''");
  if (typeof first === 'string' && others.length === 0 && !first.includes('\n')) return plain(first);
  const written = parts.map((part) =>
    typeof part === 'string' ? insideTemplate(part) : `\${${part.kind === 'file' ? fileText(part.path) : (names.get(part) ?? '')}}`,
  );
  return `\`${written.join('')}\``;
};

const isWord = /^[A-Za-z_$][\w$]*$/;

export const typescript: Language = {
  id: 'typescript',
  literal,
  syntax: {
    constant: (value) => String(value),
    // In an object literal this name alone sets something else than a member.
    key: (name) => (name === '__proto__' ? "['__proto__']" : isWord.test(name) ? name : plain(name)),
    space: ' ',
    indent: '  ',
  },
  usual: [[/\breadFileSync\('/, "import { readFileSync } from 'node:fs';"]],
  constant: (name, value) => `const ${name} = ${value};`,
  assign: (name, value) => `const ${name} = ${value};`,
  fn: (name, parameters, body, result) => {
    const names = parameters.map(({ name: own, fallback }) => (fallback === undefined ? own : `${own} = ${fallback}`));
    const types = parameters.map(({ name: own, fallback }) => `${own}${fallback === undefined ? '' : '?'}: string`);
    const given = parameters.length === 0 ? '()' : `({ ${names.join(', ')} }: { ${types.join('; ')} })`;
    const lines = [...body, `return ${result};`].map((line) => `  ${line}\n`);
    return `export const ${name} = ${given} => {\n${lines.join('')}};`;
  },
  bodyIndent: '  ',
  gap: '\n\n',
};

export const typescriptPath = plain;
