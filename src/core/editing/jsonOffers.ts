import { editingText } from '../messages/editingText';
import { frontMatterHelp, frontMatterValueHelp } from '../messages/frontMatterHelp';
import { jsonHelp } from '../messages/jsonHelp';
import type { Shape } from '../service/shapes';
import { jsonPlaceAt, type JsonPlace } from './jsonPlace';
import type { ShapeOf } from './jsonShape';
import { rank, type Offer } from './offers';
import { span, type Span } from '../text/span';

const quoted = (name: string): string => JSON.stringify(name);

/** What is written for a value: what it must have, with a stop at each place that a person fills. */
const valueSnippet = (shape: Shape | undefined, stop: () => string): string => {
  switch (shape?.kind) {
    case 'structure': {
      if (shape.required.length === 0) return `{ ${stop()} }`;
      const members = shape.required.map((name) => `${quoted(name)}: ${valueSnippet(shape.members[name], stop)}`);
      return `{ ${members.join(', ')} }`;
    }
    case 'union':
    case 'map':
    case 'tagged':
    case 'document':
      return `{ ${stop()} }`;
    case 'list':
      return `[${stop()}]`;
    case 'string':
      return shape.values?.length === 1 ? quoted(shape.values[0] ?? '') : `"${stop()}"`;
    default:
      return stop();
  }
};

const stops = (): (() => string) => {
  let next = 0;
  return () => `$${(next += 1)}`;
};

const memberOffers = (place: JsonPlace, shape: Shape | undefined, { explains }: JsonPart): readonly Offer[] => {
  if (shape?.kind !== 'structure' && shape?.kind !== 'union') return [];
  // Of a union there is one member.
  if (shape.kind === 'union' && place.members.size > 0) return [];
  const required = shape.kind === 'structure' ? shape.required : [];
  return Object.entries(shape.members)
    .filter(([name]) => !place.members.has(name))
    .map(([name, value], index): Offer => {
      const help = frontMatterHelp(explains([...place.path, name]));
      const snippet = place.hasValue ? '' : `: ${valueSnippet(value, stops())}`;
      return {
        kind: 'key',
        label: name,
        detail: required.includes(name) ? editingText.required : '',
        help: [...(help === undefined ? [] : [help]), jsonHelp(value)],
        insert: `${quoted(name)}${snippet}`,
        filter: quoted(name),
        sort: `${required.includes(name) ? 0 : 1}${rank(index)}`,
        span: place.span,
        goesOn: /[[{"]\s*\$1/.test(snippet),
      };
    });
};

const valuesOf = (shape: Shape | undefined): readonly string[] =>
  shape?.kind === 'boolean' ? ['true', 'false'] : shape?.kind === 'string' ? (shape.values ?? []).map(quoted) : [];

const valueOffers = (place: JsonPlace, shape: Shape | undefined, { explains }: JsonPart): readonly Offer[] => {
  const plain = valuesOf(shape).map((value, index): Offer => {
    const help = frontMatterValueHelp(explains(place.path), value.replaceAll('"', ''));
    const sort = rank(index);
    return {
      kind: 'value',
      label: value,
      detail: '',
      help: help === undefined ? [] : [help],
      insert: value,
      filter: value,
      sort,
      span: place.span,
      goesOn: false,
    };
  });
  // What begins with a bracket is offered where nothing is written yet.
  if (plain.length > 0 || place.written !== '') return plain;
  if (shape?.kind !== 'structure' && shape?.kind !== 'union') return [];
  const choices = shape.kind === 'union' ? Object.entries(shape.members) : [];
  return choices.map(([name, value], index): Offer => {
    const snippet = `{ ${quoted(name)}: ${valueSnippet(value, stops())} }`;
    return {
      kind: 'value',
      label: `{ ${quoted(name)} }`,
      detail: '',
      help: [jsonHelp(value)],
      insert: snippet,
      filter: name,
      sort: rank(index),
      span: place.span,
      goesOn: false,
    };
  });
};

/** What of a document is JSON with a known shape, and how its places are explained. */
export interface JsonPart {
  /** From where on it is read, to the end of its object. */
  readonly from: number;
  readonly shapeOf: ShapeOf;
  /** The path in a request that says the same. */
  readonly explains: (path: readonly string[]) => readonly string[];
  /** The models that can stand at a place, where one stands at this path. */
  readonly models: (path: readonly string[], span: Span) => readonly Offer[];
}

/** A whole text of a shape. */
export const wholeJson = (shapeOf: ShapeOf): JsonPart => ({ from: 0, shapeOf, explains: (path) => path, models: () => [] });

const placeIn = (text: string, offset: number, { from }: JsonPart): JsonPlace | undefined => {
  const place = offset < from ? undefined : jsonPlaceAt(text.slice(from), offset - from);
  return place && { ...place, span: span(place.span.start + from, place.span.end + from) };
};

const inQuotes = (offer: Offer): Offer => ({ ...offer, insert: quoted(offer.insert), filter: quoted(offer.filter) });

/** What can be typed at a place of a request's JSON: members that are not there yet, required ones first, the words that a value takes, models. */
export const jsonOffers = (text: string, offset: number, part: JsonPart): readonly Offer[] => {
  const { shapeOf } = part;
  const place = placeIn(text, offset, part);
  if (place === undefined) return [];
  if (place.kind === 'key') return memberOffers(place, shapeOf(place.path, place.members), part);
  const models = part.models(place.path, place.span);
  if (models.length > 0) return models.map(inQuotes);
  const key = place.path.at(-1) ?? '';
  const holder = shapeOf(place.path.slice(0, -1), place.members);
  const own = key !== '*' && holder?.kind === 'structure' && Object.hasOwn(holder.members, key) ? holder.members[key] : undefined;
  return valueOffers(place, own ?? shapeOf(place.path, new Map()), part);
};

/** What stands at an offset, in words: the member that is named there, or whose value it is. */
export const jsonTopic = (
  text: string,
  offset: number,
  part: JsonPart,
): { readonly span: Span; readonly title: string; readonly help: readonly string[] } | undefined => {
  const { shapeOf, explains } = part;
  const place = placeIn(text, offset, part);
  if (place === undefined || place.written === '') return undefined;
  const name = place.kind === 'key' ? place.written.replaceAll('"', '') : undefined;
  if (name === undefined) return undefined;
  const holder = shapeOf(place.path, place.members);
  const shape = holder !== undefined && 'members' in holder && Object.hasOwn(holder.members, name) ? holder.members[name] : undefined;
  const help = frontMatterHelp(explains([...place.path, name]));
  if (shape === undefined && help === undefined) return undefined;
  const required = holder?.kind === 'structure' && holder.required.includes(name) ? ['Required.'] : [];
  return {
    span: place.span,
    title: name,
    help: [...(help === undefined ? [] : [help]), ...required, ...(shape === undefined ? [] : [jsonHelp(shape)])],
  };
};
