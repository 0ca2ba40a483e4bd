import type { OpaqueResource } from '../../models/resolve';
import { modelPlace } from '../lines';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/opaque-profile': { readonly resource: OpaqueResource; readonly mappedTo: string | undefined };
  }
}

const opaqueNames: { readonly [R in OpaqueResource]: string } = {
  applicationProfile: 'This application inference profile',
  provisioned: 'This provisioned model',
  prompt: 'This managed prompt',
  promptRouter: 'This prompt router',
  customModel: 'This custom model',
  importedModel: 'This imported model',
  endpoint: 'This endpoint',
  other: 'This ARN',
};

/** An ARN that hides its model, for which no setting names it: minimums, limits and prices are not known. */
export const opaqueProfile: Rule<'cache/opaque-profile'> = {
  code: 'cache/opaque-profile',
  severity: 'information',
  sources: ['AWS user guide, Inference profiles, 2026-10'],
  says: ({ resource, mappedTo }) =>
    mappedTo === undefined
      ? `${opaqueNames[resource]} hides its model, so minimums, limits and prices are not known. Ask the account for it, or name it in the setting cachepoint.profileModels.`
      : `${opaqueNames[resource]} is mapped to ${mappedTo}, which the catalog does not know, so minimums, limits and prices are not known. Correct the setting cachepoint.profileModels.`,
  *check({ plan, prompt, text }) {
    const { resolution, checkpoints } = plan;
    if (resolution.kind !== 'opaque' || resolution.entry !== undefined) return;
    const { resource, mappedTo } = resolution;
    const saidAlready = checkpoints.length > 0 && (resource === 'provisioned' || resource === 'promptRouter');
    if (!saidAlready) yield { code: 'cache/opaque-profile', span: modelPlace(text, prompt), data: { resource, mappedTo } };
  },
};
