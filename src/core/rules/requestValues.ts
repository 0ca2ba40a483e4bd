import type { Prompt } from '../prompt/model';
import { draftRequest } from '../request/build';
import type { Condition } from '../service/condition';
import { isRecord, type Json, type JsonObject } from '../text/json';
import { oncePer } from '../text/once';

/** What rules on the request as a whole ask it: values by path, and whether conditions of the table of refusals hold. */

/** Text that cannot be read may stand for any structure: what is wrong with it has been said. */
export const isReadable = ({ problems }: Prompt): boolean =>
  !problems.some(({ code }) => code === 'syntax/json' || code === 'syntax/front-matter' || code === 'syntax/too-deep');

const none: JsonObject = {};

/** The request with examples for its variables; an empty one where the text cannot be read. */
export const requestOf = (prompt: Prompt): JsonObject => (isReadable(prompt) ? (draftRequest(prompt) as unknown as JsonObject) : none); // bytes of files aside, it is JSON

/** The members of a value that is an object, or none. */
export const recordOf = (value: Json | undefined): JsonObject => (isRecord(value) ? value : {});
/** The entries of a value that is a list, or none. */
export const itemsOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []); // a Json list

export interface Found {
  readonly path: readonly (string | number)[];
  readonly value: Json;
}

/** Adds every value to `found` that stands behind step `at` of a path, `trail` being the steps to here; a member that is null counts as absent. */
const collect = (value: Json | undefined, steps: readonly string[], at: number, trail: (string | number)[], found: Found[]): void => {
  if (value === undefined || value === null) return;
  const step = steps[at];
  if (step === undefined) found.push({ path: trail.slice(0, at), value });
  else if (step === '*') {
    const items = itemsOf(value);
    for (let index = 0; index < items.length; index += 1) {
      trail[at] = index;
      collect(items[index], steps, at + 1, trail, found);
    }
  } else if (isRecord(value) && Object.hasOwn(value, step)) {
    trail[at] = step;
    collect(value[step], steps, at + 1, trail, found);
  }
};

const inBlocks = 'messages.*.content.*.';

/** What is looked for at a path. */
interface Steps {
  readonly steps: readonly string[];
  /** Of a path into the blocks of messages: their member. */
  readonly member: string | undefined;
}

const known = new Map<string, Steps>();

/** The steps of a path; the tables have a few dozen of them. */
const stepsOf = (path: string): Steps => {
  const found = known.get(path);
  if (found !== undefined) return found;
  const steps = path.split('.');
  const made = { steps, member: path.startsWith(inBlocks) ? steps[inBlocks.split('.').length - 1] : undefined };
  known.set(path, made);
  return made;
};

/** What stands at each path of a request that was asked for. */
const askedOf = oncePer((_request: JsonObject) => new Map<string, readonly Found[]>());

/** Every value that stands at a path such as `messages.*.content.*.image`; looked up once for each request. */
export const valuesAt = (request: JsonObject, path: string): readonly Found[] => {
  const asked = askedOf(request);
  const known = asked.get(path);
  if (known !== undefined) return known;
  const found: Found[] = [];
  collect(request, stepsOf(path).steps, 0, [], found);
  asked.set(path, found);
  return found;
};

/** The names of all members that blocks of messages have: most rows ask for one that there is not. */
const membersOf = oncePer((request: JsonObject): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const message of itemsOf(request['messages']))
    for (const block of itemsOf(recordOf(message)['content'])) for (const name in recordOf(block)) names.add(name);
  return names;
});

const mayStandAt = (request: JsonObject, path: string): boolean => {
  const { steps, member } = stepsOf(path);
  return member === undefined ? Object.hasOwn(request, steps[0] ?? '') : membersOf(request).has(member);
};

/** A text with a placeholder, or with a part of a program that is not known, stands for any value. */
export const isOpen = (value: Json | undefined): boolean => typeof value === 'string' && /\{\{|\u27e6/.test(value);

const holdsFor = (value: Json, { is, not, below, above, without, blank }: Condition): boolean => {
  if (is !== undefined && !is.includes(value)) return false;
  if (not !== undefined && (not.includes(value) || isOpen(value))) return false;
  if (below !== undefined && !(typeof value === 'number' && value < below)) return false;
  if (above !== undefined && !(typeof value === 'number' && value > above)) return false;
  if (without !== undefined && (!isRecord(value) || (value[without] ?? null) !== null)) return false;
  return blank !== true || (typeof value === 'string' && value.trim() === '');
};

/** The first value for which a condition holds; an empty path where it holds because there is none. */
export const foundBy = (request: JsonObject, condition: Condition): Found | undefined => {
  const { at, lacks } = condition;
  for (const path of at)
    for (const one of mayStandAt(request, path) ? valuesAt(request, path) : []) {
      if (lacks === undefined && holdsFor(one.value, condition)) return one;
      if (lacks !== undefined && one.value === lacks) return undefined;
    }
  return lacks === undefined ? undefined : { path: [], value: null };
};
