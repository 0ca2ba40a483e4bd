import type { SignInFault } from './signIn';

/** What the world can refuse. Made in `aws/runFailures.ts` from the SDK's error name and status; `messages/failures.ts` says what to do next. */
export type RunFailure =
  /**
   * `missing`: none was found anywhere; `expired`, `invalid`: Bedrock itself said so of the keys, the signature or the token; `malformed`: a key
   * or token with a character that no header may hold.
   */
  (
    | {
        readonly code: 'credentials';
        readonly reason: 'missing' | 'expired' | 'invalid' | 'malformed';
        readonly profile: string | undefined;
      }
    /** Signing in failed: Bedrock was not asked. */
    | ({ readonly code: 'signIn'; readonly profile: string | undefined } & SignInFault)
    /** Neither a setting nor the profile nor the environment names a Region; nothing was sent. */
    | { readonly code: 'regionMissing'; readonly profile: string | undefined }
    | {
        readonly code: 'accessDenied';
        readonly modelId: string;
        readonly reason: 'iam' | 'modelAccess' | 'marketplace' | 'caching' | 'unknown';
      }
    | { readonly code: 'modelNotFound'; readonly modelId: string; readonly region: string }
    | { readonly code: 'invalidRequest' }
    | { readonly code: 'throttled'; readonly midStream: boolean; readonly attempts: number }
    | { readonly code: 'unavailable'; readonly status: number | undefined }
    | { readonly code: 'timeout'; readonly afterMs: number }
    /** The endpoint could not be reached at all: no request has left. */
    | { readonly code: 'network'; readonly endpoint: string; readonly cause: string }
    /** The request had left when the connection ended, and no answer came: the service may have worked on it. */
    | { readonly code: 'unanswered'; readonly endpoint: string; readonly cause: string }
    /** Something answered, and not as Bedrock Runtime does. `said`: its content type, or the address that a redirect names. */
    | { readonly code: 'otherAnswer'; readonly endpoint: string; readonly answer: OtherAnswer; readonly said: string | undefined }
    /** Nested too deeply to be written as JSON; nothing was sent. */
    | { readonly code: 'tooDeep' }
    /** The stream ended before the answer was whole: what arrived is kept. */
    | { readonly code: 'interrupted' }
    | { readonly code: 'canceled' }
    | { readonly code: 'unexpected' }
  ) & {
    /** The service's or the SDK's own words, for the panel's details and the log. */
    readonly detail: string;
    readonly requestId: string | undefined;
  };

/** An answer that is none of Bedrock Runtime: other JSON, what is called JSON and is none, nothing at all, another content type, no HTTP, a redirect. */
export type OtherAnswer = 'json' | 'notJson' | 'empty' | 'otherType' | 'notHttp' | 'redirect';

export type FailureCode = RunFailure['code'];
