import type { VariableDeclaration } from '../prompt/model';
import type { Segment } from '../text/segment';
import { mayHoldPlaceholder, placeholder, scanTemplate } from '../text/templateTokens';
import type { Json } from '../text/json';

/** The value of a variable, or `undefined` when there is none yet. */
export type Values = (name: string) => string | undefined;

/** By which name a person gives a segment's text, where it has to be given: a variable's own, or the source of what cannot be known. */
export const nameOfHole = (segment: Segment): string | undefined =>
  segment.kind === 'variable' ? segment.name : segment.kind === 'unknown' ? segment.source : undefined;

/** What a segment says with values in place; a variable without one stays a placeholder, and what is unknown stays its source in brackets. */
export const renderSegment = (segment: Segment, values: Values): string => {
  if (segment.kind === 'text') return segment.text;
  return segment.kind === 'variable'
    ? (values(segment.name) ?? placeholder(segment.name))
    : (values(segment.source) ?? `\u27e6${segment.source}\u27e7`);
};

/** What segments say together. */
export const renderSegments = (segments: readonly Segment[], values: Values): string => {
  let text = '';
  for (const segment of segments) text += renderSegment(segment, values);
  return text;
};

const renderString = (text: string, values: Values): string => {
  let result = '';
  let done = 0;
  for (const token of scanTemplate(text)) {
    if (token.kind === 'include') continue;
    result += text.slice(done, token.start);
    if (token.kind === 'variable') result += values(token.name) ?? text.slice(token.start, token.end);
    done = token.end;
  }
  return result + text.slice(done);
};

/** The value with `{{name}}` in its strings replaced; keys stay. */
export const renderJson = (value: Json, values: Values): Json => {
  if (typeof value === 'string') return mayHoldPlaceholder(value) ? renderString(value, values) : value;
  if (Array.isArray(value)) return value.map((item: Json) => renderJson(item, values));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, renderJson(entry, values)]));
  return value;
};

/** What a declaration says the value is: always the same, the default, or the example. */
export const declaredValues = (declarations: readonly VariableDeclaration[], withExamples: boolean): Values => {
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  return (name) => {
    const found = byName.get(name);
    return found?.fixed ?? found?.fallback ?? (withExamples ? found?.example : undefined);
  };
};

/** Values of one run: a person's answers first, then what the declarations fix. */
export const runValues = (declarations: readonly VariableDeclaration[], given: Readonly<Record<string, string>>): Values => {
  const declared = declaredValues(declarations, false);
  return (name) => (Object.hasOwn(given, name) ? given[name] : declared(name));
};
