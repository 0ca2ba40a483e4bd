import type { ConverseRequest, WireCall } from '../request/types';
import { prefixChain } from './chain';
import type { CachePlan } from './plan';
import { sharedEnd } from './sharedEnd';

/** Names under which invocation logs hold what a call is of. */
const promptTag = 'cachepoint-prompt';
const prefixTag = 'cachepoint-prefix';

/** What the service takes as a value: other characters become hyphens, and of a long one the end is kept. Source: service model, RequestMetadata. */
const asValue = (text: string): string => text.replaceAll(/[^a-zA-Z0-9\s:_@$#=/+,.-]/g, '-').slice(-256);

/** Most pairs that a request may have. Source: service model, RequestMetadata. */
const mostPairs = 16;

/**
 * A hash of what calls share: up to the last cache point that works for all of them, else up to where they differ. Equal for two calls exactly when
 * that part is the same to the cache; it tells nothing of the text. `plan`: of this very request.
 */
export const prefixHash = (request: ConverseRequest, plan: CachePlan): string | undefined => {
  const point = plan.checkpoints.findLast(({ verdict, reuse }) => verdict.kind === 'caches' && reuse.kind === 'shared');
  const end = point?.index ?? sharedEnd(plan);
  return prefixChain(request, plan).findLast(({ index }) => index < end)?.hash;
};

/** What a call is of. */
export interface Tagged {
  /** The prompt's id: its file in the workspace, and its own id where the file holds several. */
  readonly prompt: string;
  readonly request: ConverseRequest;
  readonly plan: CachePlan;
}

/**
 * The call with request metadata that joins the service's logs back to the prompt: its id and the hash of its prefix, beside what the prompt says itself.
 * bedrock-mantle takes none; a prompt that has no room for them, or has something of that name, keeps its own.
 */
export const withTags = (call: WireCall, { prompt, request, plan }: Tagged): WireCall => {
  if (call.door === 'Messages') return call;
  const hash = prefixHash(request, plan);
  const tags = { [promptTag]: asValue(prompt), ...(hash === undefined ? {} : { [prefixTag]: hash }) };
  if (call.api !== 'converse') return { ...call, metadata: tags };
  const own = call.body.requestMetadata;
  if (own !== undefined && (typeof own !== 'object' || own === null)) return call;
  const all = { ...tags, ...own };
  return Object.keys(all).length > mostPairs ? call : { ...call, body: { ...call.body, requestMetadata: all } };
};
