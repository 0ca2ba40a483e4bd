/** An expression of a program: a value as JSON has it, a name, or a call. */
export type Expr = string | number | boolean | null | readonly Expr[] | Name | Call | { readonly [key: string]: Expr };

export type ExprObject = { readonly [key: string]: Expr };

/** A name, or any other piece of code that is printed as it is. */
export class Name {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }
}

/** A call with arguments by their place, then by their names. */
export class Call {
  readonly callee: string;
  readonly args: readonly Expr[];
  readonly named: ExprObject;
  /** What the function is a method of, where that is made in the same place. */
  readonly receiver: Expr | undefined;

  constructor(callee: string, args: readonly Expr[], named: ExprObject = {}, receiver?: Expr) {
    this.callee = callee;
    this.args = args;
    this.named = named;
    this.receiver = receiver;
  }
}

const isList = (value: Expr): value is readonly Expr[] => Array.isArray(value);

const isObject = (value: Expr): value is ExprObject =>
  typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Name) && !(value instanceof Call);

const mapObject = (value: ExprObject, map: (member: Expr, name: string) => Expr): ExprObject =>
  Object.fromEntries(Object.entries(value).map(([name, member]) => [name, map(member, name)]));

/** The same expression with its parts mapped, one level deep. */
export const mapParts = (value: Expr, map: (part: Expr, name?: string) => Expr): Expr => {
  if (isList(value)) return value.map((item) => map(item));
  if (value instanceof Call)
    return new Call(
      value.callee,
      value.args.map((arg) => map(arg)),
      mapObject(value.named, map),
      value.receiver === undefined ? undefined : map(value.receiver),
    );
  return isObject(value) ? mapObject(value, map) : value;
};

/** All texts of an expression, in its order. */
export const textsOf = (value: Expr): readonly string[] => {
  const found: string[] = [];
  const visit = (part: Expr): Expr => {
    if (typeof part === 'string') found.push(part);
    return mapParts(part, visit);
  };
  visit(value);
  return found;
};

/** How a language writes what is not a list or a call. */
export interface Syntax {
  text(value: string): string;
  constant(value: boolean | null): string;
  key(name: string): string;
  /** Between the braces of an object on one line and its members. */
  readonly space: string;
  readonly indent: string;
}

/** Longer lines are broken. */
const widest = 100;

const joined = (parts: readonly string[], open: string, close: string, indent: string, { indent: step }: Syntax, space = ''): string => {
  if (parts.length === 0) return open + close;
  const line = `${open}${space}${parts.join(', ')}${space}${close}`;
  // Each part was printed one step deeper.
  const short = indent.length + line.length <= widest && parts.every((part) => !part.includes('\n'));
  return short ? line : `${open}\n${parts.map((part) => `${indent}${step}${part},\n`).join('')}${indent}${close}`;
};

const printCall = ({ callee, args, named, receiver }: Call, syntax: Syntax, indent: string): string => {
  const inner = indent + syntax.indent;
  const open = `${receiver === undefined ? '' : `${print(receiver, syntax, indent)}.`}${callee}(`;
  const [only] = args;
  // The one object or list that a call is given shares its brackets.
  if (args.length === 1 && only !== undefined && Object.keys(named).length === 0 && (isObject(only) || isList(only)))
    return `${open}${print(only, syntax, indent)})`;
  const parts = [
    ...args.map((arg) => print(arg, syntax, inner)),
    ...Object.entries(named).map(([name, arg]) => `${name}=${print(arg, syntax, inner)}`),
  ];
  return joined(parts, open, ')', indent, syntax);
};

/** An expression as code; `indent` is that of the line on which it begins. */
export const print = (value: Expr, syntax: Syntax, indent = ''): string => {
  const inner = indent + syntax.indent;
  if (value instanceof Name) return value.code;
  if (value instanceof Call) return printCall(value, syntax, indent);
  if (typeof value === 'string') return syntax.text(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean' || value === null) return syntax.constant(value);
  if (isList(value)) {
    const items = value.map((item) => print(item, syntax, inner));
    return joined(items, '[', ']', indent, syntax);
  }
  const members = Object.entries(value).map(([name, member]) => `${syntax.key(name)}: ${print(member, syntax, inner)}`);
  return joined(members, '{', '}', indent, syntax, syntax.space);
};
