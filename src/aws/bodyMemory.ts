import { allSent } from './keptOpen';

/** Memory that is larger is not kept for the next call. Bytes. */
const mostKept = 8_000_000;

/** Memory of a body that has been sent. Fresh memory of a megabyte takes the system longer to give than the body to be written. */
let idle: Buffer | undefined;

/** A body in bytes. */
export interface BodyBytes {
  readonly bytes: Buffer;
  /** The answer has begun, and nobody holds on to the bytes: their memory may serve the next call, unless some request is not sent whole yet. */
  answered(): void;
}

export const bodyBytes = (text: string): BodyBytes => {
  const length = Buffer.byteLength(text, 'utf8');
  const memory = idle !== undefined && idle.length >= length ? idle : Buffer.allocUnsafeSlow(length);
  idle = idle === memory ? undefined : idle;
  memory.write(text, 0, 'utf8');
  return {
    bytes: memory.subarray(0, length),
    answered() {
      if (memory.length <= mostKept && allSent()) idle = memory;
    },
  };
};
