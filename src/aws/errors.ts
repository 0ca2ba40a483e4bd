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
  readonly attempts: number | undefined;
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
    return 'a value that cannot be shown';
  }
};

/** Reads a thrown value without trusting its shape. */
export const readError = (thrown: unknown): ErrorFacts => {
  const metadata = member(thrown, '$metadata');
  return {
    name: text(member(thrown, 'name')) ?? 'Error',
    message: text(member(thrown, 'message')) ?? asText(thrown),
    code: text(member(thrown, 'code')),
    syscall: text(member(thrown, 'syscall')),
    status: count(member(metadata, 'httpStatusCode')),
    requestId: text(member(metadata, 'requestId')),
    attempts: count(member(metadata, 'attempts')),
    cause: member(thrown, 'cause'),
  };
};
