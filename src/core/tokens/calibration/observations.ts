/** What kind of request was counted: a model's overheads differ between them, so they teach little about each other. */
export type RequestShape = 'text' | 'tools' | 'media';

/** One answer of the service beside our own figure for exactly the same request. Numbers and hashes only, never a text. */
export interface Observation {
  /** Hash of the file's address; observations of one file speak first of that file. */
  readonly file: string;
  /** Hash of what was counted, so that the same request is known again. */
  readonly request: string;
  /** Tokens as estimated offline, without any correction. */
  readonly estimated: number;
  /** Tokens as the service counted them. */
  readonly counted: number;
  /** Tokens of the estimate that come from the prompt's own texts and not from frames, tool prompts and pictures. */
  readonly text: number;
  /** Half-width of the uncorrected band as a share of the estimate. */
  readonly band: number;
  readonly shape: RequestShape;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly source: 'run' | 'countTokens';
  /** Which estimator made the estimate; see `estimatorOf`. */
  readonly estimator: number;
}

/** All that past answers taught, by base model id; plain JSON. Each list is sorted, newest first. */
export interface Calibration {
  readonly version: 1;
  readonly models: { readonly [modelId: string]: readonly Observation[] };
}

/** Nothing observed yet. */
export const noCalibration: Calibration = { version: 1, models: {} };

/** A file keeps this many observations, a model this many over all files, and this many models are kept. */
export const limits = { perFile: 10, perModel: 40, models: 20 } as const;

/** A count further from the estimate than this factor does not belong to the request. */
export const mostFactor = 2;

const dayMs = 86_400_000;
/** Six half-lives: what is older carries less than 2 % of its first weight. */
const longestMs = 84 * dayMs;
/** The largest time value of the language: ECMAScript 2023, 21.4.1.1. */
const lastMoment = 8.64e15;

/** Is this a pair of figures that can teach? */
export const isPlausible = ({ estimated, counted }: Pick<Observation, 'estimated' | 'counted'>): boolean => {
  const ratio = counted / estimated;
  return estimated > 0 && counted > 0 && Number.isSafeInteger(counted) && ratio <= mostFactor && ratio >= 1 / mostFactor;
};

/** Newest first; then by content, so that the order of arrival never matters. */
const compare = (a: Observation, b: Observation): number =>
  b.at - a.at ||
  (a.source === b.source ? 0 : a.source === 'countTokens' ? -1 : 1) ||
  b.counted - a.counted ||
  b.estimated - a.estimated ||
  (a.request < b.request ? -1 : a.request > b.request ? 1 : 0) ||
  (a.file < b.file ? -1 : a.file > b.file ? 1 : 0);

/** One observation for each request of a file: repeating a request says nothing new. */
const bounded = (sorted: readonly Observation[]): readonly Observation[] => {
  const newest = sorted[0]?.at ?? 0;
  const seen = new Set<string>();
  const perFile = new Map<string, number>();
  const kept: Observation[] = [];
  for (const one of sorted) {
    const key = `${one.file} ${one.request}`;
    const count = perFile.get(one.file) ?? 0;
    if (seen.has(key) || count >= limits.perFile || kept.length >= limits.perModel || newest - one.at > longestMs) continue;
    seen.add(key);
    perFile.set(one.file, count + 1);
    kept.push(one);
  }
  return kept;
};

const boundedModels = (models: Calibration['models']): Calibration['models'] => {
  const entries = Object.entries(models).filter(([, list]) => list.length > 0);
  if (entries.length <= limits.models) return Object.fromEntries(entries);
  entries.sort(([idA, a], [idB, b]) => (b[0]?.at ?? 0) - (a[0]?.at ?? 0) || (idA < idB ? -1 : 1));
  return Object.fromEntries(entries.slice(0, limits.models));
};

/** The observations of a model, newest first; empty when nothing was observed. */
export const observationsOf = (calibration: Calibration, modelId: string): readonly Observation[] =>
  Object.hasOwn(calibration.models, modelId) ? (calibration.models[modelId] ?? []) : [];

/** The calibration with one more observation; one that is not plausible changes nothing. Observations of equal time may come in any order. */
export const observe = (calibration: Calibration, modelId: string, observation: Observation): Calibration => {
  if (!isSound(observation) || modelId === '') return calibration;
  const list = bounded([...observationsOf(calibration, modelId), observation].sort(compare));
  return { version: 1, models: boundedModels({ ...calibration.models, [modelId]: list }) };
};

/** The calibration without one model, or without any. */
export const forget = (calibration: Calibration, modelId?: string): Calibration => {
  if (modelId === undefined) return noCalibration;
  return { version: 1, models: Object.fromEntries(Object.entries(calibration.models).filter(([id]) => id !== modelId)) };
};

/** The calibration with other hashes of files, as these got other names; the very same where none of them taught anything. */
export const moveFiles = (calibration: Calibration, move: (file: string) => string): Calibration => {
  const entries = Object.entries(calibration.models);
  if (!entries.some(([, list]) => list.some(({ file }) => move(file) !== file))) return calibration;
  const moved = entries.map(([id, list]) => [id, bounded(list.map((one) => ({ ...one, file: move(one.file) })).sort(compare))] as const);
  return { version: 1, models: Object.fromEntries(moved) };
};

const isSound = (one: Observation): boolean =>
  isPlausible(one) &&
  Number.isFinite(one.text) &&
  one.text >= 0 &&
  Number.isFinite(one.band) &&
  one.band >= 0 &&
  Number.isFinite(one.estimator) &&
  Math.abs(one.at) <= lastMoment;

const numbers = ['estimated', 'counted', 'text', 'band', 'at', 'estimator'] as const;
const shapes: readonly unknown[] = ['text', 'tools', 'media'] satisfies readonly RequestShape[];

const isObservation = (value: unknown): value is Observation => {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as { readonly [key: string]: unknown }; // looked at below, member by member
  return (
    numbers.every((key) => typeof fields[key] === 'number') &&
    typeof fields['file'] === 'string' &&
    typeof fields['request'] === 'string' &&
    shapes.includes(fields['shape']) &&
    (fields['source'] === 'run' || fields['source'] === 'countTokens') &&
    isSound(value as Observation) // all its members were seen
  );
};

/** Reads what was stored, by this version or another: whatever does not fit is left out. */
export const parseCalibration = (stored: unknown): Calibration => {
  if (typeof stored !== 'object' || stored === null || !('version' in stored) || stored.version !== 1) return noCalibration;
  if (!('models' in stored) || typeof stored.models !== 'object' || stored.models === null) return noCalibration;
  const models = Object.entries(stored.models).map(
    ([id, list]: [string, unknown]) => [id, Array.isArray(list) ? bounded(list.filter(isObservation).sort(compare)) : []] as const,
  );
  return { version: 1, models: boundedModels(Object.fromEntries(models)) };
};
