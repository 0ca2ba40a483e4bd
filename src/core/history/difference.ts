import type { CacheField } from '../models/types';
import { fieldOfList, type BlockPrint, type Fingerprint, type SettingPrint } from './fingerprint';
import type { BlockAt, Change, Difference } from '../runs/explanation';

const fields: readonly CacheField[] = ['tools', 'system', 'messages'];

/** Is a block the same to the cache: equal, in the same list? */
const isSame = (a: BlockPrint | undefined, b: BlockPrint | undefined): boolean =>
  a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];

/** How many blocks two requests have in common from their beginning. */
export const commonBlocks = (a: Fingerprint, b: Fingerprint): number => {
  const first = a.blocks.findIndex((block, at) => !isSame(block, b.blocks[at]));
  return first === -1 ? a.blocks.length : first;
};

const placeOf = ({ blocks }: Fingerprint, at: number): BlockAt | undefined => {
  const [list] = blocks[at] ?? [];
  if (list === undefined) return undefined;
  const message = /^m(\d+)/.exec(list)?.[1];
  return {
    field: fieldOfList(list),
    ...(message === undefined ? {} : { message: Number(message) }),
    index: at - blocks.findIndex(([other]) => other === list),
  };
};

/** Blocks of one field, whatever list they stand in. */
const hashesIn = ({ blocks }: Fingerprint, field: CacheField): readonly string[] =>
  blocks.filter(([list]) => fieldOfList(list) === field).map(([, hash]) => hash);

const changeAt = (was: Fingerprint, is: Fingerprint, at: number, field: CacheField): Change => {
  const [before, now] = [hashesIn(was, field), hashesIn(is, field)];
  const sorted = (hashes: readonly string[]): string => [...hashes].sort().join(' ');
  if (before.length === now.length) return sorted(before) === sorted(now) ? 'moved' : 'changed';
  // One that stands further on in the other request was pushed there by one that is new, or drawn there by one that is gone.
  const [old, fresh] = [was.blocks[at]?.[1], is.blocks[at]?.[1]];
  if (now.length > before.length) return old === undefined || fieldAt(was, at) !== field || now.includes(old) ? 'added' : 'changed';
  return fresh === undefined || fieldAt(is, at) !== field || before.includes(fresh) ? 'removed' : 'changed';
};

const fieldAt = ({ blocks }: Fingerprint, at: number): CacheField | undefined => {
  const [list] = blocks[at] ?? [];
  return list === undefined ? undefined : fieldOfList(list);
};

/** The first block in which two requests differ, among the first `most` of the earlier one; `undefined`: none does. */
export const blockDifference = (
  was: Fingerprint,
  is: Fingerprint,
  most = Math.max(was.blocks.length, is.blocks.length),
): { readonly at: BlockAt; readonly how: Change } | undefined => {
  const at = commonBlocks(was, is);
  if (at >= most || (at >= was.blocks.length && at >= is.blocks.length)) return undefined;
  // Where the lists are of different fields, the earlier field lost or won a block.
  const [first] = fields.filter((field) => field === fieldAt(was, at) || field === fieldAt(is, at));
  const place = (fieldAt(is, at) === first ? placeOf(is, at) : undefined) ?? placeOf(was, at);
  return first === undefined || place === undefined ? undefined : { at: place, how: changeAt(was, is, at, first) };
};

/** Settings with different values in two requests that count for a prefix ending in a field, the first to spoil it first. */
export const settingDifferences = (was: Fingerprint, is: Fingerprint, upTo: CacheField): readonly SettingPrint[] => {
  const value = (list: readonly SettingPrint[], one: SettingPrint): string | undefined => list.find(({ name }) => name === one.name)?.hash;
  const changed = is.settings.filter((one) => value(was.settings, one) !== one.hash);
  const dropped = was.settings.filter((one) => value(is.settings, one) === undefined);
  // A choice of tools comes and goes with the tools.
  const hasTools = ({ blocks }: Fingerprint): boolean => fieldOfList(blocks[0]?.[0] ?? 's') === 'tools';
  const counts = ({ name }: SettingPrint): boolean => name !== 'toolChoice' || hasTools(was) === hasTools(is);
  return [...changed, ...dropped]
    .filter(counts)
    .filter(({ from }) => fields.indexOf(from) <= fields.indexOf(upTo))
    .sort((a, b) => fields.indexOf(a.from) - fields.indexOf(b.from));
};

/** What differs first between two requests, in the order in which Bedrock reads them. */
export const differenceBetween = (was: Fingerprint, is: Fingerprint): Difference | undefined => {
  if (was.model !== is.model) return { kind: 'model' };
  const block = blockDifference(was, is);
  const [setting] = settingDifferences(was, is, 'messages');
  if (setting !== undefined && (block === undefined || fields.indexOf(setting.from) <= fields.indexOf(block.at.field)))
    return { kind: 'setting', setting: setting.name, from: setting.from };
  return block && { kind: 'block', ...block };
};
