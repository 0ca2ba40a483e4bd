import { fixTitles } from '../messages/fixes';
import type { Problem } from '../prompt/problems';
import type { JsonBlock, MarkerBlock } from '../prompt/model';
import { ttlWords } from '../prompt/words';
import { nearestWord } from '../text/nearest';
import type { Span } from '../text/span';
import type { Tree } from '../text/tree';
import { blockShapes, requestShapes, type FieldShape } from './converseFields';
import { findFaults, type FoundFault } from './fieldFaults';
import { blockTree, fieldTree, partAt } from './jsonPlaces';
import type { Fix, Rule, RuleInput } from './types';

type Code = 'request/unknown-field';

const written = (path: FoundFault['path']): string =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');

/** At the name of an unknown member, at the value of a known one; the whole where the text cannot be read so finely. */
const placeOf = (tree: Tree | undefined, { path, fault }: FoundFault, whole: Span): Span => {
  const part = partAt(tree, path);
  if (part === undefined) return whole;
  return fault.kind === 'unknown' ? (part.entry?.key.span ?? whole) : part.value.span;
};

const toProblem = (name: string, found: FoundFault, span: Span): Problem<Code> => ({
  code: 'request/unknown-field',
  span,
  data: { path: written([name, ...found.path]), fault: found.fault, nearest: found.nearest },
});

/** The model's own limit stands in for the endless one of the table. */
const shapeOf = (name: string, shape: FieldShape, { plan }: RuleInput): FieldShape => {
  if (name !== 'inferenceConfig' || shape.kind !== 'object' || plan.model === undefined) return shape;
  return { kind: 'object', members: { ...shape.members, maxTokens: { kind: 'number', least: 1, most: plan.model.maxOutputTokens } } };
};

function* inFields(input: RuleInput): Generator<Problem<Code>> {
  const { prompt, text } = input;
  for (const [name, field] of Object.entries(prompt.header.fields)) {
    const shape = Object.hasOwn(requestShapes, name) ? requestShapes[name] : undefined;
    if (shape === undefined) continue;
    const faults = [...findFaults(field.value, shapeOf(name, shape, input))];
    const tree = faults.length === 0 ? undefined : fieldTree(text, prompt, field.span);
    for (const found of faults) yield toProblem(name, found, placeOf(tree, found, field.span));
  }
}

const faultsOf = (block: JsonBlock): readonly FoundFault[] => {
  const shape = Object.hasOwn(blockShapes, block.member) ? blockShapes[block.member] : undefined;
  return shape === undefined ? [] : [...findFaults(block.value, shape)];
};

function* inBlocks({ plan, text }: RuleInput): Generator<Problem<Code>> {
  for (const { block } of plan.blocks) {
    if (block.kind === 'cachePoint') yield* inMarker(block, text);
    if (block.kind !== 'json') continue;
    const faults = faultsOf(block);
    const tree = faults.length === 0 ? undefined : blockTree(text, block);
    for (const found of faults)
      yield toProblem(block.member, found, placeOf(tree, { ...found, path: [block.member, ...found.path] }, block.span));
  }
}

/** A marker in JSON or YAML; of those written as comments the parser has spoken. */
function* inMarker({ ttl, span }: MarkerBlock, text: string): Generator<Problem<Code>> {
  if (ttl === undefined || (ttlWords as readonly string[]).includes(ttl.value) || text.startsWith('<!--', span.start)) return;
  const data = { path: 'cachePoint.ttl', fault: { kind: 'value', expected: ttlWords }, nearest: nearestWord(ttl.value, ttlWords) } as const;
  yield { code: 'request/unknown-field', span: ttl.span, data };
}

/** The text with the quotes that the old one had. */
const quotedAs = (old: string, next: string): string => {
  const quote = /^["']/.exec(old)?.[0] ?? '';
  return `${quote}${next}${quote}`;
};

function* repair({ data, span }: Problem<Code>, { text }: RuleInput): Generator<Fix> {
  const old = text.slice(span.start, span.end);
  const { fault, nearest } = data;
  if (fault.kind === 'range') {
    const value = Number(old) > fault.most ? fault.most : fault.least;
    if (/^-?[\d.]+$/.test(old)) yield { title: fixTitles.changeTo(String(value)), edits: [{ span, text: String(value) }], preferred: true };
    return;
  }
  const unquoted = /^(["'])(-?\d+(?:\.\d+)?|true|false)\1$/.exec(old)?.[2];
  const fits = fault.kind === 'type' && (/^-?\d/.test(unquoted ?? '') ? fault.expected === 'a number' : fault.expected === 'true or false');
  const next = fits ? unquoted : nearest === undefined ? undefined : quotedAs(old, nearest);
  if (next !== undefined && !old.includes('\n')) yield { title: fixTitles.changeTo(next), edits: [{ span, text: next }], preferred: true };
}

/** A member that the service does not know, or one of a wrong type or value. */
export const unknownField: Rule<Code> = {
  severity: 'warning',
  // The SDK leaves out a name it does not know; a wrong value reaches the service, which refuses it.
  rate: ({ data }) => (data.fault.kind === 'unknown' ? 'warning' : 'error'),
  *check(input) {
    yield* inFields(input);
    yield* inBlocks(input);
  },
  fixes: repair,
};
