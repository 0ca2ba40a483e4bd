/** What the world can refuse. Made in `aws/failures.ts` from the SDK's error name and status; `failures.ts` says what to do next. */
export type RunFailure =
  /** `expired`: a login that ended; `missing`: none was found; `invalid`: the service refused the signature or token. */
  (
    | { readonly code: 'credentials'; readonly reason: 'missing' | 'expired' | 'invalid'; readonly profile: string | undefined }
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
    /** The endpoint could not be reached at all. */
    | { readonly code: 'network'; readonly endpoint: string; readonly cause: string }
    /** The stream ended before the answer was whole: what arrived is kept. */
    | { readonly code: 'interrupted' }
    | { readonly code: 'cancelled' }
    | { readonly code: 'unexpected' }
  ) & {
    /** The service's or the SDK's own words, for the panel's details and the log. */
    readonly detail: string;
    readonly requestId: string | undefined;
  };

export type FailureCode = RunFailure['code'];
