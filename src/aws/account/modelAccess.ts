import { BedrockClient, GetFoundationModelAvailabilityCommand } from '@aws-sdk/client-bedrock';
import type { ModelAccess, OrFailure } from '../../core/runs/account';
import type { CancelSignal } from '../../core/runs/cancel';
import type { Target } from '../../core/runs/port';
import { inSession } from './session';

/** Questions that are under way at once: an account has about a hundred models, and the control plane throttles. */
const together = 4;

/**
 * Asks for each model whether the account may call it, in the order given; `onAnswer` hears each answer. Ends with the first refusal: the others would
 * be refused as well.
 */
export const modelAccess = (
  modelIds: readonly string[],
  target: Target,
  signal: CancelSignal,
  onAnswer: (modelId: string, access: ModelAccess) => void,
): Promise<OrFailure<{ readonly asked: number }>> =>
  inSession(
    target,
    signal,
    (config) => new BedrockClient(config),
    async (client, { send }) => {
      const waiting = [...modelIds];
      let asked = 0;
      const ask = async (): Promise<void> => {
        for (let modelId = waiting.shift(); modelId !== undefined; modelId = waiting.shift()) {
          const command = new GetFoundationModelAvailabilityCommand({ modelId });
          const answer = await send((options) => client.send(command, options));
          const members = {
            agreementAvailability: answer.agreementAvailability?.status,
            authorizationStatus: answer.authorizationStatus,
            entitlementAvailability: answer.entitlementAvailability,
            regionAvailability: answer.regionAvailability,
          };
          const because = Object.entries(members).flatMap(([name, value]) =>
            value === undefined || value === 'AVAILABLE' || value === 'AUTHORIZED' ? [] : [`${name} ${value}`],
          );
          asked += 1;
          onAnswer(modelId, because.length === 0 ? { kind: 'open' } : { kind: 'closed', because });
        }
      };
      try {
        await Promise.all(Array.from({ length: together }, ask));
      } finally {
        waiting.length = 0;
      }
      return { asked };
    },
  );
