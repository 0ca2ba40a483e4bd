import { editingText } from '../messages/editingText';
import type { NumberFormats } from '../figures/numbers';
import { frontMatterHelp, frontMatterValueHelp } from '../messages/frontMatterHelp';
import type { ModelEntry } from '../models/types';
import type { Shape } from '../service/shapes';
import type { Span } from '../text/span';
import { frontMatterPlace, type FrontMatterPlace } from './frontMatterPlace';
import { withAccountOffers, type AccountOffering } from './accountOffers';
import { modelOffers, type CalledFrom } from './modelOffers';
import { rank, type Offer } from './offers';

/** What completion and hovers in front matter are made of. */
export interface FrontMatterFacts {
  /** The shape of what stands at a path of keys below the top. */
  readonly shapeAt: (path: readonly string[]) => Shape | undefined;
  readonly models: readonly ModelEntry[];
  readonly from: CalledFrom;
  /** Names of variables, declared and used. */
  readonly variables: readonly string[];
  readonly formats: NumberFormats;
  /** What the account has told of its models; absent where nobody asked it. */
  readonly account?: AccountOffering;
  /** Where a model stands: at the top, unless it is said otherwise. */
  readonly isModel?: (path: readonly string[]) => boolean;
  /** The path in a request by which one is explained; its own, unless it is said otherwise. */
  readonly explains?: (path: readonly string[]) => readonly string[];
}

const ownPath = (path: readonly string[]): readonly string[] => path;

/** Models that can stand at a place: those of the account, and those of the catalog. */
export const modelsAt = (
  span: Span,
  { models, from, formats, account }: Pick<FrontMatterFacts, 'models' | 'from' | 'formats' | 'account'>,
) => withAccountOffers(modelOffers(models, from, span, formats), account, from, span, formats);

const isMapping = (shape: Shape | undefined): boolean => shape?.kind === 'structure' || shape?.kind === 'union' || shape?.kind === 'map';

/** What is written after a key, with a stop where its value goes. */
const valueSnippet = (shape: Shape | undefined, path: readonly string[], inFlow: boolean): string => {
  if (inFlow) return shape?.kind === 'list' ? '[$0]' : isMapping(shape) ? '{ $0 }' : '$0';
  const at = path.join('.');
  if (at === 'variables') return `\n  \${1:name}: { example: \${2:a value}, varies: \${3|request,session,never,grows|} }`;
  if (at === 'samples') return '\n  - { $0 }';
  if (at === 'toolConfig') return '\n  tools:\n    - $0';
  if (shape?.kind === 'list') return isMapping(shape.of) ? '\n  - $0' : '[$0]';
  return isMapping(shape) ? '{ $0 }' : '$0';
};

const keyOffers = (place: FrontMatterPlace, facts: FrontMatterFacts): readonly Offer[] => {
  const shape = facts.shapeAt(place.path);
  const isRow = place.path[0] === 'samples' || place.path[0] === 'variables';
  const known =
    shape?.kind === 'structure' || shape?.kind === 'union'
      ? Object.keys(shape.members)
      : shape?.kind === 'map' && isRow
        ? facts.variables
        : [];
  const required = shape?.kind === 'structure' ? shape.required : [];
  return known
    .filter((name) => !place.taken.includes(name))
    .map((name, index): Offer => {
      const path = [...place.path, name];
      const help = frontMatterHelp((facts.explains ?? ownPath)(path));
      const value = valueSnippet(facts.shapeAt(path), path, place.inFlow);
      return {
        kind: 'key',
        label: name,
        detail: required.includes(name) ? editingText.required : '',
        help: help === undefined ? [] : [help],
        insert: `${name}:${value.startsWith('\n') ? '' : ' '}${value}`,
        filter: name,
        sort: `${required.includes(name) ? 0 : 1}${rank(index)}`,
        span: place.span,
        goesOn: !value.includes('${'),
      };
    });
};

const valuesOf = (shape: Shape | undefined): readonly string[] =>
  shape?.kind === 'boolean' ? ['true', 'false'] : shape?.kind === 'string' ? (shape.values ?? []) : [];

const valueOffers = (place: FrontMatterPlace, path: readonly string[], facts: FrontMatterFacts): readonly Offer[] =>
  valuesOf(facts.shapeAt(path)).map((value, index): Offer => {
    const help = frontMatterValueHelp((facts.explains ?? ownPath)(path), value);
    return {
      kind: 'value',
      label: value,
      detail: help ?? '',
      help: [],
      insert: value,
      filter: value,
      sort: rank(index),
      span: place.span,
      goesOn: false,
    };
  });

/** What can be typed in front matter: keys at every depth without those already there, values where they are known, models. */
export const frontMatterOffers = (text: string, from: number, offset: number, facts: FrontMatterFacts): readonly Offer[] => {
  const place = frontMatterPlace(text, from, offset);
  const { key, path } = place;
  if (key === undefined) return keyOffers(place, facts);
  if (facts.isModel === undefined ? path.length === 0 && key === 'modelId' : facts.isModel([...path, key]))
    return modelsAt(place.span, facts);
  return valueOffers(place, key === '*' ? path : [...path, key], facts);
};
