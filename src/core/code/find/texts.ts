import { argumentAt, argumentNamed, spotAt, type Evaluator } from '../evaluate/evaluator';
import type { Expr, Module, Scope, Step } from '../form';
import type { Sent } from '../apis/sent';
import { flat } from '../values/pieces';
import { fillBraces, fillDollars } from '../values/templates';
import { textValue, type Frame, type TextValue, type Value } from '../values/value';
import type { FoundPrompt } from './prompts';

/*
 * Texts of a file whose name says that they are prompts, where no call is in sight: constants, and functions that only give a text back.
 */

/** Fewer words are a name, a version, a path. */
const fewestWords = 4;

const telling = /prompt|system|instruction|template|persona|role|guide|rules/i;

/** What else stands in such a file: what an interface shows, statements of databases, formats of logs. */
const otherName = /placeholder|tooltip|class(?:es|_?names?)?$|label$|error|sql$|log_?format/i;
const otherText =
  /^\s*(?:SELECT\b[^]*\bFROM\b|INSERT\s+INTO\b|UPDATE\b[^]*\bSET\b|DELETE\s+FROM\b|(?:CREATE|ALTER|DROP)\s+(?:TABLE|INDEX|VIEW)\b)|%\((?:asctime|levelname|message)\)/;

/** A file that draws an interface holds few prompts and many short texts. */
const fewestInInterface = 12;

const isProse = (text: string, name: string, isInterface: boolean): boolean => {
  if (otherName.test(name) || otherText.test(text)) return false;
  const words = text.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
  if (isInterface) return words >= fewestInInterface && telling.test(name);
  return words >= fewestWords || (words >= 2 && telling.test(name));
};

/** A single pair of braces around a name is a place for `str.format`. */
const place = /(?<!\{)\{[a-z_]\w*\}(?!\})/i;

const isLiteral = (expr: Expr): boolean =>
  expr.kind === 'text' && expr.parts.every((part) => part.kind === 'text' && part.notation.name === 'python');

/** A literal in which places are named is a template. */
const withPlaces = (value: TextValue, expr: Expr, frame: Frame): TextValue => {
  const text = flat(value.pieces);
  const isTemplate = isLiteral(expr) && place.test(text) && !/[{}]/.test(text.replace(/\{\{|\}\}|\{[a-z_]\w*\}/gi, ''));
  return isTemplate ? textValue(fillBraces(value.pieces, () => undefined, spotAt(expr, frame))) : value;
};

/** The text that a template of a library is made of. */
const ofTemplate = (value: Value, ev: Evaluator): TextValue | undefined => {
  if (value.kind !== 'symbol' || value.call === undefined) return undefined;
  const { expr, frame } = value.call;
  const given = argumentAt(expr, 0) ?? argumentNamed(expr, 'template');
  const text = given && ev.valueOf(given, frame);
  if (given === undefined || text?.kind !== 'text') return undefined;
  if (/^string\.Template\(\)$/.test(value.name)) return textValue(fillDollars(text.pieces, () => undefined, spotAt(given, frame)));
  return /PromptTemplate(?:\.from_template)?\(\)$/.test(value.name)
    ? textValue(fillBraces(text.pieces, () => undefined, spotAt(given, frame)))
    : undefined;
};

const textOf = (ev: Evaluator, expr: Expr, frame: Frame): TextValue | undefined => {
  const value = ev.valueOf(expr, frame);
  return value.kind === 'text' ? withPlaces(value, expr, frame) : ofTemplate(value, ev);
};

const sentText = (text: TextValue, expr: Expr, scope: Scope, frame: Frame): Sent => ({
  api: 'text',
  client: 'none',
  dialect: 'converse',
  site: { call: { kind: 'call', at: expr.at, callee: expr, args: [], isNew: false }, scope },
  frame,
  modelId: undefined,
  system: { value: text, spot: spotAt(expr, frame) },
  messages: undefined,
  tools: undefined,
  fields: [],
  open: undefined,
  isAgent: true,
  lost: [],
  added: [],
});

/** Where texts are looked for. */
interface Within {
  readonly module: Module;
  readonly scope: Scope;
  readonly prefix: string;
  readonly isInterface: boolean;
}

/** A text, and the statement that names it. */
const found = (
  ev: Evaluator,
  name: string,
  expr: Expr,
  step: Step,
  frame: Frame,
  { scope, isInterface }: Within,
): readonly FoundPrompt[] => {
  const text = textOf(ev, expr, frame);
  if (text === undefined || !isProse(flat(text.pieces).replaceAll('\ue000', ' '), name, isInterface)) return [];
  const sent = sentText(text, expr, scope, frame);
  return [{ sent, site: { call: { ...sent.site.call, at: step.at }, scope }, title: name }];
};

const inScope = (ev: Evaluator, within: Within): readonly FoundPrompt[] => {
  const { module, scope, prefix } = within;
  const frame = ev.frameOf(scope, module, false);
  const sets = scope.steps.filter(
    ({ kind, path, value, root }) => kind === 'set' && path.length === 0 && value !== undefined && root !== '__doc__',
  );
  return sets.flatMap((step, at): readonly FoundPrompt[] => {
    const { value, root } = step;
    // Only the last text that a name is given is one of the file.
    if (value === undefined || value.kind === 'name' || sets.findLastIndex((one) => one.root === root) !== at) return [];
    const name = prefix + root;
    if (value.kind === 'class') return inScope(ev, { ...within, scope: value.scope, prefix: `${name}.` });
    if (value.kind !== 'function') return found(ev, name, value, step, frame, within);
    const [only] = value.scope.returns;
    const own = ev.frameOf(value.scope, module, false);
    return only === undefined || value.scope.returns.length > 1 ? [] : found(ev, name, only, step, own, { ...within, scope: value.scope });
  });
};

/** The texts of a file of prompts, in the order of the text. */
export const findTexts = (ev: Evaluator, document: Module, path: string): readonly FoundPrompt[] =>
  inScope(ev, { module: document, scope: document.scope, prefix: '', isInterface: /\.[jt]sx$/i.test(path) });
