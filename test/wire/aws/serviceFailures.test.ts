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
    expected: { code: 'accessDenied', modelId, reason: 'iam' },
  },
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
    expected: { code: 'modelNotFound', modelId },
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
    expected: { code: 'throttled', midStream: false, attempts: 1 },
  },
  { status: 400, type: 'ServiceQuotaExceededException', text: 'quota', expected: { code: 'throttled', midStream: false } },
  { status: 429, type: 'ModelNotReadyException', text: 'not ready', expected: { code: 'unavailable', status: 429 } },
  { status: 408, type: 'ModelTimeoutException', text: 'too long', expected: { code: 'unavailable', status: 408 } },
  { status: 424, type: 'ModelErrorException', text: 'failed', expected: { code: 'unavailable', status: 424 } },
  { status: 500, type: 'InternalServerException', text: 'oops', expected: { code: 'unavailable', status: 500 } },
  { status: 503, type: 'ServiceUnavailableException', text: 'later', expected: { code: 'unavailable', status: 503 } },
  { status: 502, type: '', text: 'bad gateway', expected: { code: 'unavailable', status: 502 } },
  { status: 401, type: '', text: 'who?', expected: { code: 'credentials', reason: 'invalid' } },
  { status: 403, type: '', text: 'no', expected: { code: 'accessDenied', reason: 'unknown', modelId } },
  { status: 407, type: '', text: 'proxy', expected: { code: 'network', cause: 'the proxy asks for a sign-in, HTTP 407' } },
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
