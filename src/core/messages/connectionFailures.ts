import { assertNever } from '../text/assertNever';
import type { OtherAnswer, Trouble } from '../runs/failure';
import { otherServiceAt } from './otherServices';
import { keptText, type FailureContext, type FailureText, type Of } from './failureText';

/** Failures of the connection, and answers that are none of the service's: what happened, and what to do next. */

/** Certificates that a company's proxy makes are signed by an authority (CA) of its own, which this machine must be told of. */
export const authoritySteps = [
  'If your company looks into TLS, have VS Code trust its CA: install it in the system’s store (setting http.systemCertificates), or name its file in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS before VS Code starts.',
  'If nobody should stand between you and AWS, do not go on: ask those who run the network.',
];

const proxyStep = 'Check the network, VPN and proxy: with VS Code’s http.proxySupport off none is used.';

/** What each trouble means, and what to do about it first. */
const troubles: { readonly [T in Trouble]: { readonly text: string; readonly steps: readonly string[] } } = {
  name: { text: 'Its name was not found (DNS).', steps: ['Check the network and VPN: a private network may not know the names of AWS.'] },
  refused: { text: 'Nobody listens there.', steps: [proxyStep] },
  authority: {
    text: 'The certificate that was shown is signed by an authority (CA) that is not trusted here, so nothing was sent.',
    steps: authoritySteps,
  },
  host: {
    text: 'The certificate that was shown is that of another host, so nothing was sent.',
    steps: ['Check the address and the proxy: something else answers in the service’s place.'],
  },
  date: {
    text: 'The certificate that was shown is out of its time, so nothing was sent.',
    steps: ['Check the clock of this machine; if it is right, whoever runs the address or the proxy must renew the certificate.'],
  },
  noTls: { text: 'What answers there does not speak TLS as AWS does.', steps: [proxyStep] },
  proxy: {
    text: 'The proxy refused to lead there, so the service was not reached.',
    steps: [
      'Give the proxy a name and password if it asks for them (http.proxy, http.proxyAuthorization or HTTPS_PROXY), or have the host allowed.',
    ],
  },
  other: { text: 'No connection came about.', steps: [proxyStep] },
};

const noEmulator = (endpoint: string, cause: string): FailureText => ({
  title: 'The local emulator does not answer',
  text: `Nothing listens at ${endpoint} (${cause}).`,
  steps: ['Start the emulator, then run again.'],
  actions: ['useEmulator', 'runAgain'],
});

const titleOf = (trouble: Trouble): string => {
  if (trouble === 'authority' || trouble === 'host' || trouble === 'date') return 'The certificate is not trusted';
  return trouble === 'proxy' ? 'The proxy refused the connection' : 'The endpoint could not be reached';
};

export const network = ({ endpoint, cause, trouble = 'other' }: Of<'network'>, { service }: FailureContext): FailureText => {
  if (service === 'emulator') return noEmulator(endpoint, cause);
  const { text, steps } = troubles[trouble];
  const isCustom = service === 'custom';
  const checkAddress = isCustom
    ? 'Check the address in the setting cachepoint.endpoint.'
    : 'Check the Region: its name is part of the address.';
  return {
    title: titleOf(trouble),
    text: `No connection to ${endpoint} (${cause}). ${text}`,
    steps: trouble === 'name' || trouble === 'refused' || trouble === 'other' ? [...steps, checkAddress] : steps,
    actions: [isCustom || trouble === 'proxy' ? 'openSettings' : 'chooseRegion', 'runAgain', 'useEmulator'],
  };
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
    case 'unknownOperation':
      return `${endpoint} does not know this operation of Bedrock Runtime.`;
    case 'redirect':
      return `${endpoint} sends the call on to ${said ?? 'another address'}. A prompt goes only where you chose, so the call did not follow.`;
    default:
      return assertNever(answer);
  }
};

const titleOfAnswer = (answer: OtherAnswer): string => {
  if (answer === 'redirect') return 'The endpoint redirects elsewhere';
  return answer === 'unknownOperation' ? 'The endpoint is not Bedrock Runtime' : 'The answer is not from Bedrock Runtime';
};

const answerSteps = (answer: OtherAnswer): readonly string[] => {
  switch (answer) {
    case 'redirect':
      return ['If the other address is right, set it in the setting cachepoint.endpoint, or choose another Region.'];
    case 'unknownOperation':
      return ['Check the address: it must be one of Bedrock Runtime, or of a gateway that passes its operations on as they are.'];
    default:
      return [
        'Check the address: a proxy or a network’s sign-in page may answer in place of the service, or a gateway may not know this operation.',
        'If it is a gateway that leads to Bedrock, the call may have been processed and billed.',
      ];
  }
};

export const otherAnswer = (failure: Of<'otherAnswer'>): FailureText => {
  const service = otherServiceAt(failure.endpoint);
  return {
    title: titleOfAnswer(failure.answer),
    text: otherAnswerText(failure),
    steps: service === undefined ? answerSteps(failure.answer) : [service],
    actions: ['openSettings', 'runAgain', 'showLog'],
  };
};

export const timeout = ({ afterMs }: Of<'timeout'>, { formats }: FailureContext): FailureText => ({
  title: 'No answer in time',
  text: `Nothing arrived for ${formats.duration(afterMs)}, so the connection was closed. The service may still finish and bill the call; it was not sent again.`,
  steps: ['Run again, or raise the setting cachepoint.run.timeoutSeconds for long prompts and answers.'],
  actions: ['runAgain', 'openSettings'],
});

export const interrupted = ({ answered }: FailureContext): FailureText => ({
  title: 'Cut off mid-stream',
  text: `The stream ended before the answer was whole.${keptText(answered)}${answered ? ' It is not the whole answer.' : ''}`,
  steps: ['Run again. If it happens often, look for a proxy or VPN that closes long connections.'],
  actions: ['runAgain', 'showLog'],
});
