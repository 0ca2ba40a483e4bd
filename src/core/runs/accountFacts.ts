import { isRecord } from '../text/json';
import type { Callable, CallableKind } from './account';

/** What an account told once of a profile, a router or what was bought; kept over sessions, so that an ARN stays readable offline. */
export interface AccountFact extends Omit<Callable, 'id'> {
  /** When it was told, in milliseconds since 1970. */
  readonly at: number;
}

/** By `factKey`. */
export type AccountFacts = Readonly<Record<string, AccountFact>>;

/** More are forgotten, those told first. */
const most = 500;

/** An ARN says all by itself; where a profile's id leads depends on the Region that it is called from. */
export const factKey = (id: string, region: string | undefined): string => (id.startsWith('arn:') ? id : `${region ?? ''}/${id}`);

/** What an account told last of an id or an ARN that is called from a Region. */
export const factOf = (facts: AccountFacts, id: string, region: string | undefined): AccountFact | undefined => {
  const key = factKey(id, region);
  return Object.hasOwn(facts, key) ? facts[key] : undefined;
};

/** The facts with what an account has told now. A model by its own id stays in its Region, so there is nothing to remember of it. */
export const withCallables = (
  facts: AccountFacts,
  callables: readonly Callable[],
  region: string | undefined,
  at: number,
): AccountFacts => {
  const latest = callables
    .filter(({ id, kind }) => kind !== 'model' || id.startsWith('arn:'))
    .map(({ id, ...rest }): readonly [string, AccountFact] => [factKey(id, region), { ...rest, at }]);
  const fresh = new Set(latest.map(([key]) => key));
  const older = Object.entries(facts).filter(([key]) => !fresh.has(key));
  return Object.fromEntries([...older, ...latest].sort(([, a], [, b]) => a.at - b.at).slice(-most));
};

const hiding: ReadonlySet<CallableKind> = new Set<CallableKind>(['applicationProfile', 'provisioned', 'model']);

/** The one model behind each ARN that hides it, as the setting `cachepoint.profileModels` would name it. A router has several. */
export const modelsBehind = (facts: AccountFacts): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(facts).flatMap(
      ([
        key,
        {
          kind,
          modelIds: [first, ...others],
        },
      ]) => (key.startsWith('arn:') && hiding.has(kind) && first !== undefined && others.length === 0 ? [[key, first]] : []),
    ),
  );

const kinds: readonly unknown[] = ['model', 'profile', 'applicationProfile', 'router', 'provisioned'] satisfies readonly CallableKind[];
const isText = (value: unknown): value is string => typeof value === 'string';
const areTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

const isFact = (value: unknown): value is AccountFact =>
  isRecord(value) &&
  kinds.includes(value['kind']) &&
  isText(value['name']) &&
  areTexts(value['modelIds']) &&
  areTexts(value['regions']) &&
  typeof value['worldwide'] === 'boolean' &&
  typeof value['at'] === 'number' &&
  Number.isFinite(value['at']);

/** Reads what was kept; an entry of another shape, as of an older version, is forgotten. */
export const parseAccountFacts = (stored: unknown): AccountFacts =>
  isRecord(stored) ? Object.fromEntries(Object.entries(stored).filter((entry): entry is [string, AccountFact] => isFact(entry[1]))) : {};
