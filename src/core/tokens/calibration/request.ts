import type { ConverseRequest } from '../../request/types';
import { estimateRequest } from '../estimate';
import type { TokenModel } from '../estimate';
import { fieldOf, isLoose, listOf } from '../json';
import { relativeBand, type TokenEstimate } from '../../figures/band';
import type { Likeness } from './correction';
import { hashOf } from '../../text/hash';
import type { RequestShape } from './observations';

/** Hash of all that is counted of a request; settings such as the temperature and cache points are left out. */
export const requestHash = (request: ConverseRequest): string =>
  hashOf([
    fieldOf(request, 'system'),
    fieldOf(request, 'messages'),
    fieldOf(request, 'toolConfig'),
    fieldOf(request, 'additionalModelRequestFields'),
    fieldOf(request, 'outputConfig'),
  ]);

const blocksOf = (request: ConverseRequest): readonly unknown[] => [
  ...listOf(fieldOf(request, 'system')),
  ...listOf(fieldOf(request, 'messages')).flatMap((message) => listOf(fieldOf(message, 'content'))),
];

const partsOf = (block: unknown): readonly unknown[] => [block, ...listOf(fieldOf(fieldOf(block, 'toolResult'), 'content'))];

const toolsOf = (request: ConverseRequest): readonly unknown[] =>
  listOf(fieldOf(fieldOf(request, 'toolConfig'), 'tools')).filter((tool) => fieldOf(tool, 'cachePoint') === undefined);

/** Blocks whose tokens can be told from the request, if roughly. */
const seen: ReadonlySet<string> = new Set([
  'text',
  'json',
  'image',
  'document',
  'toolUse',
  'toolResult',
  'reasoningContent',
  'citationsContent',
  'searchResult',
  'cachePoint',
]);

const isUnseen = (part: unknown): boolean => {
  if (!isLoose(part)) return true;
  const [kind] = Object.keys(part);
  if (kind === undefined || !seen.has(kind)) return true;
  return fieldOf(fieldOf(fieldOf(part, kind), 'source'), 's3Location') !== undefined;
};

/**
 * Does the request hold parts whose tokens cannot be told from it: the service's own tools, film and sound, files after an address,
 * guardrails, stored prompts, blocks of an unknown kind?
 */
export const hasUnseenParts = (request: ConverseRequest): boolean =>
  fieldOf(request, 'guardrailConfig') !== undefined ||
  fieldOf(request, 'promptVariables') !== undefined ||
  toolsOf(request).some((tool) => !isLoose(fieldOf(tool, 'toolSpec'))) ||
  listOf(fieldOf(fieldOf(request, 'additionalModelRequestFields'), 'tools')).length > 0 ||
  fieldOf(fieldOf(request, 'additionalModelRequestFields'), 'mcp_servers') !== undefined ||
  blocksOf(request).flatMap(partsOf).some(isUnseen);

const shapeOf = (request: ConverseRequest): RequestShape => {
  const parts = blocksOf(request).flatMap(partsOf);
  if (parts.some((part) => fieldOf(part, 'image') !== undefined || fieldOf(part, 'document') !== undefined)) return 'media';
  return toolsOf(request).length > 0 ? 'tools' : 'text';
};

/** A text of many kinds and one tool: whatever changes in the estimator changes its figure. */
const probe: ConverseRequest = {
  modelId: '',
  system: [{ text: 'The desk answers 24/7: “déjà vu”, {"total": 1234.5}, return x[i] += 0x1F; // 退货政策 Возврат مرحبا नमस्ते' }],
  messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
  toolConfig: { tools: [{ toolSpec: { name: 'look_up', description: 'Finds an order.', inputSchema: { json: { type: 'object' } } } }] },
};

/** A figure that tells one version of the estimator from another for this model: what was learned of one does not hold for the next. */
export const estimatorOf = (model: TokenModel): number => Math.round(estimateRequest(probe, model).total.likely * 1e4) / 1e4;

/** What a request is likened by; `total` is its uncorrected estimate. */
export const likenessOf = (request: ConverseRequest, model: TokenModel, total: TokenEstimate): Likeness => ({
  shape: shapeOf(request),
  estimated: total.likely,
  band: relativeBand(total),
  estimator: estimatorOf(model),
});

/** The request with its texts taken out: what is left are frames, pictures and pages. */
const withoutTexts = (request: ConverseRequest): ConverseRequest => {
  const empty = (block: unknown): unknown =>
    isLoose(block)
      ? Object.fromEntries(Object.entries(block).map(([key, value]) => [key, key === 'text' ? '' : key === 'toolResult' ? {} : value]))
      : block;
  const toolConfig = fieldOf(request, 'toolConfig');
  const tools = toolsOf(request).map(() => ({ toolSpec: {} }));
  return {
    ...request,
    system: listOf(fieldOf(request, 'system')).map(empty),
    messages: listOf(fieldOf(request, 'messages')).map((message) => ({
      ...(isLoose(message) ? message : {}),
      content: listOf(fieldOf(message, 'content')).map(empty),
    })),
    ...(toolConfig === undefined ? {} : { toolConfig: { ...(isLoose(toolConfig) ? toolConfig : {}), tools } }),
  } as unknown as ConverseRequest; // only an estimate is made of it, which takes any JSON
};

/** Tokens of a request that come from its own texts. */
export const textTokens = (request: ConverseRequest, model: TokenModel, total: TokenEstimate): number =>
  Math.max(0, total.likely - estimateRequest(withoutTexts(request), model).total.likely);
