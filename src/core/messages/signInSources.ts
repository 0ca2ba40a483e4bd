import type { SignInReason, SignInSource } from '../runs/signIn';
import { offline, type Of, type PanelAction } from './failureText';

/** What single sources say of their failures, beyond what can be said of each reason alone. */

export type Failure = Of<'signIn'>;

export interface Words {
  readonly title: string;
  readonly text: string;
  readonly steps: readonly string[];
  readonly actions: readonly PanelAction[];
}

export const whose = ({ profile }: Failure): string => (profile === undefined ? 'the default credentials' : `profile ${profile}`);
export const about = ({ subject }: Failure, otherwise: string): string => subject ?? otherwise;
export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const again: readonly PanelAction[] = ['runAgain', 'chooseProfile', 'useEmulator'];
export const other: readonly PanelAction[] = ['chooseProfile', 'runAgain', 'useEmulator'];

/** Where a source says more than its reason alone. */
export const bySource: Partial<Readonly<Record<`${SignInSource} ${SignInReason}`, (failure: Failure) => Partial<Words>>>> = {
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
    text: `The login of ${whose(failure)} may not be renewed: your permissions do not allow it.`,
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
