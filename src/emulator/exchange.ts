import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

/** Headers of an answer; names in lower case, as HTTP/2 wants them. */
export type AnswerHeaders = Readonly<Record<string, string>>;

/** One request and the way its answer goes back, the same for every version of HTTP. */
export interface Exchange {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  /** Name and port that the client believes it talks to. */
  readonly host: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
  /** Has the head of the answer been sent? */
  hasBegun(): boolean;
  /** Can nothing be sent any more, because the client left or the answer ended? */
  isGone(): boolean;
  begin(status: number, headers: AnswerHeaders): void;
  write(chunk: Buffer): void;
  end(chunk?: Buffer): void;
  /** Breaks the answer off, after what was written has left. */
  cut(): void;
  /** Ends the whole connection at once. */
  reset(): void;
  /** Resolves when nothing can be sent any more. */
  closed(): Promise<void>;
}

/** What answers the exchanges of a port. */
export type Handler = (exchange: Exchange) => void;
