import type { VaryingMove } from '../advice/moveVarying';
import { fixTitles } from './fixes';
import type { NoPlaces } from '../advice/legalPlaces';
import type { SampleProof } from '../change/prove';
import type { CachePlan } from '../cache/plan';
import type { Placement } from '../advice/solve';
import type { NumberFormats } from '../figures/numbers';
import type { Traffic } from '../prompt/traffic';
import { describeTraffic } from './trafficText';

type Found = Extract<Placement, { readonly kind: 'placement' }>;

const reasons: { readonly [R in NoPlaces]: string } = {
  inDoubt: 'The prompt cannot be read for sure: close its front matter, its code fences and its JSON first.',
  unknownModel: 'The model is not known, so neither are its limits.',
  noCaching: 'This model takes no cache points.',
  notOnDemand: 'Provisioned Throughput has no prompt caching.',
  batch: 'Batch jobs have no prompt caching.',
  latency: 'This model takes latency-optimized inference or cache points, not both.',
};

/** Why there is nothing to optimize. */
export const describeNoPlaces = (reason: NoPlaces): string => reasons[reason];

/** Before and after in tokens and money: the lines of a confirmation. */
export const describePlacement = ({ before, after, uncachedUsd }: Found, traffic: Traffic, formats: NumberFormats): readonly string[] => {
  const line = (name: string, figures: Found['before']): string =>
    `${name}: ${figures.points.length} cache point${figures.points.length === 1 ? '' : 's'}; on average a call reads ${formats.tokens(figures.readTokens)}, writes ${formats.tokens(figures.writeTokens)} and pays ${formats.tokens(figures.inputTokens)} tokens in full${figures.usdPerCall === undefined ? '' : `, ${formats.usd(figures.usdPerCall)} of input`}.`;
  return [
    line('Now', before),
    line('Then', after),
    ...(uncachedUsd === undefined ? [] : [`Without caching: ${formats.usd(uncachedUsd)} of input.`]),
    `These are means ${describeTraffic(traffic, formats)}.`,
  ];
};

/** What keeps the text after it from being read again, and what moves for it. */
export const describeBlocked = (line: number, move: VaryingMove | undefined): string =>
  `Line ${line} varies with each request, so no later call reads a cache point after it.${move === undefined ? '' : ` ${fixTitles.moveVarying(move)}.`}`;

/** What the prompt's own sample rows show about its cache points, a line each. */
export const describeProofs = (proofs: readonly SampleProof[], plan: CachePlan, formats: NumberFormats): readonly string[] => {
  if (proofs.length === 0) return ['There is nothing to compare: the front matter needs two rows under samples.'];
  return proofs.flatMap(({ rows, divergence, proof }) => {
    const pair = `Rows ${rows[0] + 1} and ${rows[1] + 1}`;
    const { difference } = divergence;
    const where =
      difference === undefined
        ? 'make the same request'
        : `differ first at ${difference.cause.kind === 'variable' ? `the variable ${difference.cause.name}` : `"${difference.cause.text}"`}, after ${formats.tokens(divergence.sharedTokens.likely)} shared tokens`;
    const shared = divergence.checkpoints.filter((point) => point.shared).length;
    const points = plan.checkpoints.length === 0 ? '' : `; they share ${shared} of ${plan.checkpoints.length} cache points`;
    const wrong = proof.contradictions.map(
      ({ number }) => `Cache point ${number} is not shared in the way that its hover says. Please report this.`,
    );
    return [`${pair} ${where}${points}.`, ...wrong];
  });
};
