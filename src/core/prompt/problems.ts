import type { Place } from '../text/place';
import type { Span } from '../text/span';

/**
 * What each problem carries, by the code of its rule. A problem is data: each rule adds its line from its own file in `rules/`, with the sentence
 * for people and the fixes.
 */
export interface ProblemData {}

/** What makes a text differ from one request to the next. */
export type VolatileKind =
  | 'variable'
  | 'date'
  | 'time'
  | 'uuid'
  | 'epoch'
  | 'hexId'
  | 'requestId'
  | 'clock'
  /** In a program: a clock that is read, an identifier that is made, a parameter that callers fill. */
  | 'readClock'
  | 'madeId'
  | 'given';

/** How a marker is lost: written for another API, on the whole body, on the call, on a tool, in a text, or by an option that is no more. */
export type LostReason = 'dialect' | 'wholeBody' | 'onCall' | 'onTool' | 'inTool' | 'asText' | 'deprecated';

/** How figures of a call's usage are put together wrongly. */
export type UsageMisread = 'total' | 'subtracted' | 'rate' | 'telemetry';

/** Whose spelling of the figures it is: both leave cached tokens out of the input, and only Converse has a total. */
export type UsageApi = 'converse' | 'messages';

/** What is wrong with a member of a request. */
export type FieldFault =
  /** `known`: the names that its object has. */
  | { readonly kind: 'unknown'; readonly known: readonly string[] }
  /** A cache point as another API writes it, which a rule of its own tells. */
  | { readonly kind: 'dialect' }
  | { readonly kind: 'missing'; readonly members: readonly string[] }
  | { readonly kind: 'noMember'; readonly expected: readonly string[] }
  | { readonly kind: 'severalMembers'; readonly found: readonly string[] }
  | { readonly kind: 'length'; readonly least: number; readonly most: number; readonly unit: 'characters' | 'entries' }
  | { readonly kind: 'pattern' }
  /** `padding`: only the signs at the end are missing. */
  | { readonly kind: 'base64'; readonly padding: boolean }
  | { readonly kind: 'type'; readonly expected: string }
  /** `isSure`: a value that was never seen to be answered. */
  | { readonly kind: 'value'; readonly expected: readonly string[]; readonly isSure: boolean }
  | { readonly kind: 'range'; readonly least: number; readonly most: number };

/** What is wrong with tool calls and their results. */
export type PairingFault =
  'noConfig' | 'unanswered' | 'surplus' | 'duplicateId' | 'duplicateName' | 'noSuchTool' | 'inputNotObject' | 'schemaNotObject';

/** What is wrong with documents. */
export type DocumentFault = 'name' | 'duplicate' | 'similar' | 'count' | 'noText' | 'role' | 'unread';

/** What makes equal-looking text differ in its bytes. */
export type ByteTrouble = 'trailingSpace' | 'carriageReturn' | 'notComposed' | 'byteOrderMark';

/** What a program writes in another order from one run to the next: a set, members of JSON. */
export type OrderTrouble = 'unordered' | 'unsorted';

/** What a text gives away. */
export type SecretKind = 'awsKey' | 'apiKey' | 'privateKey' | 'token' | 'password' | 'cardNumber';

export type RuleCode = keyof ProblemData;
/** `foreign` is where it is truly written when another file brings it in, and then `span` is where that file is named. */
export type Problem<C extends RuleCode = RuleCode> = {
  [K in C]: { readonly code: K; readonly span: Span; readonly foreign?: Place; readonly data: ProblemData[K] };
}[C];

/** What a parser can find by itself. */
export type SyntaxCode =
  Exclude<Extract<RuleCode, `syntax/${string}`>, 'syntax/duplicate-member'> | 'request/include' | 'code/lost-marker' | 'code/usage-misread';
export type SyntaxProblem = Problem<SyntaxCode>;

export type Severity = 'error' | 'warning' | 'information' | 'hint';
