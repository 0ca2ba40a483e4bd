import { regionOf, resolveModel } from '../../core/models/resolve';
import { lastUserText, type SentRequest } from '../request';
import { routerModels } from './account';

/** From so many characters on a question counts as hard. */
const hardFrom = 200;

/** What a router decided. */
export interface Routed {
  /** The id of the model that answers. */
  readonly modelId: string;
  /** Its ARN, as the trace of the answer names it. */
  readonly arn: string;
}

/**
 * The model that a router sends a request to, or `undefined` for what is no router. The service weighs how well each model would answer; here a long
 * question goes to the larger one, so that a person can bring about either.
 */
export const routeTo = (routerArn: string, request: SentRequest): Routed | undefined => {
  const models = routerModels(routerArn);
  if (models === undefined) return undefined;
  const [smaller, larger] = models;
  const modelId = lastUserText(request).length < hardFrom ? smaller : larger;
  return { modelId, arn: `arn:aws:bedrock:${regionOf(resolveModel(routerArn)) ?? ''}::foundation-model/${modelId}` };
};
