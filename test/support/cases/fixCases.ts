import { optimizeAll } from '../../../src/core/advice/optimum';
import { fixesOf, type DocumentAnalysis } from '../../../src/core/analysis';
import { fixDocument } from '../../../src/core/fixDocument';
import { lastReadable } from '../../../src/core/cache/written';
import { wireCall } from '../../../src/core/formats/wireCall';
import { callText } from '../../../src/core/request/json';
import { declaredValues } from '../../../src/core/request/values';
import type { FixKind } from '../../../src/core/rules/types';
import { applyEdits } from '../../../src/core/text/edit';
import { isRecord } from '../../../src/core/text/json';
import { analyzeCase, findPlace, meets, promptIn, type Case, type TextPlace } from './caseFile';

/** What is expected of a document after a fix. */
export interface FixExpected {
  /** The whole text. */
  readonly after?: string;
  readonly has?: readonly string[];
  readonly hasNot?: readonly string[];
  /** `same`: the same request but for cache points and where one text ends and the next begins; `sameLines`: the same lines, in any order and block. */
  readonly sent?: 'same' | 'sameLines';
  /** Codes that no problem has any more. */
  readonly gone?: readonly string[];
  /** No code that did not stand there before. */
  readonly noNew?: true;
  /** No such fix is offered. */
  readonly offered?: false;
  /** Tokens that later calls can read. */
  readonly readable?: 'more' | 'notLess';
  /** Doing it once more changes nothing. */
  readonly again?: 'same';
}

export interface FixCase extends Case<FixExpected> {
  /** What runs on save, the command that also moves, the optimizer, or the quick fix with such a title at a place. */
  readonly do: 'fixAllSafe' | 'fixAll' | 'optimize' | { readonly at: TextPlace; readonly title: string };
}

const isPoint = (value: unknown): boolean => isRecord(value) && 'cachePoint' in value;
const blocksOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.filter((block) => !isPoint(block)) : []);
const textOf = (block: unknown): string | undefined => {
  const text = isRecord(block) && Object.keys(block).length === 1 ? block['text'] : undefined;
  return typeof text === 'string' ? text : undefined;
};

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '');

/** The same for objects whose members stand in another order, and for lists without their cache points. */
const canonical = (_key: string, value: unknown): unknown => {
  if (Array.isArray(value)) return blocksOf(value);
  return isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
};

/** Blocks with neighboring texts as one. */
const joined = (blocks: unknown): readonly unknown[] => {
  const found: unknown[] = [];
  for (const block of blocksOf(blocks)) {
    const [text, last] = [textOf(block), found.at(-1)];
    if (text === undefined) found.push(block);
    else if (Array.isArray(last)) last.push(...linesOf(text));
    else found.push([...linesOf(text)]);
  }
  return found;
};

interface Parts {
  readonly system: unknown;
  readonly messages: readonly Readonly<Record<string, unknown>>[];
  readonly rest: Readonly<Record<string, unknown>>;
}

/** The request that a document sends; a variable without a value stands as its name. */
const sentBy = (document: DocumentAnalysis): Parts => {
  const { prompt, plan } = promptIn(document);
  const request = JSON.parse(callText(wireCall(prompt, declaredValues(prompt.header.variables, true), plan.modelId))) as unknown;
  const { system, messages, ...rest } = isRecord(request) ? request : {};
  return { system, messages: Array.isArray(messages) ? messages.filter(isRecord) : [], rest };
};

/** What must be alike before and after, as one text. */
const sentAs = (kind: 'same' | 'sameLines', document: DocumentAnalysis): string => {
  const { system, messages, rest } = sentBy(document);
  if (kind === 'same') {
    const told = messages.map((message) => ({ ...message, content: joined(message['content']) }));
    return JSON.stringify([rest, joined(system), told], canonical);
  }
  const blocks = [system, ...messages.map(({ content }) => content)].flatMap(blocksOf);
  const lines = blocks.flatMap((block) => {
    const text = textOf(block);
    return text === undefined ? [JSON.stringify(block, canonical)] : linesOf(text).map((line) => line.trim());
  });
  return JSON.stringify([rest, messages.map(({ role }) => role), lines.sort()], canonical);
};

const kinds: { readonly [K in 'fixAllSafe' | 'fixAll']: readonly FixKind[] } = { fixAllSafe: ['safe'], fixAll: ['safe', 'moves'] };

const quickFix = (document: DocumentAnalysis, at: TextPlace, title: string): string | undefined => {
  const place = findPlace(document.text, at);
  const prompt = promptIn(document);
  for (const problem of prompt.problems)
    if (place !== undefined && meets(problem.span, place))
      for (const fix of fixesOf(prompt, problem)) if (new RegExp(title, 'i').test(fix.title)) return applyEdits(document.text, fix.edits);
  return undefined;
};

/** The text after it; `undefined` where no such fix is offered. */
export const doFix = (document: DocumentAnalysis, what: FixCase['do']): string | undefined => {
  if (typeof what === 'object') return quickFix(document, what.at, what.title);
  if (what !== 'optimize') return fixDocument(document, kinds[what]).text;
  const { input } = promptIn(document);
  const found = optimizeAll(input, { traffic: input.traffic });
  return found.kind === 'none' ? document.text : applyEdits(document.text, found.edits);
};

const codesOf = (document: DocumentAnalysis): ReadonlySet<string> => new Set(document.problems.map(({ code }) => code));

const readableIn = (document: DocumentAnalysis): number => {
  const { problems, plan } = promptIn(document);
  return problems.some(({ severity }) => severity === 'error') ? 0 : (lastReadable(plan)?.prefix.likely ?? 0);
};

/** What a case misses; empty when it holds. */
export const judgeFixCase = (one: FixCase): readonly string[] => {
  const { expect } = one;
  const before = analyzeCase(one);
  const text = doFix(before, one.do);
  if (expect.offered === false) return text === undefined ? [] : ['a fix is offered'];
  if (text === undefined) return ['no such fix is offered'];
  const after = analyzeCase(one, text);
  const missed: string[] = [];
  if (expect.after !== undefined && text !== expect.after) missed.push('another text comes out');
  for (const part of expect.has ?? []) if (!text.includes(part)) missed.push(`lacks ${JSON.stringify(part)}`);
  for (const part of expect.hasNot ?? []) if (text.includes(part)) missed.push(`has ${JSON.stringify(part)}`);
  if (expect.sent !== undefined && sentAs(expect.sent, before) !== sentAs(expect.sent, after)) missed.push('another request is sent');
  const [codes, now] = [codesOf(before), codesOf(after)];
  for (const code of expect.gone ?? []) if (now.has(code)) missed.push(`${code} is still there`);
  if (expect.noNew) missed.push(...[...now].filter((code) => !codes.has(code)).map((code) => `new problem ${code}`));
  if (expect.readable !== undefined) {
    const [had, has] = [readableIn(before), readableIn(after)];
    if (expect.readable === 'more' ? has <= had : has < had) missed.push(`readable tokens: ${had}, then ${has}`);
  }
  if (expect.again === 'same' && (doFix(after, one.do) ?? text) !== text) missed.push('once more changes it again');
  return missed;
};
