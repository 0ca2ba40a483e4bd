import type { Condition, Level, Refusal } from './condition';
import { contentRefusals } from './contentRefusals';
import { fileRefusals } from './fileRefusals';
import { settingRefusals } from './settingRefusals';
import { thinkingRefusals } from './thinkingRefusals';

export type { Condition, Level, Refusal } from './condition';

/** By model, what it refuses beyond the shapes, each row with its source. Read 2026-11-28. */
export const refusals = { ...thinkingRefusals, ...settingRefusals, ...contentRefusals, ...fileRefusals } as const;

export type RefusalId = keyof typeof refusals;

/** Every row, in the order of the table. */
export const refusalRows = Object.entries(refusals) as readonly (readonly [RefusalId, Refusal])[]; // the table has exactly these keys

/** Without version and date: `anthropic.claude-opus-4-5` of `anthropic.claude-opus-4-5-20251101-v1:0`. */
const plainId = (id: string): string => id.replace(/(?:-\d{8})?(?:-v\d+)?(?::\d+)?$/, '');

const levels = ['none', 'warning', 'error'] as const;

const fits = (names: readonly string[], patterns: string | undefined): boolean =>
  patterns?.split(' ').some((pattern) => {
    const start = pattern.endsWith('*') ? pattern.slice(0, -1) : undefined;
    return names.some((name) => (start === undefined ? name === pattern : name.startsWith(start)));
  }) === true;

/** What the table says of one model. */
interface ModelRows {
  readonly levels: ReadonlyMap<RefusalId, Level>;
  /** Rows with conditions that it may refuse a request by, in the order of the table. */
  readonly asked: readonly RefusalId[];
}
const known = new Map<string, ModelRows>();
const onlyNamed = new Map<string, ModelRows>();

/** Makers of models that are in the table by name and partly not in the catalog: what a row says of their models by name counts for those too. */
// Lazy, as the maker itself may look like the prefix of a profile: `mistral.mistral-7b-instruct-v0:2`.
const makers = /^(?:[a-z-]{2,8}\.)??((?:meta|mistral|deepseek|qwen|cohere|ai21|writer|amazon\.titan)[.-].+)$/;

/** The base id of a model that the catalog does not have, where the table may know it. */
export const namedModel = (id: string): string | undefined => makers.exec(id)?.[1];

const readRows = (id: string, isKnown: boolean): ModelRows => {
  const full = plainId(id);
  const own = full.slice(full.indexOf('.') + 1);
  const names = [full, own, own.replace(/^claude-/, '')];
  const levelIn = (models: Refusal['models']): Level =>
    levels.find((one) => fits(names, models[one])) ?? (isKnown ? models.rest : undefined) ?? 'none';
  const byRow = new Map(refusalRows.map(([row, { models }]) => [row, levelIn(models)]));
  return { levels: byRow, asked: [...byRow.keys()].filter((row) => (refusals[row] as Refusal).when && byRow.get(row) !== 'none') };
};

const rowsOf = (id: string, isKnown: boolean): ModelRows => {
  const all = isKnown ? known : onlyNamed;
  const found = all.get(id) ?? readRows(id, isKnown);
  all.set(id, found);
  return found;
};

/** How sure it is that a model refuses what a row describes; `id` is the base id of the catalog, or with `isKnown` false one that it does not have. */
export const levelOf = (refusal: RefusalId, id: string, isKnown = true): Level => rowsOf(id, isKnown).levels.get(refusal) ?? 'none';

/** The conditions of a row; none where only code can say. */
export const conditionsOf = (refusal: RefusalId): readonly Condition[] => (refusals[refusal] as Refusal).when ?? [];

/** The rows that a model may refuse a request by, of those with conditions, in the order of the table; `id` and `isKnown` as `levelOf` takes them. */
export const rowsAskedOf = (id: string, isKnown = true): readonly RefusalId[] => rowsOf(id, isKnown).asked;
