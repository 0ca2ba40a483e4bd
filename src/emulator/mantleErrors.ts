import type { JsonObject } from '../core/text/json';
import type { ErrorName, ServiceError } from './errors';

/** Kinds of error of the Messages API with their statuses. Source: Anthropic's documentation, Errors, read 2026-11; form: AWS user guide, count-tokens. */
const kinds = {
  invalid_request_error: 400,
  authentication_error: 401,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
} as const;

type Kind = keyof typeof kinds;

const kindOf: { readonly [N in ErrorName]: Kind } = {
  AccessDeniedException: 'permission_error',
  ExpiredTokenException: 'authentication_error',
  ForbiddenException: 'permission_error',
  InternalServerException: 'api_error',
  InvalidSignatureException: 'permission_error',
  MissingAuthenticationTokenException: 'authentication_error',
  ModelErrorException: 'api_error',
  ModelNotReadyException: 'overloaded_error',
  ModelStreamErrorException: 'api_error',
  ModelTimeoutException: 'timeout_error',
  ResourceNotFoundException: 'not_found_error',
  SerializationException: 'invalid_request_error',
  ServiceQuotaExceededException: 'rate_limit_error',
  ServiceUnavailableException: 'overloaded_error',
  ThrottlingException: 'rate_limit_error',
  UnknownOperationException: 'not_found_error',
  UnrecognizedClientException: 'authentication_error',
  ValidationException: 'invalid_request_error',
};

/** Bedrock Runtime says so before what the model said; this API is the model's. */
const runtimePrefix = 'The model returned the following errors: ';

/** A refusal in the words of the Messages API. */
export const mantleError = (
  { name, status, message }: ServiceError,
  requestId: string,
): { readonly status: number; readonly body: JsonObject } => {
  const kind = status === 413 ? 'request_too_large' : kindOf[name];
  const said = message.startsWith(runtimePrefix) ? message.slice(runtimePrefix.length) : message;
  return { status: kinds[kind], body: { type: 'error', error: { type: kind, message: said }, request_id: requestId } };
};
