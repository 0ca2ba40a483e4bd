import { made } from '../values/pieces';
import { textValue, type Frame, type ListItem, type ListValue, type ObjectValue, type Spot, type Value } from '../values/value';
import { gapOf, unknownAt } from './evaluator';

/*
 * What a program goes through one by one: a list, and the names and values of a table.
 */

const itemOf = (value: Value): ListItem => ({ value: () => value, gap: undefined, item: undefined });

const numberAt = (value: number, spot: Spot): Value => ({ kind: 'constant', value, spot });

export const listAt = (items: readonly ListItem[], spot: Spot, sort: ListValue['sort'] = 'list'): ListValue => ({
  kind: 'list',
  sort,
  items,
  spot,
});

/** Names, values or pairs of a table; what may be missing or added is a gap. */
export const tableItems = (table: ObjectValue, what: 'keys' | 'values' | 'pairs', spot: Spot): ListValue => {
  const items = table.entries.map((entry): ListItem => {
    const key = textValue([made(entry.key, entry.spot)]);
    const value: ListItem = { value: entry.value, gap: undefined, item: undefined };
    if (entry.maybe) return gapOf(unknownAt(entry.spot));
    return what === 'keys' ? itemOf(key) : what === 'values' ? value : itemOf(listAt([itemOf(key), value], spot, 'tuple'));
  });
  const rest: readonly ListItem[] =
    table.open === undefined ? [] : [gapOf({ kind: 'unknown', hole: table.open, alternatives: [], keepsName: false })];
  return listAt([...items, ...rest], spot);
};

/** The items that a loop over a value goes through; `undefined` where it is none of these, or in no order. */
export const iterated = (value: Value, frame: Frame, spot: Spot): ListValue | undefined => {
  if (value.kind === 'list') return value.sort === 'set' ? undefined : value;
  return value.kind === 'object' && frame.module.language === 'python' ? tableItems(value, 'keys', spot) : undefined;
};

/** Each item with its number. */
export const numbered = (list: ListValue, start: number, spot: Spot): ListValue | undefined =>
  list.items.some(({ gap }) => gap !== undefined)
    ? undefined
    : listAt(
        list.items.map((item, index) => itemOf(listAt([itemOf(numberAt(start + index, spot)), item], spot, 'tuple'))),
        spot,
      );

/** The items of several lists side by side, as far as the shortest goes. */
export const zipped = (lists: readonly ListValue[], spot: Spot): ListValue | undefined => {
  if (lists.length === 0 || lists.some(({ items }) => items.some(({ gap }) => gap !== undefined))) return undefined;
  const length = Math.min(...lists.map(({ items }) => items.length));
  return listAt(
    Array.from({ length }, (_, at) =>
      itemOf(
        listAt(
          lists.flatMap(({ items }) => items.slice(at, at + 1)),
          spot,
          'tuple',
        ),
      ),
    ),
    spot,
  );
};
