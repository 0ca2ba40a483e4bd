import {
  BedrockClient,
  GetCustomModelCommand,
  GetInferenceProfileCommand,
  GetPromptRouterCommand,
  GetProvisionedModelThroughputCommand,
} from '@aws-sdk/client-bedrock';
import { nameInArn } from '../../core/models/behind';
import { resolveModel as resolveId } from '../../core/models/resolve';
import type { Callable, OrFailure } from '../../core/runs/account';
import type { CancelSignal } from '../../core/runs/cancel';
import type { Target } from '../../core/runs/port';
import { profileOf, provisionedOf, routerOf } from './listModels';
import { inSession, type Session } from './session';

/** Kinds of ARN that the control plane can be asked about. */
const lookUp = async (arn: string, client: BedrockClient, { send }: Session): Promise<Callable | undefined> => {
  const resolution = resolveId(arn);
  switch (resolution.kind === 'opaque' ? resolution.resource : undefined) {
    case 'applicationProfile':
      return profileOf(await send((options) => client.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: arn }), options)));
    case 'promptRouter':
      return routerOf(await send((options) => client.send(new GetPromptRouterCommand({ promptRouterArn: arn }), options)));
    case 'provisioned':
      return provisionedOf(
        await send((options) => client.send(new GetProvisionedModelThroughputCommand({ provisionedModelId: arn }), options)),
      );
    case 'customModel': {
      // A deployment of one has an ARN of another kind, which this operation does not take.
      if (!arn.includes(':custom-model/')) return undefined;
      const { baseModelArn = '', modelName = arn } = await send((options) =>
        client.send(new GetCustomModelCommand({ modelIdentifier: arn }), options),
      );
      const modelId = nameInArn(baseModelArn);
      return modelId === undefined
        ? undefined
        : { id: arn, kind: 'model', name: modelName, modelIds: [modelId], regions: [], worldwide: false };
    }
    default:
      return undefined;
  }
};

/**
 * The models behind an ARN, asked in the Region that the ARN names. `undefined`: the service knows the ARN, and no model of the account stands
 * behind it, or it is of a kind that cannot be asked about.
 */
export const resolveModel = (
  arn: string,
  target: Target,
  signal: CancelSignal,
): Promise<OrFailure<{ readonly found: Callable | undefined }>> => {
  const resolution = resolveId(arn);
  const region = ('region' in resolution ? resolution.region : undefined) ?? target.region;
  return inSession(
    { ...target, region },
    signal,
    (config) => new BedrockClient(config),
    async (client, session) => {
      const found = await lookUp(arn, client, session);
      return { found: found && found.regions.length === 0 && !found.worldwide ? { ...found, regions: [session.region] } : found };
    },
    { about: arn },
  );
};
