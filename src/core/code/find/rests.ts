import { isConstructor } from '../evaluate/classes';
import type { Scope } from '../form';
import type { Sent, Slot } from '../apis/sent';
import { rootsOf, type Root, type Value } from '../values/value';

/** Everything that a caller gives to a value, deep inside of it too. */
const rootsIn = (value: Value, depth = 0): readonly Root[] => {
  if (depth > 6) return [];
  switch (value.kind) {
    case 'text':
      return rootsOf(value.pieces);
    case 'unknown':
      return [...value.hole.roots, ...value.alternatives.flatMap((one) => rootsIn(one, depth + 1))];
    case 'list':
      return value.items.flatMap((item) => (item.gap === undefined ? rootsIn(item.value(), depth + 1) : item.gap.roots));
    case 'object':
      return [...(value.open?.roots ?? []), ...value.entries.flatMap((entry) => rootsIn(entry.value(), depth + 1))];
    case 'dumped':
      return rootsIn(value.value, depth + 1);
    default:
      return [];
  }
};

/** Has a value a text that is known? */
export const hasText = (value: Value | undefined, depth = 0): boolean => {
  if (value === undefined || depth > 6) return false;
  switch (value.kind) {
    case 'text':
      return value.pieces.some((piece) => piece.kind === 'known' && piece.text.trim() !== '');
    case 'list':
      return value.items.some((item) => item.gap === undefined && hasText(item.value(), depth + 1));
    case 'object':
      return value.entries.some(({ key, value: own }) => key !== 'role' && key !== 'type' && hasText(own(), depth + 1));
    case 'dumped':
      return hasText(value.value, depth + 1);
    default:
      return false;
  }
};

const inScope =
  (scope: Scope) =>
  (root: Root): boolean =>
    root.scope === scope;

const rootsOfSlot = (slot: Slot | undefined): readonly Root[] => (slot === undefined ? [] : rootsIn(slot.value));

/**
 * Does a request rest on what callers of a function give: its system text, its tools or the whole of it? Where the words of the user alone come
 * from outside it is one prompt, whoever calls, unless it has no text of its own at all. `probe`: the request with nothing given.
 */
export const restsOn = (probe: Sent, scope: Scope): boolean => {
  const is = inScope(scope);
  if (probe.open?.roots.some(is) === true) return true;
  if ([probe.system, probe.tools, probe.modelId].some((slot) => rootsOfSlot(slot).some(is))) return true;
  if (hasText(probe.system?.value) || hasText(probe.messages?.value)) return false;
  return rootsOfSlot(probe.messages).some(is);
};

/** Does the system text rest on what a constructor is given? */
export const restsOnMaking = ({ system }: Sent): boolean => rootsOfSlot(system).some(({ scope }) => isConstructor(scope));

const textOf = (slot: Slot | undefined): string => {
  const texts: string[] = [];
  const add = (value: Value, depth = 0): void => {
    if (depth > 6) return;
    if (value.kind === 'text') for (const piece of value.pieces) texts.push(piece.kind === 'known' ? piece.text : '');
    else if (value.kind === 'list') for (const item of value.items) if (item.gap === undefined) add(item.value(), depth + 1);
    if (value.kind === 'object') for (const entry of value.entries) add(entry.value(), depth + 1);
  };
  if (slot !== undefined) add(slot.value);
  return texts.join('');
};

/** Has a request a system text of its own, other than another one has? */
export const saysOtherwise = (sent: Sent, other: Sent): boolean =>
  hasText(sent.system?.value) && textOf(sent.system) !== textOf(other.system);

/** Do two requests say the same, as far as they are known: a second try with another model, an answer as a stream? */
export const saysTheSame = (one: Sent, other: Sent): boolean =>
  (['system', 'messages', 'tools'] as const).every((part) => textOf(one[part]) === textOf(other[part]));

/** Is all that is known of a request known without its caller, but perhaps its model? */
export const addsNothing = (sent: Sent, probe: Sent): boolean =>
  saysTheSame(sent, probe) && (sent.tools?.value.kind !== 'list' || probe.tools?.value.kind === 'list');

/** Is a text one of several that are known, deep inside of a value too: of a loop, of a choice? */
const isOneOfTexts = (value: Value, depth = 0): boolean => {
  if (depth > 6) return false;
  switch (value.kind) {
    case 'unknown':
      return value.alternatives.some((one) => hasText(one) || isOneOfTexts(one, depth + 1));
    case 'list':
      return value.items.some((item) => item.gap === undefined && isOneOfTexts(item.value(), depth + 1));
    case 'object':
      return value.entries.some((entry) => isOneOfTexts(entry.value(), depth + 1));
    default:
      return false;
  }
};

/** Does a request say anything that is known, or one of several texts that are? */
export const saysSomething = ({ system, messages, tools }: Sent): boolean =>
  [system, messages, tools].some((slot) => hasText(slot?.value)) || (system !== undefined && isOneOfTexts(system.value));
