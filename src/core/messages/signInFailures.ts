import type { SignInReason, SignInSource } from '../runs/signIn';
import { authoritySteps } from './connectionFailures';
import { offline, type FailureText, type Of, type PanelAction } from './failureText';

/** Why there were no keys to sign with, source by source. Bedrock was not asked, and nothing of the prompt was sent. */

type Failure = Of<'signIn'>;

interface Words {
  readonly title: string;
  readonly text: string;
  readonly steps: readonly string[];
  readonly actions: readonly PanelAction[];
}

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

const whose = ({ profile }: Failure): string => (profile === undefined ? 'the default credentials' : `profile ${profile}`);
const about = ({ subject }: Failure, otherwise: string): string => subject ?? otherwise;
const option = ({ profile }: Failure): string => (profile === undefined ? '' : ` --profile ${profile}`);

const loginCommand = (failure: Failure): string =>
  failure.source === 'login' ? `aws login${option(failure)}` : `aws sso login${option(failure)}`;

const again: readonly PanelAction[] = ['runAgain', 'chooseProfile', 'useEmulator'];
const login: readonly PanelAction[] = ['signIn', 'chooseProfile', 'useEmulator'];
const other: readonly PanelAction[] = ['chooseProfile', 'runAgain', 'useEmulator'];

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

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Where a source says more than its reason alone. */
const bySource: Partial<Readonly<Record<`${SignInSource} ${SignInReason}`, (failure: Failure) => Partial<Words>>>> = {
  'profile notFound': ({ subject, profile }) => ({
    title: 'The AWS profile does not exist',
    text:
      subject === profile
        ? `Neither ~/.aws/config nor ~/.aws/credentials has a profile ${subject ?? ''}.`
        : `Profile ${profile ?? 'default'} takes its credentials from profile ${subject ?? ''}, which neither ~/.aws/config nor ~/.aws/credentials has.`,
    steps: ['Choose another profile, or make this one with `aws configure`.', offline],
  }),
  'process notFound': (failure) => ({
    title: 'The credential process was not found',
    text: `The program that ${whose(failure)} names as its credential_process is not there.`,
    steps: ['Check the path of credential_process in ~/.aws/config: an editor that was not started from a terminal has another PATH.'],
  }),
  'process expired': (failure) => ({
    title: 'The credential process gave expired credentials',
    text: `The program of ${whose(failure)} gave keys whose time is over.`,
    steps: ['Sign in with the tool that the program belongs to, then run again.'],
    actions: ['runAgain', 'chooseProfile', 'useEmulator'],
  }),
  'process incomplete': (failure) => ({
    text: `The program of ${whose(failure)} gave no AccessKeyId or no SecretAccessKey.`,
    steps: ['Sign in with the tool that the program belongs to, or look for a newer one.'],
  }),
  'process timeout': (failure) => ({
    title: 'The credential process does not end',
    text: `The program of ${whose(failure)} gave nothing for ${about(failure, 'the time allowed')} and was ended.`,
    steps: ['Run it by hand: it may wait for an answer that nobody sees.'],
  }),
  'webIdentity notFound': ({ subject }) => ({
    title: 'The web identity token is not there',
    text: `The file with the token cannot be read: ${subject ?? ''}.`,
    steps: ['Check AWS_WEB_IDENTITY_TOKEN_FILE, or web_identity_token_file of the profile.'],
  }),
  'webIdentity expired': ({ subject }) => ({
    title: 'The web identity token has expired',
    text: `STS did not take the token for ${subject ?? 'the role'}: its time is over.`,
    steps: ['Have the token written again by what gives it, then run again.'],
    actions: again,
  }),
  'webIdentity invalid': ({ subject }) => ({
    title: 'The web identity token was refused',
    text: `STS did not accept the token for ${subject ?? 'the role'}.`,
    steps: ['Check that the role trusts what issued the token, and that the token is for sts.amazonaws.com.'],
    actions: again,
  }),
  'role denied': (failure) => ({
    title: 'The role was refused',
    text: `STS does not let ${whose(failure)} take the role ${about(failure, '')}.`,
    steps: [
      'Check that the trust policy of the role names you, and that you may do sts:AssumeRole on it.',
      'If it asks for a code, the profile needs mfa_serial with your device.',
    ],
  }),
  'role expired': (failure) => ({
    text: `The keys with which ${whose(failure)} takes its role have ended.`,
    steps: ['Sign in again with the profile that the role is taken from.'],
    actions: ['signIn', 'runAgain', 'chooseProfile', 'useEmulator'],
  }),
  'sso denied': (failure) => ({
    title: 'The role was taken away',
    text: `IAM Identity Center no longer gives ${whose(failure)} the role ${about(failure, '')}.`,
    steps: ['Look at the roles that are yours in the access portal, or choose another profile.'],
  }),
  'sso incomplete': (failure) => ({
    text: `What ${whose(failure)} says of IAM Identity Center is not complete: its sso-session, start URL, Region, account or role is missing.`,
    steps: ['Set it up again with `aws configure sso`, or choose another profile.'],
  }),
  'login denied': (failure) => ({
    text: `The console login of ${whose(failure)} may not be renewed: your permissions do not allow it.`,
    steps: ['Ask for the IAM action signin:CreateOAuth2Token, or choose another profile.'],
  }),
  'webIdentity denied': (failure) => ({
    title: 'The role was refused',
    text: `STS does not let the web identity token take the role ${about(failure, '')}.`,
    steps: ['Check that the trust policy of the role names what issued the token, and its subject.'],
  }),
  'container unreachable': () => ({
    steps: [
      'Check AWS_CONTAINER_CREDENTIALS_FULL_URI or AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: nothing answers at the address that it names.',
    ],
  }),
  'container garbage': () => ({
    steps: ['Look at what listens at the address of AWS_CONTAINER_CREDENTIALS_FULL_URI: it is no service that gives credentials.'],
  }),
  'container notFound': () => ({
    text: 'The file that AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names cannot be read.',
    steps: ['Check its path, and whether this program may read it.'],
  }),
  'instance denied': ({ subject }) => ({
    title: 'The instance has no role',
    text: `The instance’s metadata service gives no credentials (${subject ?? ''}): no role is attached to the instance, or the service refuses.`,
    steps: ['Attach a role to the instance, or choose another profile.'],
  }),
  'instance unreachable': (failure) => ({
    title: 'This machine is no EC2 instance',
    text: `${sentenceCase(whose(failure))} takes its credentials from the instance, and nothing answers where an EC2 instance has its metadata service.`,
    steps: [
      'Choose another profile. On an instance, check that its metadata service is on; in a container there, that its hop limit is 2.',
    ],
  }),
  'sts denied': () => ({
    title: 'AWS does not say who you are',
    text: 'STS refused to say whose keys these are.',
    steps: ['GetCallerIdentity needs no permission: the policy of a VPC endpoint may refuse it. Runs do not need it.'],
  }),
  'sts expired': (failure) => ({
    text: `The keys of ${whose(failure)} have ended.`,
    steps: ['Sign in again or renew the keys, then ask once more.'],
  }),
  'sts failed': () => ({
    text: 'STS gave an answer that does not say whose keys these are.',
  }),
  'container denied': ({ subject }) => ({
    title: 'The container refuses credentials',
    text: `The container’s credential service refused (${subject ?? ''}).`,
    steps: ['Check the token that AWS_CONTAINER_AUTHORIZATION_TOKEN or its file names.'],
  }),
  'container incomplete': () => ({
    title: 'The container’s address is not allowed',
    text: 'AWS_CONTAINER_CREDENTIALS_FULL_URI names neither an https address nor one of this machine.',
    steps: ['Set it to the address that the container service gives.'],
  }),
  'apiKey notFound': () => ({
    title: 'No API key is kept',
    text: 'A Bedrock API key was chosen for this workspace, and none is kept in the editor any more.',
    steps: ['Keep one with *Keep Bedrock API Key…*, or choose a profile.'],
  }),
  'apiKey expired': ({ subject }) => ({
    title: 'The API key has expired',
    text: `The short-term Bedrock API key ended ${subject ?? ''}; none holds longer than twelve hours.`,
    steps: ['Make a new one in the Bedrock console and keep it with *Keep Bedrock API Key…*, or set AWS_BEARER_TOKEN_BEDROCK again.'],
    actions: other,
  }),
  'apiKey regionOff': ({ subject }) => ({
    title: 'The API key is for another Region',
    text: `A short-term Bedrock API key holds for the Region that it was made in alone, and this one is for ${subject ?? 'another'}.`,
    steps: ['Choose that Region, or make a key in the one that you want.'],
    actions: ['chooseRegion', 'chooseProfile', 'useEmulator'],
  }),
  'environment incomplete': () => ({
    text: 'The profile takes its credentials from the environment, which has no AWS_ACCESS_KEY_ID or no AWS_SECRET_ACCESS_KEY.',
    steps: ['Set both and start VS Code from that terminal, or choose another profile.'],
  }),
};

/** What to say when signing in failed. */
export const signInFailure = (failure: Failure): FailureText => {
  const words = { ...byReason[failure.reason](failure), ...bySource[`${failure.source} ${failure.reason}`]?.(failure) };
  return { ...words, text: `Nothing was sent. ${words.text}` };
};
