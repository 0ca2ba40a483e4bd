import type { NumberFormats } from '../figures/numbers';
import { cachingWords, modelHelp } from '../messages/modelHelp';
import { pricesFor } from '../models/prices';
import { suggestProfile, type Reach } from '../models/profiles';
import type { ModelEntry } from '../models/types';
import type { Span } from '../text/span';
import { inSnippet, rank, type Offer } from './offers';

/** From where a model is called, and how far its calls may go. */
export interface CalledFrom {
  readonly region: string | undefined;
  readonly reach?: Reach | undefined;
}

/** The ids by which a model can be called today, those that serve the Region first; most newer models are reached through a profile only. */
const idsOf = (entry: ModelEntry, { region, reach }: CalledFrom): readonly string[] => {
  const near = suggestProfile(entry, region, reach);
  const others = suggestProfile(entry, undefined, reach).filter((id) => !near.includes(id));
  return [...near, ...(entry.onDemand === false ? [] : [entry.id]), ...others];
};

/** The name without its vendor, by which people call it: "Opus 5.5". */
const shortName = (name: string): string => name.replace(/^(?:Claude|Amazon) /, '');

const kindOf = (id: string, entry: ModelEntry): string => (id === entry.id ? 'inRegion' : id.slice(0, -entry.id.length - 1));

/** Models by what people type, as "opus 5" or "sonnet": those that take cache points first, then the newest. */
export const modelOffers = (models: readonly ModelEntry[], from: CalledFrom, span: Span, formats: NumberFormats): readonly Offer[] =>
  models
    .filter(({ lifecycle, surfaces }) => (lifecycle.kind === 'active' || lifecycle.kind === 'preview') && surfaces.includes('runtime'))
    .flatMap((entry, age, all) =>
      idsOf(entry, from).map((id, place): Offer => {
        const group = entry.caching.kind !== 'explicit' ? 2 : entry.provider === 'Anthropic' ? 0 : 1;
        return {
          kind: 'model',
          label: id,
          detail: `${entry.name}: ${cachingWords(entry, formats)}`,
          help: modelHelp(entry, pricesFor(entry, kindOf(id, entry)), formats),
          insert: inSnippet(id),
          filter: `${shortName(entry.name)} ${id} ${entry.name}`,
          sort: `${group}${rank(place === 0 ? 0 : 1)}${rank(all.length - age)}${rank(place)}`,
          span,
          goesOn: false,
        };
      }),
    );
