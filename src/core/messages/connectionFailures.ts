import { assertNever } from '../text/assertNever';
import { keptText, type FailureContext, type FailureText, type Of } from './failureText';

/** Failures of the connection, and answers that are none of the service's: what happened, and what to do next. */

export const network = ({ endpoint, cause }: Of<'network'>, { service }: FailureContext): FailureText =>
  service === 'emulator'
    ? {
        title: 'The local emulator does not answer',
        text: `Nothing listens at ${endpoint} (${cause}).`,
        steps: ['Start the emulator, then run again.'],
        actions: ['useEmulator', 'runAgain'],
      }
    : {
        title: 'The endpoint could not be reached',
        text: `No connection to ${endpoint} (${cause}).`,
        steps: [
          'Check the network, VPN and proxy: VS Code’s http.proxySupport must be override or fallback for extensions to use its proxy.',
          service === 'custom'
            ? 'Check the address in the setting cachepoint.endpoint.'
            : 'Check the Region: its name is part of the address.',
        ],
        actions: [service === 'custom' ? 'openSettings' : 'chooseRegion', 'runAgain', 'useEmulator'],
      };

export const unanswered = ({ endpoint, cause }: Of<'unanswered'>): FailureText => ({
  title: 'The connection ended without an answer',
  text:
    `The connection to ${endpoint} ended before an answer came (${cause}). ` +
    'The call had left, so it may have been processed and billed; it was not sent again.',
  steps: ['Run again. If it happens often, look for a proxy, VPN or firewall that closes connections while a model is at work.'],
  actions: ['runAgain', 'showLog'],
});

const otherAnswerText = ({ endpoint, answer, said }: Of<'otherAnswer'>): string => {
  switch (answer) {
    case 'json':
      return `${endpoint} answered with JSON of another kind than the call asks for.`;
    case 'notJson':
      return `${endpoint} answered with something that it calls JSON, and that is none.`;
    case 'empty':
      return `${endpoint} took the call and answered with nothing.`;
    case 'otherType':
      return `${endpoint} answered with ${said ?? 'something else'}, and not as Bedrock Runtime does.`;
    case 'notHttp':
      return `What ${endpoint} answered is not HTTP.`;
    case 'redirect':
      return `${endpoint} sends the call on to ${said ?? 'another address'}. A prompt goes only where you chose, so the call did not follow.`;
    default:
      return assertNever(answer);
  }
};

export const otherAnswer = (failure: Of<'otherAnswer'>): FailureText => ({
  title: failure.answer === 'redirect' ? 'The endpoint redirects elsewhere' : 'The answer is not from Bedrock Runtime',
  text: otherAnswerText(failure),
  steps:
    failure.answer === 'redirect'
      ? ['If the other address is right, set it in the setting cachepoint.endpoint, or choose another Region.']
      : [
          'Check the address: a proxy or a network’s sign-in page may answer in place of the service, or a gateway may not know this operation.',
          'If it is a gateway that leads to Bedrock, the call may have been processed and billed.',
        ],
  actions: ['openSettings', 'runAgain', 'showLog'],
});

export const timeout = ({ afterMs }: Of<'timeout'>, { formats }: FailureContext): FailureText => ({
  title: 'No answer in time',
  text: `Nothing arrived for ${formats.duration(afterMs)}, so the connection was closed. The service may still finish and bill the call; it was not sent again.`,
  steps: ['Run again, or raise the setting cachepoint.run.timeoutSeconds for long prompts and answers.'],
  actions: ['runAgain', 'openSettings'],
});

export const interrupted = ({ answered }: FailureContext): FailureText => ({
  title: 'Cut off mid-stream',
  text: `The stream ended before the answer was whole.${keptText(answered)}`,
  steps: ['Run again. If it happens often, look for a proxy or VPN that closes long connections.'],
  actions: ['runAgain', 'showLog'],
});
