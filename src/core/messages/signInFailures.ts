import type { SignInReason, SignInSource } from '../runs/signIn';
import { authoritySteps } from './connectionFailures';
import type { FailureText, PanelAction } from './failureText';
import { about, again, bySource, other, sentenceCase, whose, type Failure, type Words } from './signInSources';

/** Why there were no keys to sign with, source by source. Bedrock was not asked, and nothing of the prompt was sent. */

const sourceNames: { readonly [S in SignInSource]: string } = {
  profile: 'the shared AWS files',
  environment: 'the environment',
  sso: 'IAM Identity Center',
  login: 'the sign-in service of `aws login`',
  role: 'STS',
  webIdentity: 'STS',
  process: 'the credential process',
  container: 'the container’s credential service',
  instance: 'the instance’s metadata service',
  apiKey: 'the API key',
  sts: 'STS',
};

const option = ({ profile }: Failure): string => (profile === undefined ? '' : ` --profile ${profile}`);

const loginCommand = (failure: Failure): string =>
  failure.source === 'login' ? `aws login${option(failure)}` : `aws sso login${option(failure)}`;

const login: readonly PanelAction[] = ['signIn', 'chooseProfile', 'useEmulator'];

const byReason: { readonly [R in SignInReason]: (failure: Failure) => Words } = {
  notFound: (failure) => ({
    title: 'A source of credentials is not there',
    text: `What ${whose(failure)} names was not found: ${about(failure, 'no name')}.`,
    steps: ['Check it in ~/.aws/config, or choose another profile.'],
    actions: other,
  }),
  incomplete: (failure) => ({
    title: 'The sign-in is not set up completely',
    text: `${sentenceCase(whose(failure))} names no complete source of credentials${failure.subject === failure.profile ? '' : `: ${about(failure, sourceNames[failure.source])}`}.`,
    steps: ['Set it up with `aws configure`, `aws configure sso` or `aws login`, or choose another profile.'],
    actions: other,
  }),
  loop: (failure) => ({
    title: 'The roles lead back to themselves',
    text: `Each profile takes its credentials from the next, in a circle: ${about(failure, whose(failure))}.`,
    steps: ['Change source_profile of one of them in ~/.aws/config.'],
    actions: other,
  }),
  expired: (failure) => ({
    title: 'The AWS login has expired',
    text: `The login of ${whose(failure)} has ended.`,
    steps: [`Sign in again (\`${loginCommand(failure)}\`); the prompt then runs by itself.`],
    actions: login,
  }),
  revoked: (failure) => ({
    title: 'The AWS login was ended',
    text: `${sentenceCase(sourceNames[failure.source])} no longer takes the login of ${whose(failure)}: it was signed out, or its access was withdrawn.`,
    steps: [`Sign in again (\`${loginCommand(failure)}\`); the prompt then runs by itself.`],
    actions: login,
  }),
  denied: (failure) => ({
    title: 'Signing in was refused',
    text: `${sentenceCase(sourceNames[failure.source])} does not give ${whose(failure)} these credentials: ${about(failure, 'no reason is said')}.`,
    steps: ['Ask whoever manages the account whether the role is still yours, or choose another profile.'],
    actions: other,
  }),
  invalid: (failure) => ({
    title: 'The keys of the profile were refused',
    text: `${sentenceCase(sourceNames[failure.source])} does not know the keys or the token that ${whose(failure)} signs in with.`,
    steps: ['Check for deleted keys and for the clock of this machine, then sign in again or choose another profile.'],
    actions: ['chooseProfile', 'signIn', 'useEmulator'],
  }),
  throttled: (failure) => ({
    title: 'Signing in was throttled',
    text: `${sentenceCase(sourceNames[failure.source])} answers too many sign-ins of this account just now.`,
    steps: ['Wait a minute, then run again.'],
    actions: again,
  }),
  regionOff: (failure) => ({
    title: 'The Region is switched off for the account',
    text: `STS gives no credentials in ${about(failure, 'this Region')}: the account has not switched the Region on.`,
    steps: ['Choose a Region that the account uses, or have this one switched on.'],
    actions: ['chooseRegion', 'chooseProfile', 'useEmulator'],
  }),
  unavailable: (failure) => ({
    title: 'The sign-in service is unavailable',
    text: `${sentenceCase(sourceNames[failure.source])} could not answer for reasons of its own (${about(failure, 'no host')}).`,
    steps: ['Wait a moment and run again.'],
    actions: again,
  }),
  unreachable: (failure) => ({
    title: 'The sign-in service could not be reached',
    text: `No connection to ${sourceNames[failure.source]}${failure.subject === undefined ? '' : ` (${failure.subject})`}.`,
    steps: ['Check the network, VPN and proxy, then run again.'],
    actions: again,
  }),
  certificate: (failure) => ({
    title: 'The sign-in service’s certificate is not trusted',
    text: `Something on the way to ${about(failure, sourceNames[failure.source])} answers with a certificate that this machine does not trust, as proxies of companies do.`,
    steps: authoritySteps,
    actions: again,
  }),
  timeout: (failure) => ({
    title: 'Signing in took too long',
    text: `${sentenceCase(sourceNames[failure.source])} gave nothing for ${about(failure, 'the time allowed')}, so it was given up.`,
    steps: ['Run again, or choose another profile.'],
    actions: again,
  }),
  mfaMissing: (failure) => ({
    title: 'The role asks for a code',
    text: `No code was given for ${about(failure, 'the role')}.`,
    steps: ['Run again and type the code of your device.'],
    actions: again,
  }),
  mfaRefused: (failure) => ({
    title: 'The code was refused',
    text: `STS did not take the code for ${about(failure, 'the role')}.`,
    steps: ['Wait for the next code of your device, then run again: each is good for one sign-in.'],
    actions: again,
  }),
  version: (failure) => ({
    title: 'The credential process speaks another version',
    text: `The program of ${whose(failure)} gave version ${about(failure, 'none')}; 1 is the one that AWS defines.`,
    steps: ['Look for a newer program, or one that knows version 1.'],
    actions: other,
  }),
  garbage: (failure) => ({
    title: 'The credentials cannot be read',
    text: `${sentenceCase(sourceNames[failure.source])} gave something that is not what AWS defines.`,
    steps: ['Run it by hand and look at what it writes. It is not shown here, as it may hold secrets.'],
    actions: other,
  }),
  failed: (failure) => ({
    title: 'Signing in failed',
    text: `${sentenceCase(sourceNames[failure.source])} ended without credentials for ${whose(failure)} (${about(failure, 'no reason is said')}).`,
    steps: [
      failure.source === 'process'
        ? 'Run the program by hand and look at what it says. That is not shown here, as it may hold secrets.'
        : 'Read the details below, then run again.',
    ],
    actions: other,
  }),
  malformed: (failure) => ({
    title: 'The key or token cannot be sent',
    text: `${sentenceCase(sourceNames[failure.source])} holds a character that no header may hold.`,
    steps: ['Set it again.'],
    actions: other,
  }),
};

/** What to say when signing in failed. */
export const signInFailure = (failure: Failure): FailureText => {
  const words = { ...byReason[failure.reason](failure), ...bySource[`${failure.source} ${failure.reason}`]?.(failure) };
  return { ...words, text: `Nothing was sent. ${words.text}` };
};
