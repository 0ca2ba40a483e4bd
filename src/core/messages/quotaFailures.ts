import { assertNever } from '../text/assertNever';
import { keptText, type FailureContext, type FailureText, type Of } from './failureText';

/** Quotas that are used up, and a service or a model that cannot answer for now. */

/** "3 attempts were refused, with waits of 0.4 s and 1.2 s between them". */
const attemptsText = (attempts: number, { formats, waitsMs = [] }: FailureContext): string => {
  if (attempts <= 1) return 'the call was refused';
  const waits = waitsMs.map((ms) => formats.duration(ms));
  const between = waits.length === 0 ? '' : `, with ${waits.length === 1 ? 'a wait' : 'waits'} of ${waits.join(', ')} between them`;
  return `${formats.tokens(attempts)} attempts were refused${between}`;
};

const reserved = 'lower maxTokens: it is reserved against the quota when the call starts';

export const throttled = ({ midStream, attempts, quota = 'minute' }: Of<'throttled'>, context: FailureContext): FailureText => {
  const stopped = `The service stopped the answer because a quota of the account was used up.${keptText(context.answered)}`;
  const refused = `The account has used up a quota of this model; ${attemptsText(attempts, context)}.`;
  const title = midStream ? 'Throttled in the middle of the answer' : 'Throttled';
  const text = midStream ? stopped : refused;
  switch (quota) {
    case 'minute':
      return {
        title,
        text,
        steps: [
          'Wait a minute, then run again: most quotas are per minute.',
          `If it persists, ask for a higher quota in Service Quotas, or ${reserved}.`,
        ],
        actions: ['runAgain', 'useEmulator'],
      };
    case 'day':
      return {
        title: midStream ? title : 'Throttled for the day',
        text: midStream ? text : 'The account has used up its tokens of the day for this model, so the call was not tried again.',
        steps: [
          'Waiting for minutes does not help: run again tomorrow, or choose another model, Region or inference profile, which have quotas of their own.',
          'For more tokens a day ask for a higher quota in Service Quotas.',
        ],
        actions: ['chooseRegion', 'useEmulator', 'runAgain'],
      };
    case 'account':
      return {
        title: 'A quota of the account is exceeded',
        text: 'The account may not do more of this; waiting does not help, so the call was not tried again.',
        steps: ['Read which quota it is in the service’s own words below, and ask for a higher one in Service Quotas.'],
        actions: ['showLog', 'runAgain', 'useEmulator'],
      };
    default:
      return assertNever(quota);
  }
};

export const unavailable = ({ status }: Of<'unavailable'>, { answered }: FailureContext): FailureText => ({
  title: 'The service is unavailable',
  text: `The service could not answer for reasons of its own${status === undefined ? '' : ` (HTTP ${status})`}.${keptText(answered)}`,
  steps: [
    'Wait a moment and run again.',
    'If it persists, look at the AWS Health Dashboard, or choose another Region or inference profile.',
  ],
  actions: ['runAgain', 'chooseRegion', 'useEmulator'],
});

export const modelFailed = ({ modelId, why }: Of<'modelFailed'>): FailureText => {
  switch (why) {
    case 'notReady':
      return {
        title: 'The model is not ready',
        text: `The service is there, but has not loaded this model yet: ${modelId}.`,
        steps: ['Wait a minute and run again: a model that is seldom called, such as an imported one, takes its time to load.'],
        actions: ['runAgain', 'chooseRegion', 'useEmulator'],
      };
    case 'timeout':
      return {
        title: 'The model took too long',
        text: `The service gave up waiting for the model: ${modelId}. It may be billed for what it did, so the call was not sent again.`,
        steps: ['Ask for a shorter answer (maxTokens), send less, or choose a faster model; then run again.'],
        actions: ['runAgain', 'showLog', 'useEmulator'],
      };
    case 'stream':
      return {
        title: 'The model broke off',
        text: `The model failed in the middle of its answer: ${modelId}. It is not the whole answer, and is billed as far as it came.`,
        steps: ['Run again; if it breaks off each time, ask for a shorter answer or choose another model.'],
        actions: ['runAgain', 'showLog', 'useEmulator'],
      };
    case 'error':
      return {
        title: 'The model failed',
        text: `The model could not cope with this request: ${modelId}. The service itself works.`,
        steps: [
          'Run again; if it fails each time, something in the request is more than the model can cope with: try it with less, or on another model.',
        ],
        actions: ['runAgain', 'showLog', 'useEmulator'],
      };
    default:
      return assertNever(why);
  }
};
