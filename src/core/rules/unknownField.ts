import type { CachePlan } from '../cache/plan';
import { blockTree, fieldTree, partAt } from '../formats/memberPlaces';
import { fixTitles } from '../messages/fixes';
import type { Problem } from '../prompt/problems';
import type { JsonBlock, MarkerBlock } from '../prompt/model';
import { ttlWords } from '../prompt/words';
import type { Owner, Path } from '../prompt/writer';
import type { Json } from '../text/json';
import { nearestWord } from '../text/nearest';
import type { Span } from '../text/span';
import type { Tree } from '../text/tree';
import { blockShapes, requestShapes, type FieldShape } from './converseFields';
import { findFaults, type FoundFault } from './fieldFaults';

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

/** A fault, and how to reach it again for a fix. */
interface Located {
  readonly problem: Problem<Code>;
  readonly owner: Owner;
  readonly path: Path;
  /** What is written there now. */
  readonly value: Json | undefined;
}

const located = (name: string, found: FoundFault, span: Span, owner: Owner, path: Path, whole: Json): Located => ({
  problem: {
    code: 'request/unknown-field',
    span,
    data: { path: written([name, ...found.path]), fault: found.fault, nearest: found.nearest },
  },
  owner,
  path,
  value: valueAt(whole, found.path),
});

const valueAt = (whole: Json, path: Path): Json | undefined => {
  let value: Json | undefined = whole;
  for (const step of path)
    value = typeof value === 'object' && value !== null ? (value as { readonly [name: string]: Json | undefined })[step] : undefined; // of a list or an object
  return value;
};

/** The model's own limit stands in for the endless one of the table. */
const shapeOf = (name: string, shape: FieldShape, { plan }: RuleInput): FieldShape => {
  if (name !== 'inferenceConfig' || shape.kind !== 'object' || plan.model === undefined) return shape;
  return { kind: 'object', members: { ...shape.members, maxTokens: { kind: 'number', least: 1, most: plan.model.maxOutputTokens } } };
};

function* inFields(input: RuleInput): Generator<Located> {
  const { prompt, text } = input;
  for (const [name, field] of Object.entries(prompt.header.fields)) {
    const shape = Object.hasOwn(requestShapes, name) ? requestShapes[name] : undefined;
    if (shape === undefined) continue;
    const faults = [...findFaults(field.value, shapeOf(name, shape, input))];
    const tree = faults.length === 0 ? undefined : fieldTree(text, prompt, field.span);
    for (const found of faults) yield located(name, found, placeOf(tree, found, field.span), 'request', [name, ...found.path], field.value);
  }
}

const faultsOf = (block: JsonBlock): readonly FoundFault[] => {
  const shape = Object.hasOwn(blockShapes, block.member) ? blockShapes[block.member] : undefined;
  return shape === undefined ? [] : [...findFaults(block.value, shape)];
};

function* inBlocks(input: RuleInput): Generator<Located> {
  const { plan, text } = input;
  for (const { block } of plan.blocks) {
    if (block.kind === 'cachePoint') yield* inMarker(block, input);
    if (block.kind !== 'json') continue;
    const faults = faultsOf(block);
    const tree = faults.length === 0 || block.foreign !== undefined ? undefined : blockTree(text, block);
    for (const found of faults) {
      const span = placeOf(tree, { ...found, path: [block.member, ...found.path] }, block.span);
      yield located(block.member, found, span, block, found.path, block.value);
    }
  }
}

/** A marker in JSON or YAML; of one that is written as a comment the parser has spoken. */
function* inMarker(marker: MarkerBlock, { prompt }: RuleInput): Generator<Located> {
  const { ttl, span } = marker;
  if (ttl === undefined || (ttlWords as readonly string[]).includes(ttl.value)) return;
  if (prompt.problems.some((problem) => problem.code === 'syntax/marker' && problem.span.start === span.start)) return;
  const found: FoundFault = { path: ['ttl'], fault: { kind: 'value', expected: ttlWords }, nearest: nearestWord(ttl.value, ttlWords) };
  yield located('cachePoint', found, ttl.span, marker, found.path, { ttl: ttl.value });
}

function* faultsIn(input: RuleInput): Generator<Located> {
  yield* inFields(input);
  yield* inBlocks(input);
}

const byPlan = new WeakMap<CachePlan, ReadonlyMap<string, Located>>();
const keyOf = ({ span, data }: Problem<Code>): string => `${span.start} ${span.end} ${data.path}`;

/** What a problem was made from: looked for once, however many there are. */
const faultOf = (problem: Problem<Code>, input: RuleInput): Located | undefined => {
  const known = byPlan.get(input.plan) ?? new Map([...faultsIn(input)].map((one) => [keyOf(one.problem), one]));
  byPlan.set(input.plan, known);
  return known.get(keyOf(problem));
};

/** The value that a fault asks for, where it can be told. */
const repaired = (value: Json | undefined, { fault, nearest }: Problem<Code>['data']): string | number | boolean | undefined => {
  if (fault.kind === 'range') return typeof value !== 'number' ? undefined : value > fault.most ? fault.most : fault.least;
  if (fault.kind === 'value') return nearest;
  if (fault.kind !== 'type' || typeof value !== 'string') return undefined;
  if (fault.expected === 'a number') return /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
  return fault.expected === 'true or false' && (value === 'true' || value === 'false') ? value === 'true' : undefined;
};

function* repair(problem: Problem<Code>, input: RuleInput): Generator<Fix> {
  const found = faultOf(problem, input);
  if (found === undefined) return;
  const { write } = input.prompt;
  const { fault, nearest } = problem.data;
  const next = fault.kind === 'unknown' ? nearest : repaired(found.value, problem.data);
  if (next === undefined) return;
  const edits =
    fault.kind === 'unknown' ? write.renameMember(found.owner, found.path, String(next)) : write.setMember(found.owner, found.path, next);
  if (edits !== undefined) yield { title: fixTitles.changeTo(String(next)), kind: 'changes', edits, preferred: true };
}

/** A member that the service does not know, or one of a wrong type or value. */
export const unknownField: Rule<Code> = {
  severity: 'warning',
  // The SDK leaves out a name it does not know; a wrong value reaches the service, which refuses it.
  rate: ({ data }) => (data.fault.kind === 'unknown' ? 'warning' : 'error'),
  *check(input) {
    for (const { problem } of faultsIn(input)) yield problem;
  },
  fixes: repair,
};
