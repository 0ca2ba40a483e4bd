import type { Draft } from './draft';
import { mapParts, Name, print, textsOf, type Call, type Expr, type Syntax } from './expr';
import { tellUnknown } from './fill';
import type { Hole } from './marks';
import { codeName, namesFor } from './names';
import type { CodeLanguage } from './types';

/** A program that sends a request: imports, what is made once, and a function that takes what varies. */
export interface Program {
  readonly imports: readonly string[];
  /** What is made once, under its name; what rests on a parameter is made in the function. */
  readonly setup: readonly (readonly [name: string, value: Expr])[];
  readonly inside?: readonly (readonly [name: string, value: Expr])[];
  readonly result: Call;
}

/** What a language has to say of itself. */
export interface Language {
  readonly id: CodeLanguage;
  /** A literal of a text with holes, which stand under the names of parameters. */
  literal(parts: readonly (string | Hole)[], names: ReadonlyMap<Hole, string>): string;
  readonly syntax: Omit<Syntax, 'text'>;
  /** The imports that a program's code needs besides those of its client, by what stands in it. */
  readonly usual: readonly (readonly [RegExp, string])[];
  constant(name: string, value: string): string;
  assign(name: string, value: string): string;
  fn(name: string, parameters: readonly Parameter[], body: readonly string[], result: string): string;
  /** Of what stands in a function. */
  readonly bodyIndent: string;
  readonly gap: string;
}

export interface Parameter {
  readonly name: string;
  /** A literal. */
  readonly fallback: string | undefined;
}

/** What of a program stands on its own at its top: texts of several lines in which nothing varies. */
const hoist = (root: Expr, isFixed: (text: string) => boolean): { readonly expr: Expr; readonly texts: ReadonlyMap<string, string> } => {
  const texts = new Map<string, string>();
  const named = new Map<string, string>();
  const nameFor = (text: string, label: string): string => {
    const known = named.get(text);
    if (known !== undefined) return known;
    const taken = [...texts.keys()].filter((name) => name === label || name.startsWith(`${label}_`)).length;
    const name = taken === 0 ? label : `${label}_${taken + 1}`;
    texts.set(name, text);
    named.set(text, name);
    return name;
  };
  const labels: Readonly<Record<string, string>> = { system: 'SYSTEM', system_prompt: 'SYSTEM', instructions: 'SYSTEM' };
  const byCallee: Readonly<Record<string, string>> = { SystemMessage: 'SYSTEM', HumanMessage: 'USER', AIMessage: 'ASSISTANT' };
  const visit = (part: Expr, label: string | undefined): Expr => {
    if (typeof part === 'string')
      return label !== undefined && part.includes('\n') && isFixed(part) ? new Name(nameFor(part, label)) : part;
    const role =
      typeof part === 'object' && part !== null && 'role' in part && typeof part.role === 'string' ? part.role.toUpperCase() : undefined;
    const callee =
      typeof part === 'object' && part !== null && 'callee' in part && typeof part.callee === 'string' ? byCallee[part.callee] : undefined;
    const own = role === 'USER' || role === 'ASSISTANT' || role === 'SYSTEM' ? role : (callee ?? label);
    return mapParts(part, (inner, name) => visit(inner, (name === undefined ? undefined : labels[name]) ?? own));
  };
  return { expr: visit(root, undefined), texts };
};

/** The whole program as text. */
export const programText = (draft: Draft, { imports, setup, inside = [], result }: Program, language: Language): string => {
  const { marks, prompt, options, notes } = draft;
  const isFixed = (text: string): boolean => marks.parts(text).every((part) => typeof part === 'string');
  const holesOf = (expr: Expr): readonly Hole[] =>
    textsOf(expr).flatMap((text) => marks.parts(text).filter((part): part is Hole => typeof part !== 'string'));
  const { expr: whole, texts } = hoist([[...inside.map(([, value]) => value), result], setup.map(([, value]) => value)], isFixed);
  const [[...made], once] = whole as readonly [readonly Expr[], readonly Expr[]];
  const fn = codeName(options.name ?? prompt.header.name ?? 'ask', language.id, 'ask');
  const holes = [...new Set(holesOf(whole))];
  const names = namesFor(holes, (name) => codeName(name, language.id, 'value'), [
    fn,
    ...setup.map(([name]) => name),
    ...inside.map(([name]) => name),
  ]);
  tellUnknown(draft, names);
  const paths = marks.holes.flatMap((hole) => (hole.kind === 'file' ? [hole.path] : []));
  if (paths.length > 0) notes.push({ code: 'files', paths });
  const syntax: Syntax = { ...language.syntax, text: (text) => language.literal(marks.parts(text), names) };
  const parameters = [...names].map(([hole, name]): Parameter => {
    const fallback = hole.kind === 'value' ? hole.declaration?.fallback : undefined;
    return { name, fallback: fallback === undefined ? undefined : language.literal([fallback], names) };
  });
  // A parameter without a default stands before those with one, as languages ask for.
  const ordered = [
    ...parameters.filter(({ fallback }) => fallback === undefined),
    ...parameters.filter(({ fallback }) => fallback !== undefined),
  ];
  const assigned = (name: string, value: Expr, indent: string): string => language.assign(name, print(value, syntax, indent));
  const parts = setup.map(([name], at) => ({ name, value: once[at] ?? null }));
  const needsParameter = (value: Expr): boolean => holesOf(value).some((hole) => names.has(hole));
  const atTop = parts.filter(({ value }) => !needsParameter(value)).map(({ name, value }) => assigned(name, value, ''));
  const inFunction = [
    ...parts.filter(({ value }) => needsParameter(value)),
    ...inside.map(([name], at) => ({ name, value: made[at] ?? null })),
  ].map(({ name, value }) => assigned(name, value, language.bodyIndent));
  const constants = [...texts].map(([name, text]) => language.constant(name, language.literal([text], names)));
  const body = language.fn(fn, ordered, inFunction, print(made.at(-1) ?? null, syntax, language.bodyIndent));
  // Without the texts of the prompt, in which anything may stand.
  const isFile = (text: string): boolean => marks.parts(text).some((part) => typeof part !== 'string' && part.kind === 'file');
  const code = print(whole, { ...syntax, text: (text) => (isFile(text) ? syntax.text(text) : '') });
  const needed = language.usual.filter(([pattern]) => pattern.test(code)).map(([, line]) => line);
  const top = [[...needed, ...imports].join('\n'), ...constants, atTop.join('\n')].filter((part) => part !== '').join('\n\n');
  return `${top}${language.gap}${body}\n`;
};
