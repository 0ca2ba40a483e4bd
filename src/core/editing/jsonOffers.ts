import { frontMatterHelp, frontMatterValueHelp } from '../messages/frontMatterHelp';
import { jsonHelp } from '../messages/jsonHelp';
import type { Shape } from '../service/shapes';
import { jsonPlaceAt, type JsonPlace } from './jsonPlace';
import type { ShapeOf } from './jsonShape';
import { rank, type Offer } from './offers';
import type { Span } from '../text/span';

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

const memberOffers = (place: JsonPlace, shape: Shape | undefined): readonly Offer[] => {
  if (shape?.kind !== 'structure' && shape?.kind !== 'union') return [];
  // Of a union there is one member.
  if (shape.kind === 'union' && place.members.size > 0) return [];
  const required = shape.kind === 'structure' ? shape.required : [];
  return Object.entries(shape.members)
    .filter(([name]) => !place.members.has(name))
    .map(([name, value], index): Offer => {
      const help = frontMatterHelp([...place.path, name]);
      const snippet = place.hasValue ? '' : `: ${valueSnippet(value, stops())}`;
      return {
        kind: 'key',
        label: name,
        detail: required.includes(name) ? 'Required' : '',
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

const valueOffers = (place: JsonPlace, shape: Shape | undefined): readonly Offer[] => {
  const plain = valuesOf(shape).map((value, index): Offer => {
    const help = frontMatterValueHelp(place.path, value.replaceAll('"', ''));
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

/** What can be typed at a place of a request's JSON: members that are not there yet, required ones first, and the words that a value takes. */
export const jsonOffers = (text: string, offset: number, shapeOf: ShapeOf): readonly Offer[] => {
  const place = jsonPlaceAt(text, offset);
  if (place === undefined) return [];
  if (place.kind === 'key') return memberOffers(place, shapeOf(place.path, place.members));
  const key = place.path.at(-1) ?? '';
  const holder = shapeOf(place.path.slice(0, -1), place.members);
  const own = key !== '*' && holder?.kind === 'structure' && Object.hasOwn(holder.members, key) ? holder.members[key] : undefined;
  return valueOffers(place, own ?? shapeOf(place.path, new Map()));
};

/** What stands at an offset, in words: the member that is named there, or whose value it is. */
export const jsonTopic = (
  text: string,
  offset: number,
  shapeOf: ShapeOf,
): { readonly span: Span; readonly title: string; readonly help: readonly string[] } | undefined => {
  const place = jsonPlaceAt(text, offset);
  if (place === undefined || place.written === '') return undefined;
  const name = place.kind === 'key' ? place.written.replaceAll('"', '') : undefined;
  if (name === undefined) return undefined;
  const path = [...place.path, name];
  const holder = shapeOf(place.path, place.members);
  const shape = holder !== undefined && 'members' in holder && Object.hasOwn(holder.members, name) ? holder.members[name] : undefined;
  const help = frontMatterHelp(path);
  if (shape === undefined && help === undefined) return undefined;
  const required = holder?.kind === 'structure' && holder.required.includes(name) ? ['Required.'] : [];
  return {
    span: place.span,
    title: name,
    help: [...(help === undefined ? [] : [help]), ...required, ...(shape === undefined ? [] : [jsonHelp(shape)])],
  };
};
