import type { Language } from './program';
import type { Hole } from './marks';

/** Inside of a literal. The escapes of JSON mean the same in Python. */
const inside = (text: string): string => JSON.stringify(text).slice(1, -1);

/** The same between three quotes, where line breaks and quotes stand as they are. */
const insideLong = (text: string): string =>
  inside(text)
    .replace(/\\(.)/g, (escape, sign: string) => (sign === 'n' ? '\n' : sign === 't' ? '\t' : sign === '"' ? '"' : escape))
    .replaceAll('"""', '\\"\\"\\"');

const braced = (text: string): string => text.replace(/[{}]/g, '$&$&');

/** A path in a literal; a file is read where its base64 is asked for. */
export const pythonPath = (path: string): string => `Path(${JSON.stringify(path)})`;

const fileText = (path: string): string => `base64.b64encode(${pythonPath(path)}.read_bytes()).decode()`;

const literal = (parts: readonly (string | Hole)[], names: ReadonlyMap<Hole, string>): string => {
  const [first, ...others] = parts;
  if (first === undefined) return '""';
  if (typeof first !== 'string' && others.length === 0) return first.kind === 'file' ? fileText(first.path) : (names.get(first) ?? '""');
  const isLong = parts.some((part) => typeof part === 'string' && part.includes('\n'));
  const isFormatted = parts.some((part) => typeof part !== 'string');
  const written = parts
    .map((part) => {
      if (typeof part !== 'string') return `{${part.kind === 'file' ? fileText(part.path) : (names.get(part) ?? '')}}`;
      const text = isFormatted ? braced(part) : part;
      return isLong ? insideLong(text) : inside(text);
    })
    .join('');
  const quote = isLong ? '"""' : '"';
  // A quote at the end would be taken for one of the three.
  const closed = isLong ? written.replace(/(?<!\\)((?:\\\\)*)"$/, '$1\\"') : written;
  return `${isFormatted ? 'f' : ''}${quote}${closed}${quote}`;
};

export const python: Language = {
  id: 'python',
  literal,
  syntax: {
    constant: (value) => (value === null ? 'None' : value ? 'True' : 'False'),
    key: (name) => JSON.stringify(name),
    space: '',
    indent: '    ',
  },
  usual: [
    [/\bbase64\.b64/, 'import base64'],
    [/\bjson\.dumps\(/, 'import json'],
    [/\bPath\("/, 'from pathlib import Path\n'],
  ],
  constant: (name, value) => `${name} = ${value}`,
  assign: (name, value) => `${name} = ${value}`,
  fn: (name, parameters, body, result) => {
    const written = parameters.map(({ name: own, fallback }) => `${own}: str${fallback === undefined ? '' : ` = ${fallback}`}`);
    const lines = [...body, `return ${result}`].map((line) => `    ${line}`);
    return `def ${name}(${written.length === 0 ? '' : `*, ${written.join(', ')}`}):\n${lines.join('\n')}`;
  },
  bodyIndent: '    ',
  gap: '\n\n\n',
};
