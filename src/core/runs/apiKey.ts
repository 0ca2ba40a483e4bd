import { firstBytes, textOfBytes } from '../tokens/bytes';
import { isRegion } from '../service/regions';

/**
 * What an Amazon Bedrock API key says of itself. A short-term key is a signed address in base64, so that it names its Region and its end; a
 * long-term one says nothing. Source: aws-bedrock-token-generator for Python and JavaScript, and Amazon Bedrock user guide, "API keys", read 2026-11.
 */
export type ApiKeyFacts =
  | {
      readonly kind: 'short';
      readonly region: string;
      /** When it was made, as ISO 8601 in UTC. */
      readonly made: string;
      /** How long it holds from then on, at most; it may end sooner, with the session that it was made in. */
      readonly seconds: number;
    }
  | { readonly kind: 'long' };

const shortPrefix = 'bedrock-api-key-';

/** No short-term key holds longer than twelve hours. Seconds. */
const longestSeconds = 43_200;

/** Signed addresses have well below this many characters. */
const mostBytes = 10_000;

const parameter = (query: string, name: string): string | undefined =>
  new RegExp(`[?&]${name}=([^&]*)`).exec(query)?.[1]?.replaceAll('%2F', '/');

/** `20261129T040000Z` in the form that all clocks read. */
const isoTime = (stamp: string | undefined): string | undefined => {
  const [, year, month, day, hours, minutes, seconds] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp ?? '') ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`;
};

export const readApiKey = (key: string): ApiKeyFacts => {
  if (!key.startsWith(shortPrefix)) return { kind: 'long' };
  const address = textOfBytes(firstBytes(key.slice(shortPrefix.length), mostBytes));
  const region = parameter(address, 'X-Amz-Credential')?.split('/')[2];
  const made = isoTime(parameter(address, 'X-Amz-Date'));
  if (region === undefined || !isRegion(region) || made === undefined) return { kind: 'long' };
  return { kind: 'short', region, made, seconds: Math.min(Number(parameter(address, 'X-Amz-Expires')) || longestSeconds, longestSeconds) };
};

/** What no header may hold. Blanks and line ends around a key are cut off before it is judged. */
export const isSendable = (key: string): boolean => /^[\x21-\x7e]+$/.test(key);
