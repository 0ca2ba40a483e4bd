import { exactly } from '../figures/band';
import { isRecord } from '../text/json';
import { isLifetime } from './lifetimes';
import type { CacheField, CacheTtl, Caching, Figure, Lifecycle, ModelEntry, Prices, PriceTable, PriceTier, TokenFamily } from './types';

/** Checks of the single fields that the setting `cachepoint.models` may hold. */

/** What a value should have been. */
export type Expected =
  | 'text'
  | 'boolean'
  | 'positiveInteger'
  | 'price'
  | 'figure'
  | 'caching'
  | 'cacheFields'
  | 'ttls'
  | 'defaultTtl'
  | 'tokens'
  | 'lifecycle'
  | 'prefixes'
  | 'prices'
  | 'priceTiers'
  | 'surfaces'
  | 'twoIntegers'
  | 'texts';

/** Where a check says what it found wrong; `path` leads from the model to the value. */
export interface Report {
  readonly unknownField: (path: string) => void;
  readonly badValue: (path: string, expected: Expected) => void;
}

type Json = Readonly<Record<string, unknown>>;
type Check<T> = (value: unknown, path: string, report: Report, base: ModelEntry) => T | undefined;

const guard =
  <T>(expected: Expected, accepts: (value: unknown) => value is T): Check<T> =>
  (value, path, report) => {
    if (accepts(value)) return value;
    report.badValue(path, expected);
    return undefined;
  };

const oneOf =
  <T extends string>(...choices: readonly T[]) =>
  (value: unknown): value is T =>
    choices.some((choice) => choice === value);

const listOf =
  <T>(accepts: (value: unknown) => value is T, least = 0) =>
  (value: unknown): value is readonly T[] =>
    Array.isArray(value) && value.length >= least && value.every(accepts) && new Set(value).size === value.length;

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isPositiveInteger = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isPrice = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isPrefix = (value: unknown): value is string => typeof value === 'string' && /^[a-z][a-z0-9-]{0,19}$/.test(value);
const isTwoCounts = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(isCount);
const isTtl = (value: unknown): value is CacheTtl => typeof value === 'string' && isLifetime(value);
const isFamily = oneOf<TokenFamily>(
  'claude-3',
  'claude-4.7',
  'claude-5',
  'nova-1',
  'nova-2',
  'llama',
  'openai',
  'qwen',
  'deepseek',
  'mistral',
  'other',
);

const checkFigure: Check<Figure> = (value, path, report) => {
  if (isPositiveInteger(value)) return exactly(value);
  const { low, likely, high, why } = isRecord(value) ? value : {};
  const ordered = isPositiveInteger(low) && isPositiveInteger(likely) && isPositiveInteger(high) && low <= likely && likely <= high;
  if (ordered && (why === undefined || isText(why))) return { low, likely, high, ...(why === undefined ? {} : { why }) };
  report.badValue(path, 'figure');
  return undefined;
};

/** Caching of a model that had none, before the given fields are laid over it. */
const plainCaching: Caching & { kind: 'explicit' } = {
  kind: 'explicit',
  minimum: exactly(1024),
  maxCheckpoints: 4,
  fields: ['tools', 'system', 'messages'],
  ttls: ['5m'],
  defaultTtl: '5m',
  implicit: false,
};

const explicitChecks: { readonly [F in Exclude<keyof (Caching & { kind: 'explicit' }), 'kind'>]: Check<unknown> } = {
  minimum: checkFigure,
  maxCheckpoints: guard('positiveInteger', isPositiveInteger),
  fields: guard('cacheFields', listOf(oneOf<CacheField>('tools', 'system', 'messages'), 1)),
  ttls: guard('ttls', listOf(isTtl, 1)),
  defaultTtl: guard('ttls', isTtl),
  maximum: guard('positiveInteger', isPositiveInteger),
  lookBack: guard('positiveInteger', isPositiveInteger),
  implicit: guard('boolean', isBoolean),
  losesEntries: guard('boolean', isBoolean),
  refusesToolMessages: guard('boolean', isBoolean),
  refusesAfterDocument: guard('boolean', isBoolean),
};
const isExplicitField = (name: string): name is keyof typeof explicitChecks => Object.hasOwn(explicitChecks, name);

const checkExplicit = (given: Json, path: string, report: Report, base: ModelEntry): Caching => {
  const fields: [string, unknown][] = [];
  for (const [name, value] of Object.entries(given)) {
    if (name === 'kind') continue;
    const checked = isExplicitField(name) ? explicitChecks[name](value, `${path}.${name}`, report, base) : undefined;
    if (!isExplicitField(name)) report.unknownField(`${path}.${name}`);
    if (checked !== undefined) fields.push([name, checked]);
  }
  const start = base.caching.kind === 'explicit' ? base.caching : plainCaching;
  const merged = { ...start, ...(Object.fromEntries(fields) as Partial<typeof plainCaching>) }; // each value passed its own field's check
  const [firstTtl] = merged.ttls;
  if (merged.ttls.includes(merged.defaultTtl) || firstTtl === undefined) return merged;
  if (given['defaultTtl'] !== undefined) report.badValue(`${path}.defaultTtl`, 'defaultTtl');
  return { ...merged, defaultTtl: firstTtl };
};

