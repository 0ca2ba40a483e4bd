import type { Json } from '../text/json';
import type { Usage } from '../tokens/usage';
import type { RunFailure } from './failure';
import type { AnswerPart } from './parts';

/** Which service answered; the panel always says so. */
export type Service = 'aws' | 'emulator' | 'custom';

/** `at`: milliseconds of `performance.now()`, stamped outside the core, so that the fold stays pure. */
export type RunEvent =
  | { readonly type: 'started'; readonly at: number; readonly modelId: string; readonly identity: string }
  /** Whose credentials sign the call, once they are there and say more than was known at the start. */
  | { readonly type: 'signedIn'; readonly at: number; readonly identity: string; readonly accountId?: string | undefined }
  /** A try failed; the one of this number follows after `waitMs`. */
  | { readonly type: 'retrying'; readonly at: number; readonly attempt: number; readonly reason: string; readonly waitMs?: number }
  | { readonly type: 'text' | 'reasoning'; readonly at: number; readonly delta: string }
  /** `byService`: a tool that the service runs itself. */
  | { readonly type: 'toolUse'; readonly at: number; readonly name: string; readonly input: Json; readonly byService?: true }
  | { readonly type: 'part'; readonly at: number; readonly part: AnswerPart }
  | { readonly type: 'usage'; readonly at: number; readonly usage: Usage; readonly latencyMs: number | undefined }
  /** `content`: the blocks of the answer as they have to be sent back, when the conversation goes on; absent where some cannot be. */
  | { readonly type: 'stopped'; readonly at: number; readonly reason: string; readonly content?: readonly Json[] }
  /** Nothing was sent: the answer to an identical request is given again. `recordedAt`: milliseconds since 1970. */
  | { readonly type: 'replayed'; readonly at: number; readonly recordedAt: number }
  /** After this nothing follows; the answer is whole. */
  | { readonly type: 'finished'; readonly at: number; readonly requestId: string | undefined; readonly attempts: number }
  | { readonly type: 'failed'; readonly at: number; readonly failure: RunFailure };
