import { catalogChecked, findEntry } from './catalog';
import { isRecord } from '../text/json';
import { checkField } from './overrideFields';
import type { Expected, Report } from './overrideFields';
import type { ModelEntry } from './types';

/** What is wrong with the setting `cachepoint.models`, as data; `path` leads from the model's id to the value. */
export type OverrideProblem =
  /** The setting, or the value under a model id, is not an object. */
  | { readonly code: 'notAnObject'; readonly model: string | undefined }
  | { readonly code: 'unknownField'; readonly model: string; readonly path: string }
  | { readonly code: 'badValue'; readonly model: string; readonly path: string; readonly expected: Expected }
  /** `like` names a model that the catalog does not have. */
  | { readonly code: 'unknownBase'; readonly model: string; readonly like: string }
  /** A new model lacks fields that cannot be guessed; it is left out. */
  | { readonly code: 'missingFields'; readonly model: string; readonly fields: readonly string[] };

/** The entries of the setting that can be used, and what was wrong with it. */
export interface ModelOverrides {
  readonly entries: readonly ModelEntry[];
  readonly problems: readonly OverrideProblem[];
}

/** Fields a new model must have when it is not `like` a known one. */
const requiredFields = ['caching', 'contextWindow', 'maxOutputTokens'] as const;

const blank = (id: string): ModelEntry => ({
  id,
  name: id,
  provider: id.slice(0, Math.max(0, id.indexOf('.'))),
  lifecycle: { kind: 'active' },
  profiles: [],
  onDemand: undefined,
  caching: { kind: 'none' },
  tokens: 'other',
  contextWindow: 0,
  maxOutputTokens: 0,
  countTokens: undefined,
  prices: {},
  priceTiers: [],
  outputBurndown: undefined,
  surfaces: ['runtime'],
  certainty: 'medium',
  notes: [],
  sources: [],
  checked: catalogChecked,
});

/** The given fields that are right, checked one by one; the wrong ones are reported and left out. */
const readFields = (given: Readonly<Record<string, unknown>>, base: ModelEntry, report: Report): Partial<ModelEntry> => {
  const read: [string, unknown][] = [];
  for (const [name, value] of Object.entries(given)) {
    if (name === 'like') continue;
    const checked = checkField(name, value, report, base);
    if (checked !== undefined) read.push([name, checked]);
  }
  return Object.fromEntries(read) as Partial<ModelEntry>; // each value passed the check of its own field
};

const baseOf = (
  id: string,
  given: Readonly<Record<string, unknown>>,
  problems: OverrideProblem[],
  report: Report,
): ModelEntry | undefined => {
  const own = findEntry(id);
  if (given['like'] === undefined) return own;
  if (typeof given['like'] !== 'string') {
    report.badValue('like', 'text');
    return own;
  }
  const like = findEntry(given['like'].trim());
  if (!like) problems.push({ code: 'unknownBase', model: id, like: given['like'] });
  return like ? { ...like, id, name: own?.name ?? id } : own;
};

const parseOne = (id: string, given: Readonly<Record<string, unknown>>, problems: OverrideProblem[]): ModelEntry | undefined => {
  const report: Report = {
    unknownField: (path) => problems.push({ code: 'unknownField', model: id, path }),
    badValue: (path, expected) => problems.push({ code: 'badValue', model: id, path, expected }),
  };
  const known = baseOf(id, given, problems, report);
  const base = known ?? blank(id);
  const fields = readFields(given, base, report);
  const missing = known ? [] : requiredFields.filter((name) => !Object.hasOwn(fields, name));
  if (missing.length > 0) {
    problems.push({ code: 'missingFields', model: id, fields: missing });
    return undefined;
  }
  const overridden = Object.keys(fields);
  if (known && overridden.length === 0 && known.id === findEntry(id)?.id && given['like'] === undefined) return undefined;
  return { ...base, ...fields, id, overridden };
};

/**
 * Reads the setting `cachepoint.models`: an object from model id to the fields that differ. A known id is overridden field by field,
 * a new one is added when it has the fields it needs or is `like` a known one. What is wrong is reported and ignored; never throws.
 */
export const parseModelOverrides = (value: unknown): ModelOverrides => {
  if (value === undefined || value === null) return { entries: [], problems: [] };
  if (!isRecord(value)) return { entries: [], problems: [{ code: 'notAnObject', model: undefined }] };
  const problems: OverrideProblem[] = [];
  const entries: ModelEntry[] = [];
  for (const [key, given] of Object.entries(value)) {
    const id = key.trim();
    if (!isRecord(given) || id === '') {
      problems.push({ code: 'notAnObject', model: key });
      continue;
    }
    const entry = parseOne(id, given, problems);
    if (entry) entries.push(entry);
  }
  return { entries, problems };
};
