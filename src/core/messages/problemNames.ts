import type { FileRefusal } from '../prompt/files';
import type { ByteTrouble, SecretKind, VolatileKind } from '../prompt/problems';
import type { OpaqueResource } from '../models/resolve';
import type { ContentKind } from '../models/types';

/** What the sentences of problems call things. */

export const refusals: { readonly [R in Exclude<FileRefusal, 'untrusted'> | 'cyclic' | 'tooDeep']: string } = {
  missing: 'it does not exist',
  outside: 'it lies outside the workspace folder, and a prompt may use only files inside it',
  tooLarge: 'it is larger than 5 MB, or makes the includes larger than that together',
  unreadable: 'it cannot be read as text of this kind',
  cyclic: 'it includes itself, directly or through another file',
  tooDeep: 'it stands more than 8 includes deep',
};

export const volatileNames: { readonly [K in Exclude<VolatileKind, 'variable'>]: string } = {
  date: "This looks like today's date",
  time: 'This looks like the present time',
  uuid: 'This looks like an id made for one request',
  epoch: 'This looks like the present time',
  hexId: 'This looks like an id made for one request',
  requestId: 'This looks like an id made for one request',
  clock: 'This reads the clock',
  readClock: 'This reads the clock',
  madeId: 'This makes another id each time',
  given: 'This comes with each call',
};

export const opaqueNames: { readonly [R in OpaqueResource]: string } = {
  applicationProfile: 'This application inference profile',
  provisioned: 'This provisioned model',
  prompt: 'This managed prompt',
  promptRouter: 'This prompt router',
  customModel: 'This custom model',
  importedModel: 'This imported model',
  endpoint: 'This endpoint',
  other: 'This ARN',
};

export const contentNames: { readonly [K in ContentKind]: string } = { image: 'images', document: 'documents', video: 'video' };

export const troubleNames: { readonly [T in ByteTrouble]: string } = {
  trailingSpace: 'White space at the end of a line, which many editors cut off on saving,',
  carriageReturn: 'A carriage return, which other tools write as a plain line break,',
  notComposed: 'A letter with a combining mark, which other tools write as one character,',
  byteOrderMark: 'An invisible byte order mark',
};

export const secretNames: { readonly [K in SecretKind]: string } = {
  awsKey: 'an AWS access key',
  apiKey: 'an API key',
  privateKey: 'a private key',
  token: 'an access token',
  password: 'a password',
  cardNumber: 'a payment card number',
};

/** A stretch of somebody's text, as long as a sentence can carry. */
export const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
