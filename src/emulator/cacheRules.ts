import type { ServiceError } from './errors';
import { invalid, malformed, modelRefuses, serviceError } from './errors';
import { objectOf, stringOf } from './json';
import type { Marker, SentRequest } from './request';
import type { RequestRule, RuleContext } from './requestRule';
import { ofNamedModel } from './requestRule';

/**
 * What the service says of cache points. Texts and their conditions: error reports in public issue trackers of 2025 and 2026
 * and the service model of 2026-10; `docs/emulator.md` lists them by number.
 */
type MarkerRule = (marker: Marker, request: SentRequest, context: RuleContext) => ServiceError | undefined;

const eachMarker =
  (rule: MarkerRule): RequestRule =>
  (request, context) => {
    for (const marker of request.markers) {
      const error = rule(marker, request, context);
      if (error !== undefined) return error;
    }
    return undefined;
  };

const explicitOf = ({ target }: RuleContext) => (target.entry.caching.kind === 'explicit' ? target.entry.caching : undefined);

const modelCaches: RequestRule = (request, context) =>
  request.markers.length > 0 && explicitOf(context) === undefined
    ? serviceError(
        'AccessDeniedException',
        'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
      )
    : undefined;

const fieldIsCacheable = eachMarker(({ place }, _request, context) => {
  const fields = explicitOf(context)?.fields;
  if (fields === undefined || fields.includes(place.field)) return undefined;
  const at = place.field === 'messages' ? `messages/${place.message}/content` : place.field === 'tools' ? 'toolConfig/tools' : 'system';
  return malformed(`#/${at}/${place.index}`, 'extraneous key [cachePoint] is not permitted');
});

const messagesWithTools = ({ blocks }: SentRequest): ReadonlySet<number> =>
  new Set(
    blocks.flatMap(({ place, kind }) =>
      place.field === 'messages' && (kind === 'toolUse' || kind === 'toolResult') ? [place.message] : [],
    ),
  );

const toolTurnsStayFree: RequestRule = (request, context) => {
  if (explicitOf(context)?.refusesToolMessages !== true) return undefined;
  const toolTurns = messagesWithTools(request);
  return eachMarker(({ place, carrier, path }) =>
    place.field === 'messages' && carrier !== undefined && toolTurns.has(place.message)
      ? malformed(`#/${path.replaceAll('.', '/')}`, 'extraneous key [cachePoint] is not permitted')
      : undefined,
  )(request, context);
};

const somethingStandsBefore = eachMarker(({ carrier }) =>
  carrier === undefined ? invalid('There is nothing available to cache. Please remove the invalid cache point and try again.') : undefined,
);

const notAfterReasoning = eachMarker(({ carrier, path }, request) => {
  if (carrier?.kind !== 'reasoningContent') return undefined;
  return request.api === 'messages'
    ? modelRefuses(`${path}.thinking.cache_control: Extra inputs are not permitted`)
    : invalid('Cache point cannot be inserted after reasoning block. Please remove the invalid cache point and try again.');
});

const notAfterTextDocument = eachMarker(({ carrier, place }, request, context) => {
  if (explicitOf(context)?.refusesAfterDocument !== true || request.api !== 'converse') return undefined;
  if (carrier?.kind !== 'document' || place.field !== 'messages') return undefined;
  const format = stringOf(objectOf(objectOf(carrier.value)['document'])['format']);
  return format === 'pdf' ? undefined : invalid(`messages.${place.message}.content.${place.index}.type: Field required`);
});

const ttlIsOffered = eachMarker(({ ttl, path }, _request, context) => {
  const ttls = explicitOf(context)?.ttls;
  // Of a model that has none of the lifetimes that can be written, nobody has seen what it does with one.
  if (ttls === undefined || ttl !== '1h' || ttls.includes('1h') || !ttls.includes('5m')) return undefined;
  return context.target.dialect === 'claude'
    ? invalid(`${path}.cache_control.ephemeral.ttl: Extra inputs are not permitted`)
    : invalid('Extended TTL prompt caching is only supported for Anthropic models');
});

const notTooMany: RequestRule = (request, context) => {
  const limit = explicitOf(context)?.maxCheckpoints;
  const found = request.markers.length;
  return limit === undefined || found <= limit
    ? undefined
    : modelRefuses(`A maximum of ${limit} blocks with cache_control may be provided. Found ${found}.`);
};

const longerTtlFirst: RequestRule = (request, context) => {
  if (explicitOf(context)?.ttls.includes('1h') !== true) return undefined;
  const shorter = request.markers.findIndex(({ ttl }) => ttl !== '1h');
  const wrong = shorter < 0 ? undefined : request.markers.slice(shorter).find(({ ttl }) => ttl === '1h');
  return wrong === undefined
    ? undefined
    : invalid(
        `${wrong.path}.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. ` +
          'Note that blocks are processed in the following order: `tools`, `system`, `messages`.',
      );
};

const latencyAllowsCaching = eachMarker(({ path }, request, { target }) =>
  target.entry.refusesLatencyWithCache === true && objectOf(request.converse['performanceConfig'])['latency'] === 'optimized'
    ? invalid(`${path}.cache_control: Extra inputs are not permitted`)
    : undefined,
);

const onDemand =
  (rule: RequestRule): RequestRule =>
  (request, context) =>
    context.target.kind === 'provisioned' ? undefined : rule(request, context);

/** The service's checks of cache points, in the order in which they are made. */
export const cacheRules: readonly RequestRule[] = [
  onDemand(ofNamedModel(modelCaches)),
  ofNamedModel(fieldIsCacheable),
  somethingStandsBefore,
  ...[toolTurnsStayFree, notAfterReasoning, notAfterTextDocument, ttlIsOffered, notTooMany, longerTtlFirst, latencyAllowsCaching].map(
    ofNamedModel,
  ),
];