const checkCaching: Check<Caching> = (value, path, report, base) => {
  const given: Json = isRecord(value) ? value : { kind: value };
  const kind = given['kind'] ?? (base.caching.kind === 'none' ? 'explicit' : base.caching.kind);
  if (kind === 'none') return { kind };
  if (kind === 'explicit') return checkExplicit(given, path, report, base);
  if (kind !== 'implicit') {
    report.badValue(path, 'caching');
    return undefined;
  }
  const minimum = given['minimum'] === undefined ? undefined : checkFigure(given['minimum'], `${path}.minimum`, report, base);
  const known: Caching = base.caching.kind === 'implicit' ? base.caching : { kind: 'implicit', note: '' };
  return { ...known, ...(minimum ? { minimum } : {}), ...(isText(given['note']) ? { note: given['note'] } : {}) };
};

const isoDate = /^\d{4}-\d{2}-\d{2}$/;
const checkLifecycle: Check<Lifecycle> = (value, path, report) => {
  const { kind, endOfLife }: Json = isRecord(value) ? value : { kind: value };
  if (oneOf('active', 'preview', 'gated')(kind) && endOfLife === undefined) return { kind };
  if (oneOf('legacy', 'retired')(kind) && endOfLife === undefined) return { kind };
  if (oneOf('legacy', 'retired')(kind) && typeof endOfLife === 'string' && isoDate.test(endOfLife)) return { kind, endOfLife };
  report.badValue(path, 'lifecycle');
  return undefined;
};

const optionalPrices = ['cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'cacheWrite30m'] as const;
const isPriceRow = (value: unknown): value is Prices => {
  if (!isRecord(value) || !isPrice(value['input']) || !isPrice(value['output'])) return false;
  const high = value['cacheWrite5mHigh'];
  const known = new Set<string>([...optionalPrices, 'input', 'output', 'cacheWrite5mHigh']);
  return (
    optionalPrices.every((name) => value[name] === undefined || value[name] === null || isPrice(value[name])) &&
    (high === undefined || isPrice(high)) &&
    Object.keys(value).every((name) => known.has(name))
  );
};
const isPriceTable = (value: unknown): value is PriceTable => isRecord(value) && Object.entries(value).every(([, row]) => isPriceRow(row));

/** One row of prices for all endpoints, or a table by profile kind laid over the known one. */
const checkPrices: Check<PriceTable> = (value, path, report, base) => {
  if (isPriceRow(value)) return { default: value };
  if (isPriceTable(value)) return { ...base.prices, ...value };
  report.badValue(path, 'prices');
  return undefined;
};

const isTier = (value: unknown): value is PriceTier =>
  isRecord(value) && isPositiveInteger(value['aboveInputTokens']) && isPriceTable(value['prices']);

/** The fields of an entry that the setting may give, and their checks. */
const fieldChecks = {
  name: guard('text', isText),
  provider: guard('text', isText),
  lifecycle: checkLifecycle,
  profiles: guard('prefixes', listOf(isPrefix)),
  onDemand: guard('boolean', isBoolean),
  caching: checkCaching,
  tokens: guard('tokens', isFamily),
  toolPrompt: guard('twoIntegers', isTwoCounts),
  contextWindow: guard('positiveInteger', isPositiveInteger),
  maxOutputTokens: guard('positiveInteger', isPositiveInteger),
  countTokens: guard('boolean', isBoolean),
  refusesLatencyWithCache: guard('boolean', isBoolean),
  prices: checkPrices,
  priceTiers: guard('priceTiers', listOf(isTier)),
  outputBurndown: guard('positiveInteger', isPositiveInteger),
  surfaces: guard('surfaces', listOf(oneOf('runtime', 'mantle'), 1)),
  notes: guard('texts', listOf(isText)),
} satisfies { readonly [F in keyof ModelEntry]?: Check<ModelEntry[F]> };

const isField = (name: string): name is keyof typeof fieldChecks => Object.hasOwn(fieldChecks, name);

/** The names of the fields that the setting may give. */
export const fieldNames = (): readonly string[] => Object.keys(fieldChecks);

/** The value of a field, laid over that of `base`; `undefined` where it is wrong or there is no such field, which is reported. */
export const checkField = (name: string, value: unknown, report: Report, base: ModelEntry): unknown => {
  if (isField(name)) return fieldChecks[name](value, name, report, base);
  report.unknownField(name);
  return undefined;
};
