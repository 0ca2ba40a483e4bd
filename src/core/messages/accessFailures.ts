import { assertNever } from '../text/assertNever';
import type { DeniedBy } from '../runs/failure';
import type { FailureText, Of, PanelAction } from './failureText';

/** Refusals by policy, access and address of a model: who says no, and whom to ask. */

const whoDenies = (reason: DeniedBy): string => {
  switch (reason) {
    case 'iam':
      return 'No policy of these credentials allows this model';
    case 'explicitDeny':
      return 'A policy of these credentials denies this model';
    case 'scp':
      return 'A policy of the AWS organization (SCP or RCP) denies this model, whatever the account allows';
    case 'boundary':
      return 'A permissions boundary or session policy of these credentials does not allow this model';
    case 'vpcEndpoint':
      return 'The policy of the VPC endpoint that the call went through does not allow this model';
    case 'modelAccess':
      return 'The account has no access to this model in this Region';
    case 'marketplace':
      return 'The model must be subscribed to in AWS Marketplace first';
    case 'caching':
      return 'The service does not allow prompt caching for this model and account';
    case 'unknown':
      return 'These credentials may not run this model';
    default:
      return assertNever(reason);
  }
};

const ofProfiles = 'For an inference profile the policy must name the profile and the foundation model in each of its Regions.';

const accessSteps = (reason: DeniedBy): readonly string[] => {
  switch (reason) {
    case 'iam':
      return [
        'Ask for the IAM action bedrock:InvokeModelWithResponseStream on this model, and bedrock:CountTokens for exact counts.',
        ofProfiles,
      ];
    case 'explicitDeny':
      return ['Have the statement with the effect Deny changed: an Allow elsewhere does not outweigh it.', ofProfiles];
    case 'scp':
      return [
        'Ask those who manage the AWS organization: nothing in this account can change it. Such policies often allow certain Regions or models only.',
        'Or choose a Region or an inference profile whose Regions are all allowed.',
      ];
    case 'boundary':
      return [
        'Ask those who made the role or the session to widen its boundary: its own policies may already allow the model.',
        ofProfiles,
      ];
    case 'vpcEndpoint':
      return ['Ask those who manage the VPC endpoint to allow the action in its policy, or use another address.'];
    case 'modelAccess':
      return [
        'Ask for access to the model in the Bedrock console of this Region, or check the policies of the organization.',
        'Or choose a Region where the account has it.',
      ];
    case 'marketplace':
      return [
        'Have someone with the rights aws-marketplace:ViewSubscriptions and aws-marketplace:Subscribe run the model once: its first use in an account needs them.',
      ];
    case 'caching':
      return ['Remove the cache points from the prompt, or choose a model that takes them.'];
    case 'unknown':
      return ['Read the service’s own words below, then check the IAM policy and the account’s access to the model.'];
    default:
      return assertNever(reason);
  }
};

const titleOf = (reason: DeniedBy): string => {
  if (reason === 'caching') return 'Prompt caching was refused';
  if (reason === 'scp') return 'Access denied by the organization';
  return reason === 'modelAccess' ? 'No access to the model' : 'Access denied';
};

const actionsOf = (reason: DeniedBy): readonly PanelAction[] => {
  if (reason === 'caching') return ['runAgain', 'showLog'];
  return reason === 'scp' || reason === 'modelAccess'
    ? ['chooseRegion', 'chooseProfile', 'showLog']
    : ['chooseProfile', 'chooseRegion', 'showLog'];
};

export const accessDenied = ({ modelId, reason, deniedIn }: Of<'accessDenied'>): FailureText => ({
  title: titleOf(reason),
  text: `${whoDenies(reason)}: ${modelId}.`,
  steps: [
    ...(deniedIn === undefined
      ? []
      : [
          `It was denied in ${deniedIn}, to which the inference profile led the call: allow the model there, or use a profile without that Region.`,
        ]),
    ...accessSteps(reason),
  ],
  actions: actionsOf(reason),
});

export const modelNotFound = ({ modelId, region, why = 'unknown' }: Of<'modelNotFound'>): FailureText => {
  switch (why) {
    case 'retired':
      return {
        title: 'The model is no longer served',
        text: `Amazon Bedrock has ended this model: ${modelId}.`,
        steps: ['Choose another model: Compare Models for Prompt shows what this prompt would do and cost on each.'],
        actions: ['runAgain', 'showLog'],
      };
    case 'profileNeeded':
      return {
        title: 'The model needs an inference profile',
        text: `This model is not called by its own id: ${modelId}.`,
        steps: [
          'Write the id of an inference profile that contains the model, with a prefix such as us., eu. or global., or the profile’s ARN.',
        ],
        actions: ['runAgain', 'showLog'],
      };
    case 'unknown':
      return {
        title: 'The model was not found',
        text: `Region ${region || 'in use'} does not know this model id, or no longer serves it: ${modelId}.`,
        steps: [
          'Check the id in the prompt file; many models are reached only through an inference profile, with a prefix such as us., eu. or global.',
          'Or choose a Region that serves the model.',
        ],
        actions: ['chooseRegion', 'runAgain'],
      };
    default:
      return assertNever(why);
  }
};
