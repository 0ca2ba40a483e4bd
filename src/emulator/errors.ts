/**
 * Errors as Bedrock Runtime puts them on the wire: name in `x-amzn-errortype`, message in the body.
 * Names and statuses: service model bedrock-runtime/2023-09-30, read 2026-10; the rest are the names every AWS endpoint uses.
 */
const statuses = {
  AccessDeniedException: 403,
  ExpiredTokenException: 403,
  ForbiddenException: 403,
  InternalServerException: 500,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  ModelStreamErrorException: 424,
  ModelTimeoutException: 408,
  ResourceNotFoundException: 404,
  SerializationException: 400,
  ServiceQuotaExceededException: 400,
  ServiceUnavailableException: 503,
  ThrottlingException: 429,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
  ValidationException: 400,
} as const;

export type ErrorName = keyof typeof statuses;

/** A refusal in the service's own words. */
export interface ServiceError {
  readonly name: ErrorName;
  readonly status: number;
  readonly message: string;
}

/** The error of this name with the status the service sends it with. */
export const serviceError = (name: ErrorName, message: string): ServiceError => ({ name, status: statuses[name], message });

/** A ValidationException, the answer to most wrong requests. */
export const invalid = (message: string): ServiceError => serviceError('ValidationException', message);

/** A ValidationException that the model behind the service raised, which the service says in its prefix. */
export const modelRefuses = (message: string): ServiceError => invalid(`The model returned the following errors: ${message}`);

/** A ValidationException as the service's own JSON schemas of Amazon models word it; `path` like `#/messages/0`. */
export const malformed = (path: string, complaint: string): ServiceError =>
  invalid(`Malformed input request: ${path}: ${complaint}, please reformat your input and try again.`);
