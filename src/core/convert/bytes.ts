import { isRecord, type Json } from '../text/json';
import type { Draft } from './draft';
import { Call, Name, type Expr } from './expr';
import { pythonPath } from './python';
import { typescriptPath } from './typescript';

/** Members of Converse whose value is bytes: base64 in JSON, and bytes in a program. */
const isBytes = (name: string, owner: string): boolean => (name === 'bytes' && owner === 'source') || name === 'redactedContent';

/** A request as an expression, in which `wrap` makes bytes of base64. */
const withBytes = (value: Json, wrap: (base64: string) => Expr, owner = ''): Expr => {
  if (Array.isArray(value)) return value.map((item: Json) => withBytes(item, wrap, owner));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      typeof member === 'string' && isBytes(name, owner) ? wrap(member) : withBytes(member as Json, wrap, name), // a member of JSON
    ]),
  );
};

const fileIn = ({ marks }: Pick<Draft, 'marks'>, base64: string): string | undefined => {
  const [part, ...others] = marks.parts(base64);
  return part !== undefined && typeof part !== 'string' && part.kind === 'file' && others.length === 0 ? part.path : undefined;
};

/** A request for Python, whose bytes are those of a file or of base64. */
export const bytesInPython = (draft: Draft, value: Json): Expr =>
  withBytes(value, (base64) => {
    const path = fileIn(draft, base64);
    return path === undefined ? new Call('base64.b64decode', [base64]) : new Name(`${pythonPath(path)}.read_bytes()`);
  });

/** The same for Node. */
export const bytesInTypeScript = (draft: Draft, value: Json): Expr =>
  withBytes(value, (base64) => {
    const path = fileIn(draft, base64);
    return path === undefined ? new Call('Buffer.from', [base64, 'base64']) : new Name(`readFileSync(${typescriptPath(path)})`);
  });
