import { serviceText } from '../core/messages/serviceText';
import type { HttpResponse } from '@smithy/core/protocols';
import { isRecord } from '../core/text/json';

/**
 * Kinds of error of the Messages API by the names that Bedrock Runtime has for them, so that one table says what to do next and what may be sent
 * again. Source: Anthropic's documentation, Errors, read 2026-11.
 */
const names: Readonly<Record<string, string>> = {
  invalid_request_error: 'ValidationException',
  request_too_large: 'ValidationException',
  authentication_error: 'UnrecognizedClientException',
  billing_error: 'AccessDeniedException',
  permission_error: 'AccessDeniedException',
  not_found_error: 'ResourceNotFoundException',
  rate_limit_error: 'ThrottlingException',
  timeout_error: 'ModelTimeoutException',
  overloaded_error: 'ServiceUnavailableException',
  api_error: 'InternalServerException',
};

/** Characters of an answer that are kept as the words of an error. */
const longest = 20_000;

/** All of an answer that is no stream, as text. */
export const readAll = async ({ body }: HttpResponse): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(chunk); // Node's own stream
  return Buffer.concat(chunks).toString('utf8');
};

const parse = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A refusal, in the words of the Messages API or in those that AWS puts before it, as an error like those of the SDK. */
export const mantleError = (response: HttpResponse, text: string): Error => {
  const { statusCode, headers } = response;
  const body = parse(text);
  const described = isRecord(body['error']) ? body['error'] : {};
  const type = textOf(described['type']);
  const message = textOf(described['message']) ?? textOf(body['message']) ?? text.slice(0, longest);
  const error = new Error(message === '' ? serviceText.status(statusCode) : message);
  const awsName = headers['x-amzn-errortype']?.split(/[:#]/)[0];
  error.name = (type === undefined ? undefined : names[type]) ?? awsName ?? 'Error';
  const requestId = textOf(body['request_id']) ?? headers['request-id'] ?? headers['x-amzn-requestid'];
  return Object.assign(error, { $metadata: { httpStatusCode: statusCode, requestId }, $response: response });
};
