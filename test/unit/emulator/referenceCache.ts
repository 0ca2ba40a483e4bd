/**
 * A second prompt cache, written from the guides alone and for short requests of named blocks. It shares nothing with the emulator:
 * prefixes are plain texts, and every rule is the sentence of the guide, looked up without haste.
 */

export type Ttl = '5m' | '1h';

/** A block, or a cache point after the block before it. */
export type Part = { readonly text: string; readonly tokens: number } | { readonly point: Ttl };

/** One request as the guides speak of it. */
export interface Asked {
  readonly vendor: 'claude' | 'nova';
  readonly tools: readonly Part[];
  readonly system: readonly Part[];
  /** Of alternating roles, the user's first. */
  readonly messages: readonly (readonly Part[])[];
  readonly toolChoice: 'auto' | 'any' | undefined;
  readonly thinking: boolean;
  readonly schema: string | undefined;
}

export interface Figures {
  readonly read: number;
  readonly written: Readonly<Record<Ttl, number>>;
}

interface Entry {
  readonly prefix: string;
  readonly ttl: Ttl;
  expires: number;
}

const minutes: Readonly<Record<Ttl, number>> = { '5m': 5, '1h': 60 };
const lifetime = (ttl: Ttl): number => minutes[ttl] * 60_000;

interface Place {
  readonly prefix: string;
  readonly tokens: number;
  point: Ttl | undefined;
}

/** Every block in the order tools, system, messages, with the whole text and tokens up to it. */
const placesOf = (asked: Asked): readonly Place[] => {
  const { vendor, toolChoice, thinking, schema } = asked;
  const choice = toolChoice === 'any' ? 'must call a tool' : 'may call a tool';
  let prefix = vendor === 'nova' ? `nova, ${choice}` : 'claude';
  let tokens = 0;
  const places: Place[] = [];
  const take = (where: string, parts: readonly Part[]): void => {
    let inList = 0;
    for (const part of parts) {
      const last = places.at(-1);
      if ('point' in part) {
        if (last !== undefined && inList > 0) last.point ??= part.point;
        continue;
      }
      prefix += ` / ${where}: ${part.text}`;
      tokens += part.tokens;
      inList += 1;
      places.push({ prefix, tokens, point: undefined });
    }
  };
  take('tool', asked.tools);
  prefix += ` [schema ${schema ?? 'none'}]`;
  take('system', asked.system);
  prefix += ` [${vendor === 'claude' ? choice : ''}, thinking ${thinking}]`;
  asked.messages.forEach((parts, index) => take(`message ${index}`, parts));
  return places;
};

/** What a request found, and what it leaves when its answer begins. */
export interface Visit {
  readonly figures: Figures;
  begin(): void;
}

/** An empty cache with the minimum of a prefix in tokens by vendor and, for Nova, the maximum. */
export const referenceCache = (minimums: Readonly<Record<Asked['vendor'], number>>, novaMaximum: number) => {
  const entries: Entry[] = [];
  const alive = (prefix: string, now: number): Entry | undefined => entries.find((entry) => entry.prefix === prefix && entry.expires > now);

  return (asked: Asked, now: number): Visit => {
    const places = placesOf(asked);
    const minimum = minimums[asked.vendor];
    const most = asked.vendor === 'nova' ? novaMaximum : Infinity;
    const window = asked.vendor === 'nova' ? 1 : 20;
    const points = places.flatMap((place, at) =>
      place.point !== undefined && place.tokens >= minimum && place.tokens <= most ? [{ ...place, at, ttl: place.point }] : [],
    );
    // "The longest match": every place that any point looks at, the farthest of those that were written.
    const seen = points.flatMap(({ at }) => places.slice(Math.max(0, at - window + 1), at + 1));
    const found = seen.filter(({ prefix }) => alive(prefix, now) !== undefined).toSorted((a, b) => b.tokens - a.tokens)[0];
    const read = found?.tokens ?? 0;
    const upTo = (wanted: readonly Ttl[]): number =>
      Math.max(read, ...points.filter(({ ttl }) => wanted.includes(ttl)).map(({ tokens }) => tokens));
    const hours = upTo(['1h']) - read;
    const used = [found?.prefix, ...points.map(({ prefix }) => prefix)].flatMap((prefix) => alive(prefix ?? '', now) ?? []);
    const missing = points.filter(({ prefix }) => alive(prefix, now) === undefined);
    return {
      figures: { read, written: { '1h': hours, '5m': upTo(['1h', '5m']) - read - hours } },
      begin: () => {
        for (const entry of used) entry.expires = Math.max(entry.expires, now + lifetime(entry.ttl));
        for (const { prefix, ttl } of missing) {
          const there = alive(prefix, now);
          if (there === undefined) entries.push({ prefix, ttl, expires: now + lifetime(ttl) });
          else there.expires = Math.max(there.expires, now + lifetime(there.ttl));
        }
      },
    };
  };
};
