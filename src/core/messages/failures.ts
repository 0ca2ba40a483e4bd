import { assertNever } from '../text/assertNever';
import type { RunFailure } from '../runs/failure';
import { accessDenied, modelNotFound } from './accessFailures';
import { interrupted, network, otherAnswer, timeout, unanswered } from './connectionFailures';
import { signInFailure } from './signInFailures';
import { modelFailed, throttled, unavailable } from './quotaFailures';
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
    case 'clock':
      return {
        title: 'The clock of this machine is wrong',
        text: `The service refused the time of the signature of ${whose}, also after its own time was used once.`,
        steps: ['Set the clock of this machine by the network, then run again: a signature is valid for minutes only.'],
        actions: ['runAgain', 'showLog'],
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

const tooDeep: FailureText = {
  title: 'The request is nested too deeply',
  text: 'Nothing was sent: lists and objects in the request stand inside each other more deeply than JSON can be written.',
  steps: ['Look for a tool schema, a tool input or a field of the request with thousands of levels.'],
  actions: ['runAgain', 'showLog'],
};

const tooLong: FailureText = {
  title: 'The request is too long for the model',
  text: 'The request has more tokens than the model’s context window holds, so no model answered it.',
  steps: ['Send less, or choose a model with a larger context window: Compare Models for Prompt shows it for each.'],
  actions: ['runAgain', 'showLog'],
};

const invalidRequest = ({ answered }: FailureContext): FailureText => ({
  title: 'The service refused the request',
  text: answered
    ? 'The service found the request invalid after the answer had begun.'
    : 'The service found the request invalid, so no model answered it.',
  steps: [
    'Read the service’s own words below: they name the field.',
    'Look at the request with Preview Request, and at the problems in the prompt file.',
  ],
  actions: ['runAgain', 'showLog'],
});

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
      return failure.tooLong === true ? tooLong : invalidRequest(context);
    case 'throttled':
      return throttled(failure, context);
    case 'unanswered':
      return unanswered(failure);
    case 'otherAnswer':
      return otherAnswer(failure);
    case 'tooDeep':
      return tooDeep;
    case 'unavailable':
      return unavailable(failure, context);
    case 'modelFailed':
      return modelFailed(failure);
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

/** Whatever ended an answer, what had arrived of it is kept. */
const withKept = (failure: FailureText, { answered }: FailureContext): FailureText => {
  const kept = keptText(answered);
  return failure.text.includes(kept) ? failure : { ...failure, text: `${failure.text}${kept}` };
};

/** What to say about a failure. A run of the emulator is never sent to the emulator, unless it is not there. */
export const describeFailure = (failure: RunFailure, context: FailureContext): FailureText => {
  const text = withKept(textOf(failure, context), context);
  if (context.service !== 'emulator' || failure.code === 'network') return text;
  return { ...text, actions: text.actions.filter((action) => action !== 'useEmulator') };
};
