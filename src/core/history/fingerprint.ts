import type { CachePlan, Verdict } from '../cache/plan';
import { prefixSettings, type PrefixSetting } from '../cache/prefixSettings';
import { isCachePoint, sentBlocks } from '../cache/sentBlocks';
import type { CacheField } from '../models/types';
import { blockText } from '../request/json';
import type { ConverseRequest } from '../request/types';
import type { SettingName } from '../runs/explanation';

/** A keyed hash, the same for equal texts under one key and telling nothing of them to whoever lacks it: HMAC-SHA-256. */
export type Digest = (text: string) => string;

/** `t` tools, `s` system, `m4u` and `m5a` messages by number and role. */
export type BlockList = string;

/** One block of a request: its list, the hash of its wire form without cache points, and the characters of that. */
export type BlockPrint = readonly [list: BlockList, hash: string, length: number];

export interface SettingPrint {
  readonly name: SettingName;
  /** From here on another value spoils the cache. */
  readonly from: CacheField;
  readonly hash: string;
}

/** A cache point of a request. */
export interface PointPrint {
  /** So many blocks stand before it. */
  readonly after: number;
  /** The lifetime in force. */
  readonly ttl: string;
  /** Tokens of its prefix by estimate. */
  readonly tokens: readonly [low: number, likely: number, high: number];
  readonly verdict: Verdict['kind'];
}

/** What of a request can be kept without any of its text, enough to say later why the cache did not hit. */
export interface Fingerprint {
  /** The catalog's id of the model, which the cache goes by; else the id that was sent. */
  readonly model: string;
  readonly blocks: readonly BlockPrint[];
  /** Those that say more than their default. */
  readonly settings: readonly SettingPrint[];
  readonly points: readonly PointPrint[];
}

/** The field that a list belongs to. */
export const fieldOfList = (list: BlockList): CacheField => (list === 't' ? 'tools' : list === 's' ? 'system' : 'messages');

const listOf = (list: string): BlockList => {
  const [, message, role] = /^message (\d+) (.)/.exec(list) ?? [];
  return message === undefined ? list.charAt(0) : `m${message}${role ?? ''}`;
};

/** Several settings share a member of the API; people know them by names of their own. */
const namesOf = ({ setting, from, value }: PrefixSetting): readonly (readonly [SettingName, string])[] => {
  if (setting === 'outputConfig') return [[from === 'messages' ? 'effort' : 'outputFormat', value]];
  if (setting !== 'additionalModelRequestFields') return [[setting, value]];
  const [thinking = '', ...others] = value.split('\n');
  return [
    ['thinking', thinking],
    ['otherFields', others.join('\n').trim()],
  ];
};

/** `plan`: of this very request, as it is sent. */
export const fingerprintOf = (request: ConverseRequest, plan: CachePlan, digest: Digest): Fingerprint => {
  const blocks: BlockPrint[] = [];
  /** How many blocks with content stand before each of all. */
  const before: number[] = [];
  for (const { list, block } of sentBlocks(request)) {
    before.push(blocks.length);
    if (isCachePoint(block)) continue;
    const text = blockText(block);
    blocks.push([listOf(list), digest(text), text.length]);
  }
  const settings = prefixSettings(request, plan.model).flatMap((one) =>
    namesOf(one).flatMap(([name, value]) => (value === '' ? [] : [{ name, from: one.from, hash: digest(`${name}\n${value}`) }])),
  );
  const points = plan.checkpoints.map(({ index, ttl, prefix: { low, likely, high }, verdict }): PointPrint => ({
    after: before[index] ?? blocks.length,
    ttl,
    tokens: [Math.round(low), Math.round(likely), Math.round(high)],
    verdict: verdict.kind,
  }));
  return { model: plan.model?.id ?? plan.modelId, blocks, settings, points };
};
