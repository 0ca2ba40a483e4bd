import { catalog, findEntry } from '../../core/models/catalog';
import { suggestProfile } from '../../core/models/profiles';
import { resolveModel } from '../../core/models/resolve';
import type { ModelEntry } from '../../core/models/types';
import type { JsonObject } from '../../core/text/json';
import type { ProfileModels } from '../target';

/** The one account that the emulator plays: what stands in its lists. Examples are made up; models and profiles are the catalog's. */

export const accountId = '123456789012';

/** Regions to which a geography's profiles send calls. Source: AWS user guide, Supported Regions of inference profiles, read 2026-10, abridged. */
const destinations: Readonly<Record<string, readonly string[]>> = {
  us: ['us-east-1', 'us-east-2', 'us-west-2'],
  'us-gov': ['us-gov-east-1', 'us-gov-west-1'],
  eu: ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'],
  apac: ['ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  jp: ['ap-northeast-1', 'ap-northeast-3'],
  au: ['ap-southeast-2', 'ap-southeast-4'],
  in: ['ap-south-1', 'ap-south-2'],
  ca: ['ca-central-1', 'ca-west-1'],
};

/** A default router of the service, by the part of its ARN; the second model is the larger one. The service has others, of older models. */
const defaultRouters: Readonly<Record<string, readonly [smaller: string, larger: string]>> = {
  'amazon.nova:1': ['amazon.nova-lite-v1:0', 'amazon.nova-pro-v1:0'],
};

const arn = (region: string, rest: string, owner = accountId): string => `arn:aws:bedrock:${region}:${owner}:${rest}`;
const modelArn = (region: string, id: string): string => arn(region, `foundation-model/${id}`, '');

const isServed = ({ lifecycle, surfaces }: ModelEntry): boolean => lifecycle.kind !== 'retired' && surfaces.includes('runtime');

/** Does the account wait for an invitation? */
export const isOpen = ({ lifecycle }: ModelEntry): boolean => lifecycle.kind !== 'gated';

export interface EmulatedProfile {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly type: 'SYSTEM_DEFINED' | 'APPLICATION';
  readonly modelArns: readonly string[];
}

const modelArnsOf = (prefix: string, modelId: string, region: string): readonly string[] =>
  prefix === 'global'
    ? [modelArn(region, modelId), modelArn('', modelId)]
    : [...new Set([region, ...(destinations[prefix] ?? [])])].map((one) => modelArn(one, modelId));

const systemProfiles = (region: string): readonly EmulatedProfile[] =>
  catalog.filter(isServed).flatMap((entry) =>
    suggestProfile(entry, region).map((id): EmulatedProfile => {
      const prefix = id.slice(0, -entry.id.length - 1);
      const name = `${prefix === 'global' ? 'Global' : prefix.toUpperCase()} ${entry.name}`;
      return {
        id,
        arn: arn(region, `inference-profile/${id}`),
        name,
        type: 'SYSTEM_DEFINED',
        modelArns: modelArnsOf(prefix, entry.id, region),
      };
    }),
  );

const ownProfile = (profileArn: string, modelId: string, region: string): readonly EmulatedProfile[] => {
  const resolution = resolveModel(modelId);
  if (resolution.kind !== 'bare' && resolution.kind !== 'profile') return [];
  const id = profileArn.slice(profileArn.lastIndexOf('/') + 1);
  const prefix = resolution.kind === 'profile' ? resolution.prefix : '';
  const modelArns = modelArnsOf(prefix, resolution.entry.id, region);
  return [{ id, arn: profileArn, name: `example-${id}`, type: 'APPLICATION', modelArns }];
};

/** Resources whose ARNs hide a model: an example of each, besides those that the emulator was started with. */
const exampleModels = (region: string): ProfileModels => {
  const sonnet = findEntry('anthropic.claude-sonnet-4-6');
  const [profile = 'anthropic.claude-sonnet-4-6'] = sonnet === undefined ? [] : suggestProfile(sonnet, region);
  return {
    [arn(region, 'application-inference-profile/cachepoint01')]: profile,
    [arn(region, 'provisioned-model/cachepoint01')]: 'amazon.nova-lite-v1:0',
  };
};

/** Opaque ARN → model id: those given, and the examples of a Region. */
export const hiddenModels = (given: ProfileModels, region: string): ProfileModels => ({ ...exampleModels(region), ...given });

const hiddenOf = (type: string, given: ProfileModels, region: string): readonly (readonly [arn: string, modelId: string])[] =>
  Object.entries(hiddenModels(given, region)).filter(([one]) => one.includes(`:bedrock:${region}:`) && one.includes(`:${type}/`));

/** All inference profiles of the account in a Region. */
export const profilesIn = (region: string, given: ProfileModels): readonly EmulatedProfile[] => [
  ...hiddenOf('application-inference-profile', given, region).flatMap(([one, modelId]) => ownProfile(one, modelId, region)),
  ...systemProfiles(region),
];

/** Foundation models as ListFoundationModels tells them. */
export const modelsIn = (region: string): readonly JsonObject[] =>
  catalog.filter(isServed).map((entry) => ({
    modelArn: modelArn(region, entry.id),
    modelId: entry.id,
    modelName: entry.name,
    providerName: entry.provider,
    inputModalities: ['TEXT'],
    outputModalities: ['TEXT'],
    responseStreamingSupported: true,
    inferenceTypesSupported: entry.onDemand === true ? ['ON_DEMAND'] : [],
    modelLifecycle: { status: entry.lifecycle.kind === 'legacy' ? 'LEGACY' : 'ACTIVE' },
  }));

/** The models of a default router, in the Region of its ARN. */
export const routerModels = (routerArn: string): readonly [smaller: string, larger: string] | undefined =>
  defaultRouters[/:default-prompt-router\/(.+)$/.exec(routerArn)?.[1] ?? ''];

/** Prompt routers as ListPromptRouters tells them. */
export const routersIn = (region: string): readonly JsonObject[] =>
  Object.entries(defaultRouters).map(([name, ids]) => {
    const models = ids.map((id) => ({ modelArn: modelArn(region, id) }));
    return {
      promptRouterName: `${name.split('.')[0] ?? ''} Prompt Router`,
      promptRouterArn: arn(region, `default-prompt-router/${name}`),
      routingCriteria: { responseQualityDifference: 0 },
      models,
      fallbackModel: models[0] ?? {},
      status: 'AVAILABLE',
      type: 'default',
    };
  });

/** Provisioned Throughput as ListProvisionedModelThroughputs tells it. */
export const provisionedIn = (region: string, given: ProfileModels): readonly JsonObject[] =>
  hiddenOf('provisioned-model', given, region).map(([one, modelId]) => ({
    provisionedModelName: `example-${one.slice(one.lastIndexOf('/') + 1)}`,
    provisionedModelArn: one,
    modelArn: modelArn(region, modelId),
    desiredModelArn: modelArn(region, modelId),
    foundationModelArn: modelArn(region, modelId),
    modelUnits: 1,
    desiredModelUnits: 1,
    status: 'InService',
  }));
