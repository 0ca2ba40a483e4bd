import { assertNever } from '../text/assertNever';
import type { RunFailure } from '../runs/failure';
import { interrupted, network, otherAnswer, timeout, unanswered } from './connectionFailures';
import { signInFailure } from './signInFailures';
import { keptText, offline, type FailureContext, type FailureText, type Of } from './failureText';

const credentials = ({ reason, profile }: Of<'credentials'>): FailureText => {
  const whose = profile === undefined ? 'the default credentials' : `profile ${profile}`;
  switch (reason) {
    case 'missing':
      return {
        title: 'No AWS credentials found',
        text: `Nothing was sent: ${profile === undefined ? 'no credentials were found on this machine' : `${whose} gave no credentials`}.`,
        steps: ['Choose an AWS profile, or sign in with `aws login` or `aws configure sso`.', offline],
        actions: ['chooseProfile', 'signIn', 'useEmulator'],
      };
    case 'expired':
      return {
        title: 'The AWS login has expired',
        text: `The login of ${whose} has ended.`,
        steps: [`Sign in again${profile === undefined ? '' : `: \`aws sso login --profile ${profile}\``}, then run once more.`, offline],
        actions: ['signIn', 'runAgain', 'chooseProfile', 'useEmulator'],
      };
    case 'invalid':
      return {
        title: 'AWS refused the credentials',
        text: `The service did not accept the signature or token of ${whose}.`,
        steps: [
          'Check for old keys: AWS_ACCESS_KEY_ID and AWS_BEARER_TOKEN_BEDROCK in the environment come before a profile that was not chosen here.',
          'Check that the clock of this machine is right: a signature is valid for minutes only.',
        ],
        actions: ['chooseProfile', 'signIn', 'showLog'],
      };
    case 'malformed':
      return {
        title: 'The key or token cannot be sent',
        text: 'Nothing was sent: the API key or session token holds a line break, or another character that no header may hold.',
        steps: ['Set AWS_BEARER_TOKEN_BEDROCK or AWS_SESSION_TOKEN again without it, then restart VS Code.', offline],
        actions: ['chooseProfile', 'useEmulator'],
      };
    default:
      return assertNever(reason);
  }
};

const regionMissing = ({ profile }: Of<'regionMissing'>): FailureText => ({
  title: 'No AWS Region is known',
  text: 'Nothing was sent: the setting cachepoint.region is empty, and neither the profile nor the environment names a Region.',
  steps: [
    `Choose a Region, or set it in ${profile === undefined ? 'the default profile' : `profile ${profile}`} of ~/.aws/config or in AWS_REGION.`,
    offline,
  ],
  actions: ['chooseRegion', 'chooseProfile', 'useEmulator'],
});

const accessSteps = (reason: Of<'accessDenied'>['reason']): readonly string[] => {
  switch (reason) {
    case 'iam':
      return [
        'Ask for the IAM action bedrock:InvokeModelWithResponseStream on this model, and bedrock:CountTokens for exact counts.',
        'For an inference profile the policy must name the profile and the foundation model in each of its Regions.',
      ];
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

const accessDenied = ({ modelId, reason }: Of<'accessDenied'>): FailureText => ({
  title: reason === 'caching' ? 'Prompt caching was refused' : 'Access denied',
  text:
    reason === 'caching'
      ? `The service does not allow prompt caching for this model and account: ${modelId}.`
      : `These credentials may not run this model: ${modelId}.`,
  steps: accessSteps(reason),
  actions: reason === 'caching' ? ['runAgain', 'showLog'] : ['chooseProfile', 'chooseRegion', 'showLog'],
});

const modelNotFound = ({ modelId, region }: Of<'modelNotFound'>): FailureText => ({
  title: 'The model was not found',
  text: `Region ${region || 'in use'} does not know this model id, or no longer serves it: ${modelId}.`,
  steps: [
    'Check the id in the prompt file; many models are reached only through an inference profile, with a prefix such as us., eu. or global.',
    'Or choose a Region that serves the model.',
  ],
  actions: ['chooseRegion', 'runAgain'],
});

const throttled = ({ midStream, attempts }: Of<'throttled'>, { formats, answered }: FailureContext): FailureText => ({
  title: midStream ? 'Throttled in the middle of the answer' : 'Throttled',
  text: midStream
    ? `The service stopped the answer because a quota of the account was used up.${keptText(answered)}`
    : `The account has used up a quota of this model; ${attempts > 1 ? `${formats.tokens(attempts)} attempts were refused` : 'the call was refused'}.`,
  steps: [
    'Wait a minute, then run again: most quotas are per minute.',
    'If it persists, ask for a higher quota in Service Quotas, or lower maxTokens: it is reserved against the quota when the call starts.',
  ],
  actions: ['runAgain', 'useEmulator'],
});

const tooDeep: FailureText = {
  title: 'The request is nested too deeply',
  text: 'Nothing was sent: lists and objects in the request stand inside each other more deeply than JSON can be written.',
  steps: ['Look for a tool schema, a tool input or a field of the request with thousands of levels.'],
  actions: ['runAgain', 'showLog'],
};

const unavailable = ({ status }: Of<'unavailable'>): FailureText => ({
  title: 'The service is unavailable',
  text: `The service could not answer for reasons of its own${status === undefined ? '' : ` (HTTP ${status})`}.`,
  steps: [
    'Wait a moment and run again.',
    'If it persists, look at the AWS Health Dashboard, or choose another Region or inference profile.',
  ],
  actions: ['runAgain', 'chooseRegion', 'useEmulator'],
});

const invalidRequest: FailureText = {
  title: 'The service refused the request',
  text: 'The service found the request invalid, so no model answered it.',
  steps: [
    'Read the service’s own words below: they name the field.',
    'Look at the request with Preview Request, and at the problems in the prompt file.',
  ],
  actions: ['runAgain', 'showLog'],
};

const canceled = ({ answered }: FailureContext): FailureText => ({
  title: 'Canceled',
  text: `You stopped this run.${keptText(answered)}`,
  steps: [],
  actions: ['runAgain'],
});

const unexpected: FailureText = {
  title: 'The run failed',
  text: 'The SDK or the service gave an error that Cachepoint does not know.',
  steps: ['Read the details below and the log, then run again.'],
  actions: ['runAgain', 'showLog'],
};

const textOf = (failure: RunFailure, context: FailureContext): FailureText => {
  switch (failure.code) {
    case 'regionMissing':
      return regionMissing(failure);
    case 'credentials':
      return credentials(failure);
    case 'signIn':
      return signInFailure(failure);
    case 'accessDenied':
      return accessDenied(failure);
    case 'modelNotFound':
      return modelNotFound(failure);
    case 'invalidRequest':
      return invalidRequest;
    case 'throttled':
      return throttled(failure, context);
    case 'unanswered':
      return unanswered(failure);
    case 'otherAnswer':
      return otherAnswer(failure);
    case 'tooDeep':
      return tooDeep;
    case 'unavailable':
      return unavailable(failure);
    case 'timeout':
      return timeout(failure, context);
    case 'network':
      return network(failure, context);
    case 'interrupted':
      return interrupted(context);
    case 'canceled':
      return canceled(context);
    case 'unexpected':
      return unexpected;
    default:
      return assertNever(failure);
  }
};

/** What to say about a failure. A run of the emulator is never sent to the emulator, unless it is not there. */
export const describeFailure = (failure: RunFailure, context: FailureContext): FailureText => {
  const text = textOf(failure, context);
  if (context.service !== 'emulator' || failure.code === 'network') return text;
  return { ...text, actions: text.actions.filter((action) => action !== 'useEmulator') };
};
