import { span } from '../../text/span';
import type { Outline } from '../front';

/** What a function, a class or a function under a name begins with. */
const head =
  /(?:export +)?((?:async +)?function *\*? *([\w$]+) *[(<]|class +([\w$]+)\b|const +([\w$]+)(?: *: *[\w$.<>[\], ]+)? *= *(?:async *)?(?:\(|function\b|[\w$]+ *=>))/y;

/** The line with which it ends. */
const tail = /\};?[ \t]*(?=\r?\n|$)/y;

/** Behind a brace at the margin that closes something else: a line that does not begin at the margin. */
const goesOn = /[ \t]*(?:\r?\n[ \t]*)*\r?\n[ \t]+[^\s/*]/y;

/** Behind these an expression is not over. */
const open = /[([{,=+*/%|&:?<>-]/;

/** Before these a slash begins an expression. */
const beforeRegex = /[([{,;=+*%|&:?>!~^-]|^$/;

/** The last sign before a place that can be seen. */
const signBefore = (text: string, place: number): string => {
  let at = place - 1;
  while (at >= 0 && text.charCodeAt(at) <= 32) at -= 1;
  return text.charAt(at);
};

const endOfLine = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
};

/** The end of what stands between two equal signs on one line. */
const endOfQuoted = (text: string, from: number): number => {
  const quote = text.charAt(from);
  let isClass = false;
  for (let at = from + 1; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '\\') at += 1;
    else if (sign === '\n') return at;
    else if (quote === '/' && sign === '[') isClass = true;
    else if (quote === '/' && sign === ']') isClass = false;
    else if (sign === quote && !isClass) return at + 1;
  }
  return text.length;
};

const endOfComment = (text: string, from: number): number => {
  const end = text.indexOf('*/', from + 2);
  return end === -1 ? text.length : end + 2;
};

/** The end of a template that begins at a place. */
const endOfTemplate = (text: string, from: number): number => {
  const signs = /[`\\]|\$\{/g;
  signs.lastIndex = from + 1;
  for (let sign = signs.exec(text); sign !== null; sign = signs.exec(text)) {
    if (sign[0] === '`') return signs.lastIndex;
    signs.lastIndex = sign[0] === '\\' ? signs.lastIndex + 1 : endOfCode(text, signs.lastIndex, undefined);
  }
  return text.length;
};

/** Goes over code from one place to another, or to the brace that closes it; further, where something that is no code begins before the end. */
const endOfCode = (text: string, from: number, to: number | undefined): number => {
  let [at, depth, last] = [from, 0, ''];
  while (at < text.length && (to === undefined || at <= to)) {
    const sign = text.charAt(at);
    const next = text.charAt(at + 1);
    if (to === undefined && sign === '}' && depth === 0) return at + 1;
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    if (sign === '`') at = endOfTemplate(text, at);
    else if (sign === '/' && next === '/') at = endOfLine(text, at);
    else if (sign === '/' && next === '*') at = endOfComment(text, at);
    else if (sign === '"' || sign === "'" || (sign === '/' && beforeRegex.test(last))) at = endOfQuoted(text, at);
    else at += 1;
    if (sign.trim() !== '') last = sign;
  }
  return at;
};

/**
 * Functions and classes at the top of a file, each from a line at the margin to the brace at the margin that closes it. Where another line begins at
 * the margin, nothing is said of what is around it.
 */
export const outlines = (text: string, from: number, isKnown: (start: number) => boolean): readonly Outline[] => {
  const found: Outline[] = [];
  const events = /\n(?=\S)|`|\/\*/g;
  let [code, isDecorated, isOver] = [from, false, false];
  let begun: { readonly name: string; readonly start: number; readonly named: number; readonly isLocal: boolean } | undefined;
  const line = (at: number): void => {
    const sign = text.charAt(at);
    if (/[)\]/]/.test(sign)) return;
    if (sign === '}') {
      tail.lastIndex = at;
      const last = begun && tail.exec(text);
      if (begun === undefined || last === null || last === undefined) return;
      const { name, start, named, isLocal } = begun;
      goesOn.lastIndex = at + last[0].length;
      if (!goesOn.test(text)) found.push({ name, at: span(start, at + last[0].length), namedAt: span(named, at + 1), isLocal });
      begun = undefined;
      return;
    }
    head.lastIndex = at;
    const match = isDecorated || open.test(signBefore(text, at)) ? null : head.exec(text);
    isDecorated = sign === '@';
    const name = match?.[2] ?? match?.[3] ?? match?.[4];
    begun =
      match === null || name === undefined
        ? undefined
        : { name, start: at, named: head.lastIndex - (match[1]?.length ?? 0), isLocal: match[4] !== undefined };
    isOver = begun !== undefined && isKnown(at);
  };
  line(from);
  events.lastIndex = from;
  while (!isOver && events.test(text)) {
    const at = events.lastIndex;
    if (text.charAt(at - 1) === '\n') {
      code = at;
      line(at);
    } else {
      code = endOfCode(text, Math.max(code, text.lastIndexOf('\n', at - 1) + 1), text.charAt(at - 1) === '`' ? at - 1 : at - 2);
      events.lastIndex = code;
    }
  }
  return found;
};
