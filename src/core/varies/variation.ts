import { segmentsOf, type Block, type VariableDeclaration } from '../prompt/model';
import type { Varies, VariesWord } from '../prompt/words';
import { oncePer } from '../text/once';
import { theDocument, type Place, type Sources } from '../text/place';
import { standsAt, textStandsAt, type Segment, type UnknownCause, type UnknownSegment } from '../text/segment';
import type { Span } from '../text/span';
import type { VolatileKind } from '../prompt/problems';
import { documentNames, volatileInName } from './documentNames';
import type { LastTurn } from './lastTurn';
import { volatileIn } from './volatileIn';

/** Something that makes a block differ from request to request, from session to session, or once a day. */
export interface Break {
  /** `turn`: the newest turn of a request as it was sent. */
  readonly kind: VolatileKind | 'turn';
  /** The variable's name, or the text that looks generated; empty for a turn. */
  readonly text: string;
  readonly span: Span;
  /** Where it is truly written when another file brings it in. */
  readonly foreign?: Place;
  /** What a day changes is shared by all calls of that day. */
  readonly varies: 'day' | 'session' | 'request';
  /** A variable whose text only gets longer: an entry ends at the end of a block, so that none is found while the block grows. */
  readonly grows?: true;
}

export interface Variation {
  readonly varies: Varies;
  /** In order of the text; empty when nothing varies. */
  readonly breaks: readonly Break[];
}

export interface VariationOptions {
  /** Literal texts that a person has said to be always the same: a value found in one of them, or equal to one, is not reported. */
  readonly staticTexts?: readonly string[];
  /** The newest turn of a request as it was sent. */
  readonly lastTurn?: LastTurn | undefined;
}

/** Of more listed texts, those parts are looked up that one of them must have. */
const fewTexts = 16;
const partLength = 6;

const partsOf = oncePer((staticTexts: readonly string[]): ReadonlySet<string> => {
  const parts = new Set<string>();
  for (const listed of staticTexts)
    for (let at = 0; at + partLength <= listed.length; at += 1) parts.add(listed.slice(at, at + partLength));
  return parts;
});

/** A quick look: does each part of the value stand in any of many listed texts? */
const mayBeListed = (value: string, staticTexts: readonly string[]): boolean => {
  if (staticTexts.length <= fewTexts) return true;
  for (let at = 0; at + partLength <= value.length; at += 1) if (!partsOf(staticTexts).has(value.slice(at, at + partLength))) return false;
  return true;
};

/** Is the value at `start` to `end` of a text equal to a listed text, or inside of one that stands around it? */
export const isListedAsStatic = (text: string, start: number, end: number, staticTexts: readonly string[]): boolean =>
  mayBeListed(text.slice(start, end), staticTexts) &&
  staticTexts.some((listed) => {
    const wanted = listed.trim();
    if (wanted.length < end - start) return false;
    // The only places where the listed text could stand around the value.
    const at = text.slice(Math.max(0, end - wanted.length), start + wanted.length);
    return at.includes(wanted);
  });

const unknownKinds: Readonly<Partial<Record<UnknownCause, VolatileKind>>> = { clock: 'readClock', id: 'madeId' };

/** What varies in a program is told where following it ended: at the clock, and not at the name that carries its time. */
const breakOfUnknown = (segment: UnknownSegment, sources: Sources): Break => {
  const { end, cause, source } = segment;
  const isHere = cause !== undefined && end?.source === theDocument;
  const text =
    cause !== undefined && end !== undefined ? (sources[end.source]?.text.slice(end.span.start, end.span.end) ?? source) : source;
  const kind = (cause && unknownKinds[cause]) ?? 'given';
  return { kind, text, ...(isHere ? { span: end.span } : standsAt(segment)), varies: 'request' };
};

const breaksOfSegment = (
  segment: Segment,
  varies: ReadonlyMap<string, VariesWord>,
  names: ReadonlySet<string>,
  sources: Sources,
  options: VariationOptions,
): readonly Break[] => {
  // What may or may not vary is no break: from there on nothing is claimed.
  if (segment.kind === 'unknown') return segment.varies === 'request' ? [breakOfUnknown(segment, sources)] : [];
  if (segment.kind === 'variable') {
    // An undeclared variable is taken to change with each request: the careful assumption.
    const how = varies.get(segment.name) ?? 'request';
    if (how === 'never') return [];
    const found = { kind: 'variable', text: segment.name, ...standsAt(segment) } as const;
    return [how === 'grows' ? { ...found, varies: 'request', grows: true } : { ...found, varies: how }];
  }
  const { staticTexts = [] } = options;
  return (names.has(segment.text) ? volatileInName : volatileIn)(segment.text)
    .filter(({ start, end }) => !isListedAsStatic(segment.text, start, end, staticTexts))
    .map((item) => ({
      kind: item.kind,
      text: segment.text.slice(item.start, item.end),
      ...textStandsAt(sources, segment, item.start, item.end),
      varies: item.every,
    }));
};

/** How often each declared variable changes, by its name. */
export const variesByName = (declarations: readonly VariableDeclaration[]): ReadonlyMap<string, VariesWord> =>
  new Map(declarations.map(({ name, varies }) => [name, varies]));

/** How often a block changes, by all that changes in it. */
const mostVaried = (breaks: readonly Break[]): Varies =>
  (['request', 'session'] as const).find((how) => breaks.some(({ varies }) => varies === how)) ?? 'never';

const turnBreak = ({ span }: Block, { varies }: LastTurn): Break => ({ kind: 'turn', text: '', span, varies });

const unvaried: Variation = { varies: 'never', breaks: [] };

/** What of a block changes between requests, by its variables' declarations and by literals that look generated. */
export const variationOf = (
  block: Block,
  varies: ReadonlyMap<string, VariesWord>,
  sources: Sources,
  options: VariationOptions = {},
): Variation => {
  const segments = segmentsOf(block);
  const turn: readonly Break[] = options.lastTurn?.blocks.has(block) === true ? [turnBreak(block, options.lastTurn)] : [];
  if (segments.length === 0) return turn.length === 0 ? unvaried : { varies: mostVaried(turn), breaks: turn };
  const names = documentNames(block.kind === 'json' ? block.member : '', block.kind === 'json' ? block.value : null);
  const breaks = [...segments.flatMap((segment) => breaksOfSegment(segment, varies, names, sources, options)), ...turn];
  return { varies: mostVaried(breaks), breaks };
};
