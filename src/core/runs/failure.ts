import type { SignInFault } from './signIn';

/** What the world can refuse. Made in `aws/runFailures.ts` from the SDK's error name and status; `messages/failures.ts` says what to do next. */
export type RunFailure =
  /**
   * `missing`: none was found anywhere; `expired`, `invalid`: Bedrock itself said so of the keys, the signature or the token; `clock`: of the time of
   * the signature, also after it had told its own; `malformed`: a key or token with a character that no header may hold.
   */
  (
    | {
        readonly code: 'credentials';
        readonly reason: 'missing' | 'expired' | 'invalid' | 'clock' | 'malformed';
        readonly profile: string | undefined;
      }
    /** Signing in failed: Bedrock was not asked. */
    | ({ readonly code: 'signIn'; readonly profile: string | undefined } & SignInFault)
    /** Neither a setting nor the profile nor the environment names a Region; nothing was sent. */
    | { readonly code: 'regionMissing'; readonly profile: string | undefined }
    /** `deniedIn`: another Region than the call's, in which a model behind an inference profile was denied. */
    | {
        readonly code: 'accessDenied';
        readonly modelId: string;
        readonly reason: DeniedBy;
        readonly deniedIn?: string | undefined;
      }
    | { readonly code: 'modelNotFound'; readonly modelId: string; readonly region: string; readonly why?: NotFoundBecause }
    /** `tooLong`: the request has more tokens than the model's context window. */
    | { readonly code: 'invalidRequest'; readonly tooLong?: boolean }
    | { readonly code: 'throttled'; readonly midStream: boolean; readonly attempts: number; readonly quota?: Quota }
    | { readonly code: 'unavailable'; readonly status: number | undefined }
    /** The model, and not the service, could not answer. */
    | { readonly code: 'modelFailed'; readonly modelId: string; readonly why: ModelTrouble }
    | { readonly code: 'timeout'; readonly afterMs: number }
    /** The endpoint could not be reached at all: no request has left. */
    | { readonly code: 'network'; readonly endpoint: string; readonly cause: string; readonly trouble?: Trouble }
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
    /** The service's or the SDK's own words, for the panel's details. They may quote the prompt, so they never enter the log. */
    readonly detail: string;
    readonly requestId: string | undefined;
    /** Name, code and status of the error, as "ThrottlingException, HTTP 429": for the log. */
    readonly error?: string | undefined;
  };

/**
 * Who says no. `iam`: no policy of the identity allows it; `explicitDeny`: one denies it; `scp`: a service or resource control policy of the
 * organization; `boundary`: a permissions boundary or session policy; `vpcEndpoint`: the policy of the VPC endpoint that the call went through.
 */
export type DeniedBy = 'iam' | 'explicitDeny' | 'scp' | 'boundary' | 'vpcEndpoint' | 'modelAccess' | 'marketplace' | 'caching' | 'unknown';

/** `profileNeeded`: the model is served through inference profiles only. Absent where only the id is known to be refused: `unknown`. */
export type NotFoundBecause = 'unknown' | 'retired' | 'profileNeeded';

/** Which quota is used up: one that opens again within minutes (also where nothing is said), one of a day, or one that the account must have raised. */
export type Quota = 'minute' | 'day' | 'account';

/** What became of the model; `stream`: it failed in the middle of its answer. */
export type ModelTrouble = 'notReady' | 'timeout' | 'error' | 'stream';

/**
 * Why there was no connection: a name that is not found, nobody who listens, a certificate of an authority that is not trusted here, one for
 * another host, one out of its time, a side that speaks no TLS, a proxy that refuses, or something else.
 */
export type Trouble = 'name' | 'refused' | 'authority' | 'host' | 'date' | 'noTls' | 'proxy' | 'other';

/**
 * An answer that is none of Bedrock Runtime: other JSON, what is called JSON and is none, nothing at all, another content type, no HTTP, a redirect, or
 * that there is no such operation.
 */
export type OtherAnswer = 'json' | 'notJson' | 'empty' | 'otherType' | 'notHttp' | 'redirect' | 'unknownOperation';

export type FailureCode = RunFailure['code'];
