import { serviceText } from '../core/messages/serviceText';
import type { Trouble } from '../core/runs/failure';

/** What is known of a thrown value, whatever it is. */
export interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  /** Node's or OpenSSL's code, as `ECONNREFUSED`. */
  readonly code: string | undefined;
  /** The system call that failed: present on errors of the operating system, absent on those the SDK makes up. */
  readonly syscall: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** Headers of the answer that the error was made of: where it sends the call, and how long it asks to wait. */
  readonly location: string | undefined;
  readonly retryAfter: string | undefined;
  readonly cause: unknown;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const count = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (Reflect.get(value, key) as unknown) : undefined;

const asText = (thrown: unknown): string => {
  try {
    return String(thrown);
  } catch {
    return serviceText.notShown;
  }
};

/** Reads a thrown value without trusting its shape. */
export const readError = (thrown: unknown): ErrorFacts => {
  const metadata = member(thrown, '$metadata');
  const headers = member(member(thrown, '$response'), 'headers');
  return {
    name: text(member(thrown, 'name')) ?? 'Error',
    message: text(member(thrown, 'message')) ?? asText(thrown),
    code: text(member(thrown, 'code')),
    syscall: text(member(thrown, 'syscall')),
    status: count(member(metadata, 'httpStatusCode')),
    requestId: text(member(metadata, 'requestId')),
    location: text(member(headers, 'location')),
    retryAfter: text(member(headers, 'retry-after')),
    cause: member(thrown, 'cause'),
  };
};

/** Codes of Node's network and TLS layers that a connection gives while it is made, wherever they come from. */
const connectingCode = /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOST|ENET|EADDR|ERR_(TLS|SSL|PROXY)|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/;

/** Did it fail while the connection was being made, so that the request surely has not left? */
export const isConnecting = ({ code, syscall, message }: ErrorFacts): boolean => {
  if (syscall !== undefined && /^(connect|getaddrinfo)/.test(syscall)) return true;
  // The handler's words for its own limit, and Node's for a connection that closes while TLS is agreed on.
  if (/did not establish a connection|before secure TLS connection was established/.test(message)) return true;
  return code === 'EPROTO' || (syscall === undefined && code !== undefined && connectingCode.test(code));
};

/** Is it a quota of a day that is used up? Source: report E19. */
export const isPerDay = (message: string): boolean => /\bper day\b/i.test(message);

/** Codes of Node's network and TLS layers by what they mean for a person; first match wins. */
const troubles: readonly { readonly code: RegExp; readonly trouble: Trouble }[] = [
  { code: /^(ENOTFOUND|EAI_)/, trouble: 'name' },
  { code: /^ECONNREFUSED$/, trouble: 'refused' },
  { code: /^(UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CERT_(UNTRUSTED|CHAIN|SIGNATURE|REVOKED))/, trouble: 'authority' },
  { code: /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/, trouble: 'date' },
  { code: /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, trouble: 'host' },
  { code: /^(EPROTO|ERR_SSL_)/, trouble: 'noTls' },
  { code: /PROXY/, trouble: 'proxy' },
];

/** Why no connection came about. */
export const troubleOf = ({ code = '' }: Pick<ErrorFacts, 'code'>): Trouble =>
  troubles.find((row) => row.code.test(code))?.trouble ?? 'other';
