/** Tokens of one call as the service reported them. `input` excludes what was read from or written to the cache. */
export interface Usage {
  readonly input: number;
  readonly output: number;
  /** `undefined`: the reply did not mention the cache, which is not the same as zero. */
  readonly cacheRead: number | undefined;
  readonly cacheWrite: number | undefined;
  /** Written tokens by lifetime. */
  readonly writes: readonly { readonly ttl: string; readonly tokens: number }[];
}

/** The four figures of one call in whole tokens, each kind of token in exactly one of them. */
export interface TokenCounts {
  /** `undefined`: the reply did not mention it, which is not the same as zero. */
  readonly read: number | undefined;
  readonly written: number | undefined;
  /** Neither read from nor written to the cache. */
  readonly input: number | undefined;
  readonly output: number | undefined;
  /** Everything sent: input + read + written. `undefined`: the input was not reported. */
  readonly prompt: number | undefined;
}

const whole = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

/** Reads a usage; a figure that cannot be a number of tokens counts as not reported. */
export const countTokensOf = (usage: Usage): TokenCounts => {
  const listed = usage.writes.reduce((sum, write) => sum + (whole(write.tokens) ?? 0), 0);
  const read = whole(usage.cacheRead);
  const written = whole(usage.cacheWrite) ?? (listed > 0 ? whole(listed) : undefined);
  const input = whole(usage.input);
  const prompt = input === undefined ? undefined : input + (read ?? 0) + (written ?? 0);
  return { read, written, input, output: whole(usage.output), prompt };
};

/** Did the reply say anything about the cache? */
export const mentionsCache = ({ read, written }: TokenCounts): boolean => read !== undefined || written !== undefined;

/** read / (input + read + written), 0 … 1. `undefined`: the cache was not mentioned, or nothing was sent. */
export const hitRateOf = (counts: TokenCounts): number | undefined =>
  mentionsCache(counts) && counts.prompt !== undefined && counts.prompt > 0 ? (counts.read ?? 0) / counts.prompt : undefined;
