import { findEntry } from '../../core/models/catalog';
import type { Json, JsonObject } from '../../core/text/json';
import { invalid, serviceError, type ServiceError } from '../errors';
import type { Exchange } from '../exchange';
import { headerOf, sendError, sendJson } from '../http';
import { stringOf } from '../json';
import type { EmulatorState } from '../state';
import { isOpen, modelsIn, profilesIn, provisionedIn, routersIn, type EmulatedProfile } from './account';

/** An answer of a control plane. */
export type Answered = { readonly status: number; readonly body: JsonObject } | ServiceError;

const ok = (body: JsonObject): Answered => ({ status: 200, body });
const isRefusal = (answer: Answered): answer is ServiceError => 'message' in answer;

/** The Region that a signature is for; a bearer token names none. */
export const regionOf = (exchange: Exchange): string =>
  /Credential=[^/\s]+\/\d{8}\/([a-z0-9-]+)\//.exec(headerOf(exchange, 'authorization') ?? '')?.[1] ?? 'us-east-1';

/** One page of a list: `nextToken` is where the next begins. */
export const pageOf = <T extends Json>(all: readonly T[], query: URLSearchParams, name: string): Answered => {
  const start = Number(query.get('nextToken') ?? 0);
  const size = Number(query.get('maxResults') ?? 100);
  if (!Number.isInteger(start) || start < 0) return invalid('The value of nextToken is not valid.');
  if (!(size >= 1 && size <= 1000)) return invalid('The value of maxResults must be between 1 and 1000.');
  const next = start + size;
  return ok({ [name]: all.slice(start, next), ...(next < all.length ? { nextToken: String(next) } : {}) });
};

const summaryOf = ({ id, arn, name, type, modelArns }: EmulatedProfile): JsonObject => ({
  inferenceProfileName: name,
  inferenceProfileArn: arn,
  inferenceProfileId: id,
  models: modelArns.map((modelArn) => ({ modelArn })),
  status: 'ACTIVE',
  type,
});

const notFound = (what: string): ServiceError => serviceError('ResourceNotFoundException', `${what} was not found.`);

const one = (found: JsonObject | undefined, what: string): Answered => (found === undefined ? notFound(what) : ok(found));

const availability = (modelId: string): Answered => {
  const entry = findEntry(modelId);
  if (entry === undefined) return notFound('The model');
  const open = isOpen(entry);
  return ok({
    modelId,
    agreementAvailability: { status: open ? 'AVAILABLE' : 'NOT_AVAILABLE' },
    authorizationStatus: 'AUTHORIZED',
    entitlementAvailability: open ? 'AVAILABLE' : 'NOT_AVAILABLE',
    regionAvailability: 'AVAILABLE',
  });
};

interface Asked {
  readonly region: string;
  readonly query: URLSearchParams;
  readonly state: EmulatorState;
}

type Operation = (asked: Asked, name: string) => Answered;

const listProfiles: Operation = ({ region, query, state }) => {
  const type = query.get('type') ?? 'SYSTEM_DEFINED';
  const all = profilesIn(region, state.profileModels).filter((profile) => profile.type === type);
  return pageOf(all.map(summaryOf), query, 'inferenceProfileSummaries');
};

const getProfile: Operation = ({ region, state }, name) => {
  const found = profilesIn(region, state.profileModels).find(({ id, arn }) => id === name || arn === name);
  return one(found && summaryOf(found), 'The inference profile');
};

const named = (all: readonly JsonObject[], member: string, name: string): JsonObject | undefined =>
  all.find((entry) => stringOf(entry[member]) === name);

/** Operations of Amazon Bedrock, by the first part of their path; with a second part one thing is asked about. Source: API reference, 2026-11. */
const operations: Readonly<Record<string, { readonly list?: Operation; readonly get?: Operation }>> = {
  'inference-profiles': { list: listProfiles, get: getProfile },
  'foundation-models': {
    list: ({ region }) => ok({ modelSummaries: modelsIn(region) }),
    get: ({ region }, name) => {
      const found = named(modelsIn(region), 'modelId', name);
      return one(found && { modelDetails: found }, 'The model');
    },
  },
  'foundation-model-availability': { get: (_asked, name) => availability(name) },
  'prompt-routers': {
    list: ({ region, query }) => pageOf(routersIn(region), query, 'promptRouterSummaries'),
    get: ({ region }, name) => one(named(routersIn(region), 'promptRouterArn', name), 'The prompt router'),
  },
  'provisioned-model-throughputs': {
    list: ({ region, query, state }) => pageOf(provisionedIn(region, state.profileModels), query, 'provisionedModelSummaries'),
  },
  'provisioned-model-throughput': {
    get: ({ region, state }, name) =>
      one(named(provisionedIn(region, state.profileModels), 'provisionedModelArn', name), 'The provisioned model'),
  },
};

/** The operation that a method and a path name, or `undefined`: it is none of the control plane. */
export const findControlRoute = (method: string, url: string): ((asked: Asked) => Answered) | undefined => {
  const match = /^\/([a-z-]+)(?:\/(.+?))?\/?$/.exec(url.split('?', 1)[0] ?? '');
  const operation = operations[match?.[1] ?? ''];
  const work = match?.[2] === undefined ? operation?.list : operation?.get;
  if (method !== 'GET' || work === undefined) return undefined;
  try {
    const name = decodeURIComponent(match?.[2] ?? '');
    return (asked) => work(asked, name);
  } catch {
    return undefined;
  }
};

/** Sends what an operation answered, as the service does. */
export const send = (exchange: Exchange, answer: Answered, state: EmulatorState): void => {
  const headers = { 'x-amzn-requestid': state.newId() };
  if (isRefusal(answer)) sendError(exchange, answer, headers);
  else sendJson(exchange, answer.status, answer.body, headers);
};

/** Any signature or token will do, but there must be one. */
const isSigned = (exchange: Exchange): boolean => /^(AWS4-|Bearer\s+\S)/.test(headerOf(exchange, 'authorization') ?? '');

export const missingToken = serviceError('MissingAuthenticationTokenException', 'Missing Authentication Token');

/** Answers one question about the emulated account. */
export const handleControlPlane = (work: (asked: Asked) => Answered, exchange: Exchange, state: EmulatorState): void => {
  exchange.body.resume();
  const query = new URLSearchParams(exchange.url.split('?')[1] ?? '');
  send(exchange, isSigned(exchange) ? work({ region: regionOf(exchange), query, state }) : missingToken, state);
  state.log(`${exchange.method} ${exchange.url.split('?', 1)[0] ?? ''}`);
};
