import { bedrock } from './serviceName';

/** Details of failures that no service worded: what an answer was instead, and what the connection said. */
export const serviceText = {
  bedrock,
  bytes: (length: number): string => `${length} bytes`,
  tokenCount: 'a count of tokens',
  bySignal: 'a signal',
  byCode: (code: number): string => `code ${code}`,
  notShown: 'a value that cannot be shown',
  endedByModel: 'The model ended the stream with an error.',
  chunk: 'a chunk',
  modelEvent: 'an event of the model',
  status: (code: number): string => `The service answered with status ${code}.`,
  notReadable: (variable: string, path: string): string => `${variable} names a file that cannot be read: ${path}`,
  noCertificate: (variable: string, path: string): string => `${variable} names a file without a certificate: ${path}`,
  proxySignIn: 'the proxy asks for a sign-in, HTTP 407',
  otherReply: (said: string | undefined, asked: string): string => `The reply is ${said ?? 'nothing'} and not ${asked}.`,
  noRegion: (profile: string | undefined): string =>
    `No AWS region is known. Set cachepoint.region, or region in ${profile === undefined ? 'the default profile' : `profile ${profile}`}` +
    ' of ~/.aws/config, or the environment variable AWS_REGION.',
  ofThreshold: (score: number, threshold: number | undefined): string => `${score} of ${threshold ?? '?'}`,
  canceled: 'The call was canceled.',
  interrupted: 'The stream ended before the answer was whole.',
  roleOfAccount: (role: string, account: string): string => `${role} of account ${account}`,
  notHttp: 'with something that is not HTTP',
  http: (status: string): string => `with HTTP ${status}`,
  tunnelRefused: (proxy: string, answer: string): string => `The proxy ${proxy} answered ${answer} when it was asked to connect.`,
  tooDeep: 'The request is nested too deeply to be written as JSON.',
  withoutId: 'Prompt Management told a prompt without its id.',
  converseAnswer: 'an answer of Converse',
  modelAnswer: 'an answer of the model',
} as const;
