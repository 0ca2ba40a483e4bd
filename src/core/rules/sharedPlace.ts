import { asksForSpeed, type CachePlan, type Checkpoint } from '../cache/plan';
import { fitOf } from '../cache/written';
import { sharedEnd } from '../cache/sharedEnd';
import { fits } from '../cache/fit';
import type { ExplicitCaching } from '../cache/markerPlaces';
import type { Ttl } from '../request/types';
import type { Edits } from '../text/edit';
import type { Span } from '../text/span';
import { exceeds, reaches, type Sized, type TokenEstimate } from '../figures/band';
import { hasMarkerInToolResult } from './cache/inToolResult';
import { lastLine } from './lines';
import { takesMarker } from './markers';
import { placeBeforeLine } from '../advice/splitBlock';
import type { RuleInput } from './types';

/** Where a marker would cover what every call shares. */
export interface SharedPlace {
  readonly prefix: TokenEstimate;
  /** The line after which it would stand. */
  readonly line: Span;
  write(ttl: Ttl | undefined): Edits | undefined;
}

/** A marker that reaches this share of the best place is good enough. */
const goodEnough = 0.8;

const works = (point: Checkpoint): boolean => fitOf(point) === 'surely' && point.reuse.kind !== 'never';

/** Would the service act on a marker at all, and take it? */
const markersCount = ({ plan, prompt }: RuleInput): boolean => {
  const { resolution, model } = plan;
  if (resolution.kind === 'opaque' && (resolution.resource === 'provisioned' || resolution.resource === 'promptRouter')) return false;
  return !(model?.refusesLatencyWithCache === true && asksForSpeed(prompt));
};

/** A marker that does not work is a problem of its own, and its fix may well be the marker asked for here. */
const allIsWell = (input: RuleInput): boolean =>
  input.plan.checkpoints.every(works) &&
  !input.prompt.problems.some(({ code }) => code === 'syntax/marker') &&
  !hasMarkerInToolResult(input) &&
  markersCount(input);

/** Do the markers that there are cover nearly as much as one after block `at` would? The last of them covers most. */
const coversMost = ({ checkpoints, blocks }: CachePlan, at: number): boolean => {
  const last = checkpoints.at(-1);
  const covered = last && blocks[last.index]?.upTo;
  if (last === undefined || covered === undefined) return false;
  if (last.index > at) return true;
  // What stands between them is short as a rule, and the rest need not be counted for it.
  const more = blocks.slice(last.index + 1, at + 1).reduce((sum, { own }) => sum + own.likely, 0);
  return reaches(covered, 'likely', (more * goodEnough) / (1 - goodEnough));
};

/** Behind the last shared block in which the model takes a marker. */
const behindBlock = (input: RuleInput, caching: ExplicitCaching, end: number): SharedPlace | undefined => {
  const { plan, text, prompt } = input;
  const { maximum } = caching;
  const isTooLong = (upTo: Sized): boolean => maximum !== undefined && exceeds(upTo, 'likely', maximum);
  const at = plan.blocks.findLastIndex(({ upTo }, index) => index < end && takesMarker(input, index, caching) && !isTooLong(upTo));
  const wire = plan.blocks[at];
  if (wire === undefined || coversMost(plan, at) || fits(wire.upTo, caching) !== 'surely') return undefined;
  return {
    prefix: wire.prefix,
    line: prompt.write.placeBehind?.(wire.block) ?? lastLine(text, wire.block.span),
    write: (ttl) => prompt.write.insertMarker(wire.block, ttl),
  };
};

/** Inside the first block that varies, before the line that does. */
const insideBlock = (input: RuleInput, end: number): SharedPlace | undefined => {
  const by = input.plan.blocks[end]?.breaks[0];
  const place = by && placeBeforeLine(input, by.span);
  return place && { prefix: place.prefix, line: lastLine(input.text, place.head), write: (ttl) => place.write(ttl) };
};

/** The last place in the part that every call shares where a marker is taken, written, and covers clearly more than those there are. */
export const findSharedPlace = (input: RuleInput): SharedPlace | undefined => {
  const { plan } = input;
  const { caching } = plan;
  if (caching?.kind !== 'explicit' || plan.checkpoints.length >= caching.maxCheckpoints || !allIsWell(input)) return undefined;
  // Where all of it is too short, nothing has to be searched for what varies.
  if (!reaches(plan.size, 'likely', caching.minimum.likely)) return undefined;
  const end = sharedEnd(plan);
  // A marker after the shared part covers more than any place in it.
  if ((plan.checkpoints.at(-1)?.index ?? -1) > end) return undefined;
  const inside = insideBlock(input, end);
  if (inside === undefined) return behindBlock(input, caching, end);
  const covered = plan.checkpoints.at(-1)?.prefix.likely ?? 0;
  return covered >= inside.prefix.likely * goodEnough ? undefined : inside;
};
