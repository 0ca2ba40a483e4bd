import {
  BedrockClient,
  ListFoundationModelsCommand,
  ListInferenceProfilesCommand,
  ListPromptRoutersCommand,
  ListProvisionedModelThroughputsCommand,
} from '@aws-sdk/client-bedrock';
import type {
  FoundationModelSummary,
  InferenceProfileSummary,
  PromptRouterSummary,
  ProvisionedModelSummary,
} from '@aws-sdk/client-bedrock';
import { modelBehind, nameInArn } from '../../core/models/behind';
import type { AccountModels, Callable, OrFailure, Ungiven } from '../../core/runs/account';
import type { CancelSignal } from '../../core/runs/cancel';
import type { Target } from '../../core/runs/port';
import { pages, token, type Page } from './pages';
import { inSession, type Session } from './session';

const arnsOf = (models: readonly { readonly modelArn?: string | undefined }[] | undefined): readonly string[] =>
  (models ?? []).flatMap(({ modelArn }) => modelArn ?? []);

/** A profile as the list has it, or as GetInferenceProfile tells it. */
export const profileOf = (summary: Partial<InferenceProfileSummary>): Callable | undefined => {
  const isOwn = summary.type === 'APPLICATION';
  const id = isOwn ? summary.inferenceProfileArn : summary.inferenceProfileId;
  const behind = modelBehind(arnsOf(summary.models));
  if (id === undefined || behind === undefined || (summary.status ?? 'ACTIVE') !== 'ACTIVE') return undefined;
  const { regions, worldwide } = behind;
  const name = summary.inferenceProfileName ?? id;
  return { id, kind: isOwn ? 'applicationProfile' : 'profile', name, modelIds: [isOwn ? behind.modelId : id], regions, worldwide };
};

/** A router with the models that it chooses between. */
export const routerOf = ({ promptRouterArn, promptRouterName, models }: Partial<PromptRouterSummary>): Callable | undefined => {
  const behind = arnsOf(models).flatMap((arn) => modelBehind([arn]) ?? []);
  if (promptRouterArn === undefined || behind.length === 0) return undefined;
  return {
    id: promptRouterArn,
    kind: 'router',
    name: promptRouterName ?? promptRouterArn,
    modelIds: behind.map(({ modelId }) => modelId),
    regions: [...new Set(behind.flatMap(({ regions }) => regions))].sort(),
    worldwide: behind.some(({ worldwide }) => worldwide),
  };
};

/** Provisioned Throughput with the model that was bought. */
export const provisionedOf = (summary: Partial<ProvisionedModelSummary>): Callable | undefined => {
  const { provisionedModelArn, provisionedModelName, foundationModelArn, modelArn, status } = summary;
  const modelId = nameInArn(foundationModelArn ?? modelArn ?? '');
  if (provisionedModelArn === undefined || modelId === undefined || (status ?? 'InService') !== 'InService') return undefined;
  const name = provisionedModelName ?? provisionedModelArn;
  return { id: provisionedModelArn, kind: 'provisioned', name, modelIds: [modelId], regions: [], worldwide: false };
};

/** A model that answers in this Region by its own id, with text. */
const modelOf = (summary: FoundationModelSummary): Callable | undefined => {
  const { modelId, modelName, inferenceTypesSupported = [], outputModalities = [] } = summary;
  if (modelId === undefined || !inferenceTypesSupported.includes('ON_DEMAND') || !outputModalities.includes('TEXT')) return undefined;
  return { id: modelId, kind: 'model', name: modelName ?? modelId, modelIds: [modelId], regions: [], worldwide: false };
};

type List = (client: BedrockClient, session: Session) => Promise<readonly Callable[]>;

const listOf =
  <T>(
    fetch: (client: BedrockClient, nextToken: string | undefined, options: { readonly abortSignal: AbortSignal }) => Page<T>,
    read: (entry: T) => Callable | undefined,
  ): List =>
  async (client, { send }) =>
    (await pages((nextToken) => send((options) => fetch(client, nextToken, options)))).flatMap((entry) => read(entry) ?? []);

const profiles = listOf(async (client, nextToken, options) => {
  const answer = await client.send(new ListInferenceProfilesCommand({ maxResults: 100, ...token(nextToken) }), options);
  return { entries: answer.inferenceProfileSummaries, nextToken: answer.nextToken };
}, profileOf);

/** AWS defines profiles and the account makes others; without a type only the former are listed. */
const ownProfiles = listOf(async (client, nextToken, options) => {
  const command = new ListInferenceProfilesCommand({ maxResults: 100, typeEquals: 'APPLICATION', ...token(nextToken) });
  const answer = await client.send(command, options);
  return { entries: answer.inferenceProfileSummaries, nextToken: answer.nextToken };
}, profileOf);

const models = listOf(async (client, _nextToken, options) => {
  const answer = await client.send(new ListFoundationModelsCommand({ byOutputModality: 'TEXT' }), options);
  return { entries: answer.modelSummaries };
}, modelOf);

const routers = listOf(async (client, nextToken, options) => {
  const answer = await client.send(new ListPromptRoutersCommand({ maxResults: 100, ...token(nextToken) }), options);
  return { entries: answer.promptRouterSummaries, nextToken: answer.nextToken };
}, routerOf);

const provisioned = listOf(async (client, nextToken, options) => {
  const answer = await client.send(new ListProvisionedModelThroughputsCommand({ maxResults: 100, ...token(nextToken) }), options);
  return { entries: answer.provisionedModelSummaries, nextToken: answer.nextToken };
}, provisionedOf);

/** What is asked for, by the IAM action that it needs. */
const lists: readonly (readonly [action: string, list: List])[] = [
  ['bedrock:ListInferenceProfiles', ownProfiles],
  ['bedrock:ListInferenceProfiles', profiles],
  ['bedrock:ListFoundationModels', models],
  ['bedrock:ListPromptRouters', routers],
  ['bedrock:ListProvisionedModelThroughputs', provisioned],
];

/** A callable of a Region alone is processed there. */
const inRegion = (callable: Callable, region: string): Callable =>
  callable.regions.length > 0 || callable.worldwide ? callable : { ...callable, regions: [region] };

/**
 * Everything that the account can name as a model in the target's Region. A list that is refused is told beside the others; where all are, the
 * first refusal is the answer.
 */
export const listModels = (target: Target, signal: CancelSignal): Promise<OrFailure<AccountModels>> =>
  inSession(
    target,
    signal,
    (config) => new BedrockClient(config),
    async (client, session) => {
      const asked = await Promise.all(
        lists.map(async ([action, list]) => {
          try {
            return await list(client, session);
          } catch (error) {
            const ungiven: Ungiven = { action, failure: session.failureOf(error, '') };
            return ungiven;
          }
        }),
      );
      const ungiven = asked.filter((answer): answer is Ungiven => 'failure' in answer);
      const [first] = ungiven;
      if (first !== undefined && (ungiven.length === asked.length || first.failure.code === 'canceled')) return first.failure;
      const found = asked.flatMap((answer) => ('failure' in answer ? [] : answer));
      const callables = [...new Map(found.map((one) => [one.id, inRegion(one, session.region)])).values()];
      const actions = [...new Map(ungiven.map((one) => [one.action, one])).values()];
      return { region: session.region, callables, ungiven: actions };
    },
  );
