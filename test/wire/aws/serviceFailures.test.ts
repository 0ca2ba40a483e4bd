import assert from 'node:assert/strict';
import { disposeClients } from '../../../src/aws/clients';
import type { FailureCode, RunFailure } from '../../../src/core/runs/failure';
import { collect, failureOf, request, targetAt } from './support/calls';
import { startRawBedrock } from './support/rawBedrock';
import type { RawBedrock } from './support/rawBedrock';

const { modelId } = request;
const role = 'arn:aws:sts::123456789012:assumed-role/dev/me';

interface Row {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly expected: Partial<RunFailure> & { readonly code: FailureCode; readonly reason?: string };
}

/** The service's refusals as callers have recorded them, and what they become. */
const rows: readonly Row[] = [
  {
    status: 403,
    type: 'AccessDeniedException',
    text: "You don't have access to the model with the specified model ID.",
    expected: { code: 'accessDenied', modelId, reason: 'modelAccess' },
  },
  {
    status: 403,
    type: 'AccessDeniedException',
    text: 'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model.',
    expected: { code: 'accessDenied', modelId, reason: 'marketplace' },
  },
  {
    status: 403,
    type: 'AccessDeniedException',
    text: `User: ${role} is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:us-east-1::foundation-model/x because no identity-based policy allows the action`,
    expected: { code: 'accessDenied', modelId, reason: 'iam', deniedIn: undefined },
  },
  ...(
    [
      ['with an explicit deny in a service control policy', 'scp'],
      ['because no service control policy allows the bedrock:InvokeModel action', 'scp'],
      ['with an explicit deny in a resource control policy', 'scp'],
      ['because no permissions boundary allows the bedrock:InvokeModel action', 'boundary'],
      ['with an explicit deny in a session policy', 'boundary'],
      ['because no VPC endpoint policy allows the bedrock:InvokeModel action', 'vpcEndpoint'],
      ['with an explicit deny in an identity-based policy', 'explicitDeny'],
    ] as const
  ).map(([because, reason]): Row => ({
    status: 403,
    type: 'AccessDeniedException',
    text: `User: ${role} is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:eu-west-3::foundation-model/x ${because}`,
    expected: { code: 'accessDenied', modelId, reason, deniedIn: 'eu-west-3' },
  })),
  {
    status: 400,
    type: 'ValidationException',
    text: 'Invocation of model ID x with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
    expected: { code: 'modelNotFound', modelId, why: 'profileNeeded' },
  },
  ...[
    'The model returned the following errors: Input Tokens Exceeded: Number of input tokens exceeds maximum length. Please update the input to try again.',
    'The model returned the following errors: prompt is too long: 208310 tokens > 200000 maximum',
  ].map((text): Row => ({ status: 400, type: 'ValidationException', text, expected: { code: 'invalidRequest', tooLong: true } })),
  {
    status: 403,
    type: 'InvalidSignatureException',
    text: 'Signature expired: 20261128T101010Z is now earlier than 20261128T121010Z (20261128T121510Z - 5 min.)',
    expected: { code: 'credentials', reason: 'clock' },
  },
  {
    status: 404,
    type: 'UnknownOperationException',
    text: 'no such operation',
    expected: { code: 'otherAnswer', answer: 'unknownOperation' },
  },
  { status: 404, type: '', text: 'no page', expected: { code: 'otherAnswer', answer: 'unknownOperation' } },
  { status: 405, type: '', text: 'not so', expected: { code: 'otherAnswer', answer: 'unknownOperation' } },
  {
    status: 403,
    type: 'AccessDeniedException',
    text: 'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
    expected: { code: 'accessDenied', modelId, reason: 'caching' },
  },
  {
    status: 400,
    type: 'ValidationException',
    text: 'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
    expected: { code: 'accessDenied', modelId, reason: 'caching' },
  },
  { status: 403, type: 'AccessDeniedException', text: 'Nope.', expected: { code: 'accessDenied', modelId, reason: 'unknown' } },
  {
    status: 403,
    type: 'AccessDeniedException',
    text: 'Authentication failed: Please make sure your API Key is valid.',
    expected: { code: 'credentials', reason: 'invalid' },
  },
  { status: 403, type: 'AccessDeniedException', text: 'Bearer Token has expired', expected: { code: 'credentials', reason: 'expired' } },
  {
    status: 403,
    type: 'UnrecognizedClientException',
    text: 'The security token included in the request is invalid.',
    expected: { code: 'credentials', reason: 'invalid' },
  },
  {
    status: 403,
    type: 'ExpiredTokenException',
    text: 'The security token included in the request is expired',
    expected: { code: 'credentials', reason: 'expired' },
  },
  {
    status: 403,
    type: 'UnrecognizedClientException',
    text: 'The security token included in the request is expired',
    expected: { code: 'credentials', reason: 'expired' },
  },
  {
    status: 403,
    type: 'InvalidSignatureException',
    text: 'The request signature we calculated does not match the signature you provided.',
    expected: { code: 'credentials', reason: 'invalid' },
  },
  {
    status: 403,
    type: 'MissingAuthenticationTokenException',
    text: 'Missing Authentication Token',
    expected: { code: 'credentials', reason: 'invalid' },
  },
  {
    status: 400,
    type: 'ValidationException',
    text: 'The provided model identifier is invalid.',
    expected: { code: 'modelNotFound', modelId, region: 'us-east-1' },
  },
  {
    status: 404,
    type: 'ResourceNotFoundException',
    text: 'This model version has reached the end of its life.',
    expected: { code: 'modelNotFound', modelId, why: 'retired' },
  },
  {
    status: 400,
    type: 'ValidationException',
    text: 'A maximum of 4 blocks with cache_control may be provided. Found 5.',
    expected: { code: 'invalidRequest' },
  },
  {
    status: 400,
    type: 'SerializationException',
    text: 'NUMBER_VALUE can not be converted to a String',
    expected: { code: 'invalidRequest' },
  },
  {
    status: 429,
    type: 'ThrottlingException',
    text: 'Too many tokens per day, please wait before trying again.',
    expected: { code: 'throttled', midStream: false, attempts: 1, quota: 'day' },
  },
  {
    status: 400,
    type: 'ServiceQuotaExceededException',
    text: 'quota',
    expected: { code: 'throttled', midStream: false, quota: 'account' },
  },
  { status: 429, type: 'ModelNotReadyException', text: 'not ready', expected: { code: 'modelFailed', why: 'notReady' } },
  { status: 408, type: 'ModelTimeoutException', text: 'too long', expected: { code: 'modelFailed', why: 'timeout' } },
  { status: 424, type: 'ModelErrorException', text: 'failed', expected: { code: 'modelFailed', why: 'error' } },
  { status: 500, type: 'InternalServerException', text: 'oops', expected: { code: 'unavailable', status: 500 } },
  { status: 503, type: 'ServiceUnavailableException', text: 'later', expected: { code: 'unavailable', status: 503 } },
  { status: 502, type: '', text: 'bad gateway', expected: { code: 'unavailable', status: 502 } },
  { status: 401, type: '', text: 'who?', expected: { code: 'credentials', reason: 'invalid' } },
  { status: 403, type: '', text: 'no', expected: { code: 'accessDenied', reason: 'unknown', modelId } },
  {
    status: 407,
    type: '',
    text: 'proxy',
    expected: { code: 'network', cause: 'the proxy asks for a sign-in, HTTP 407', trouble: 'proxy' },
  },
  { status: 413, type: '', text: 'too large', expected: { code: 'invalidRequest' } },
  { status: 418, type: 'TeapotException', text: 'short and stout', expected: { code: 'unexpected' } },
];

describe('aws: refusals of the service', () => {
  let server: RawBedrock;
  before(async () => (server = await startRawBedrock()));
  after(async () => {
    disposeClients();
    await server.close();
  });

  for (const { status, type, text, expected } of rows) {
    it(`${status} ${type || '(no type)'} "${text.slice(0, 50)}" is ${expected.code} ${expected.reason ?? ''}`.trim(), async () => {
      server.answer((exchange) => exchange.refuse(status, type, text));
      const failure = failureOf(await collect(targetAt(server.url, { maxAttempts: 1 })));
      assert.deepEqual({ ...failure, ...expected }, failure);
      assert.equal(failure.detail, text);
      assert.equal(failure.requestId, 'request-1');
    });
  }

  it('names no profile for the emulator, whatever the environment says', async () => {
    server.answer((exchange) => exchange.refuse(403, 'ExpiredTokenException', 'The security token included in the request is expired'));
    process.env['AWS_PROFILE'] = 'from-environment';
    try {
      const failure = failureOf(await collect(targetAt(server.url, { maxAttempts: 1 })));
      assert.equal(failure.code === 'credentials' && failure.profile, undefined);
    } finally {
      delete process.env['AWS_PROFILE'];
    }
  });
});
