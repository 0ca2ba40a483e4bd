import type { NumberFormats } from '../figures/numbers';
import { callableNames, placesText } from '../messages/account';
import { editingText } from '../messages/editingText';
import { cachingWords } from '../messages/modelHelp';
import type { ModelEntry } from '../models/types';
import type { AccountFact, AccountFacts } from '../runs/accountFacts';
import type { Span } from '../text/span';
import type { CalledFrom } from './modelOffers';
import { inSnippet, rank, type Offer } from './offers';

/** What an account told when it was asked, and the models of the catalog by the ids that it names. */
export interface AccountOffering {
  readonly facts: AccountFacts;
  readonly entryOf: (modelId: string) => ModelEntry | undefined;
}

interface Known {
  readonly id: string;
  readonly fact: AccountFact;
}

/** The id of a fact whose key it is, where it can be called from here. */
const idOf = (key: string, { region }: CalledFrom): string | undefined => {
  const isArn = key.startsWith('arn:');
  const [place, id] = isArn ? [key.split(':')[3], key] : [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];
  return region === undefined || place === region || place === '' ? id : undefined;
};

const knownFrom = ({ facts }: AccountOffering, from: CalledFrom): ReadonlyMap<string, Known> =>
  new Map(
    Object.entries(facts).flatMap(([key, fact]): readonly (readonly [string, Known])[] => {
      const id = from.reach === 'geography' && fact.worldwide ? undefined : idOf(key, from);
      return id === undefined ? [] : [[id, { id, fact }]];
    }),
  );

const offerOf = ({ id, fact }: Known, index: number, { entryOf }: AccountOffering, span: Span, formats: NumberFormats): Offer => {
  const entries = fact.modelIds.flatMap((one) => entryOf(one) ?? []);
  const [entry, ...others] = entries;
  const model =
    entry === undefined
      ? ''
      : others.length > 0
        ? editingText.anyOf(entries.map(({ name }) => name))
        : `${entry.name}: ${cachingWords(entry, formats)}`;
  const places = placesText(fact);
  const isArn = id.startsWith('arn:');
  return {
    kind: 'model',
    label: isArn ? fact.name : id,
    detail: [callableNames[fact.kind], model].filter((part) => part !== '').join(' · '),
    help: [isArn ? `${id}.` : `${fact.name}.`, ...(places === '' ? [] : [editingText.calls(places)])],
    insert: inSnippet(id),
    filter: `${fact.name} ${entries.map(({ name }) => name).join(' ')} ${id}`,
    // Before those of the catalog: a person made them, or nobody else knows them.
    sort: `-${rank(index)}`,
    span,
    goesOn: false,
  };
};

/** The models of the catalog, with a word at those that the account lists, and before them what it lists besides. */
export const withAccountOffers = (
  offers: readonly Offer[],
  account: AccountOffering | undefined,
  from: CalledFrom,
  span: Span,
  formats: NumberFormats,
): readonly Offer[] => {
  if (account === undefined) return offers;
  const known = knownFrom(account, from);
  const labels = new Set(offers.map(({ label }) => label));
  const own = [...known.values()].filter(({ id }) => !labels.has(id));
  return [
    ...own.map((one, index) => offerOf(one, index, account, span, formats)),
    ...offers.map((offer) => (known.has(offer.label) ? { ...offer, detail: editingText.inAccount(offer.detail) } : offer)),
  ];
};
