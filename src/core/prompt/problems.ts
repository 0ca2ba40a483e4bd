import type { FileRefusal } from './files';
import type { CacheField, ContentKind } from '../models/types';
import type { OpaqueResource } from '../models/resolve';
import type { Traffic } from './traffic';
import type { InvokeApi } from './api';
import type { Span } from '../text/span';
import type { TokenEstimate } from '../figures/band';

/**
 * What each problem carries. A problem is data: its sentence is made in `messages.ts`, its fixes in `rules/`.
 * A line here makes the compiler ask for both.
 */
export interface ProblemData {
  /** `file`: all of the file is YAML. */
  'syntax/front-matter': { readonly detail: string; readonly file?: true };
  'syntax/unknown-key': { readonly key: string; readonly nearest: string | undefined };
  'syntax/duplicate-member': { readonly name: string };
  'syntax/value': { readonly key: string; readonly expected: string };
  'syntax/marker': { readonly found: string; readonly reason: 'ttl' | 'attribute' | 'case' | 'notAlone' | 'dialect' };
  'syntax/inert-marker': { readonly file: string };
  'syntax/fence': Record<never, never>;
  'syntax/json': { readonly detail: string };
  'syntax/role-order': Record<never, never>;
  'syntax/too-deep': Record<never, never>;
  'syntax/not-converse': { readonly detail: string };
  /** `found`: the code as written, empty where there is none. */
  'syntax/unused-ignore': { readonly found: string; readonly known: boolean; readonly nearest: string | undefined };
  'request/include': { readonly path: string; readonly reason: FileRefusal | 'cyclic' | 'tooDeep' };
  'request/blank-text': { readonly isSure: boolean };
  'request/undefined-variable': { readonly name: string; readonly nearest: string | undefined };
  'request/unused-variable': { readonly name: string };
  'request/roles': {
    readonly reason: 'empty' | 'firstNotUser' | 'notAlternating' | 'noContent' | 'systemFirst';
    readonly level: 'error' | 'warning';
  };
  /** `ids`: the tool calls or results meant, or the name of a tool. */
  'request/tool-pairing': { readonly reason: PairingFault; readonly ids: readonly string[] };
  'request/documents': { readonly reason: DocumentFault; readonly name: string };
  /** `keyword`: of the schema, where one is meant. */
  'request/output-schema': {
    readonly reason: 'notJson' | 'open' | 'keyword' | 'recursion' | 'reference';
    readonly keyword: string;
    readonly isSure: boolean;
  };
  /** `refusal`: a row of the table of refusals. */
  'request/model-refuses': { readonly refusal: string; readonly model: string; readonly level: 'error' | 'warning' };
  /** `api`: of a body that has no place for a model. */
  'request/model-missing': { readonly api?: InvokeApi };
  /** `isPossible`: the service may have a model of this id. */
  'request/unknown-model': { readonly modelId: string; readonly nearest: readonly string[]; readonly isPossible: boolean };
  'cache/below-minimum': {
    readonly tokens: TokenEstimate;
    readonly minimum: number;
    readonly certain: boolean;
    readonly model: string;
    readonly missing: number;
    /** Is there a place in the part that every call shares where a cache point would work? */
    readonly reachable: boolean;
  };
  /** `isSure`: no Region takes the bare id. */
  'request/inference-profile': { readonly modelId: string; readonly model: string; readonly isSure: boolean };
  /** `endOfLife` is an ISO date, where one is known. */
  'request/retired-model': { readonly model: string; readonly endOfLife: string | undefined; readonly retired: boolean };
  'request/context-window': {
    readonly tokens: TokenEstimate;
    readonly maxTokens: number | undefined;
    readonly window: number;
    readonly model: string;
    /** The input alone is too long, even by the low estimate. */
    readonly certain: boolean;
    /** Tokens of the longest block, where the problem is shown. */
    readonly largest: TokenEstimate;
  };
  'request/modality': { readonly model: string; readonly what: ContentKind | 's3Location' };
  'request/unknown-field': {
    /** As `inferenceConfig.maxTokens`. */
    readonly path: string;
    readonly fault: FieldFault;
    readonly nearest: string | undefined;
    /** Whose names these are, where they are not Converse's. */
    readonly api?: InvokeApi;
  };
  'cache/unsupported-model': { readonly model: string; readonly note: string | undefined };
  'cache/unsupported-field': { readonly model: string; readonly field: CacheField; readonly withTools: boolean };
  'cache/too-many': { readonly count: number; readonly limit: number; readonly model: string };
  'cache/ttl-unsupported': { readonly ttl: string; readonly model: string; readonly supported: readonly string[] };
  'cache/ttl-order': { readonly earlier: string; readonly later: string };
  'cache/nothing-before': { readonly field: CacheField };
  'cache/volatile-prefix': {
    readonly what: VolatileKind;
    readonly text: string;
    readonly every: 'request' | 'day';
    /** A variable that only gets longer. */
    readonly grows: boolean;
    /** Tokens written on each call and never read, or once a day instead of being read. */
    readonly lost: TokenEstimate;
    /** What that costs more, a call or a day; `undefined` without a price. */
    readonly extraUsd: number | undefined;
    /** Numbers of the checkpoints that lose by it. */
    readonly checkpoints: readonly number[];
  };
  /** `lost`, `extraUsd`: of each call, where each asks another question. */
  'cache/last-turn': { readonly lost: TokenEstimate; readonly extraUsd: number | undefined };
  /** `what`: a variable's name, or a text that looks generated; `count`: the schemas of all prompts that share the prefix. */
  'cache/output-schema': {
    readonly reason: 'variable' | 'text' | 'callers';
    readonly what: string;
    readonly count: number;
    /** Tokens that another schema does not find. */
    readonly lost: TokenEstimate;
  };
  'cache/session-prefix': { readonly name: string; readonly tokens: TokenEstimate };
  'cache/missing': {
    readonly tokens: TokenEstimate;
    readonly minimum: number;
    readonly model: string;
    /** Saved per call on average at `traffic`; `undefined` without a price. */
    readonly savesUsd: number | undefined;
    readonly savesShare: number | undefined;
    readonly traffic: Traffic;
    readonly implicit: boolean;
  };
  'cache/redundant': Record<never, never>;
  'cache/after-reasoning': Record<never, never>;
  'cache/after-document': { readonly model: string; readonly format: string };
  'cache/latency-optimized': { readonly model: string; readonly count: number };
  /** `place`: the right name where Converse has no such member. */
  'cache/dialect': { readonly found: string; readonly reason: 'name' | 'place'; readonly api?: InvokeApi };
  'cache/in-tool-result': Record<never, never>;
  'cache/never-pays': {
    readonly traffic: Traffic;
    /** Share of calls that read what another has written. */
    readonly hitRate: number;
    readonly extraUsdPerCall: number;
    readonly extraShare: number;
    readonly hourPays: boolean;
  };
  'cache/ttl-choice': {
    readonly better: string;
    readonly traffic: Traffic;
    readonly savesUsdPerCall: number;
    readonly savesShare: number;
  };
  'cache/look-back': { readonly blocks: number; readonly limit: number; readonly tokens: TokenEstimate };
  'cache/over-maximum': { readonly tokens: TokenEstimate; readonly maximum: number; readonly model: string };
  'cache/not-on-demand': { readonly count: number; readonly why: 'provisioned' | 'batch' };
  'cache/router': { readonly count: number; readonly mappedTo: string | undefined };
  'cache/spent-early': { readonly limit: number; readonly tokens: TokenEstimate };
  'cache/govcloud': { readonly count: number };
  'cache/cross-region': { readonly prefix: string; readonly savedUsdPerHour: number };
  'cache/opaque-profile': { readonly resource: OpaqueResource; readonly mappedTo: string | undefined };
  'cache/unstable-bytes': { readonly what: ByteTrouble | OrderTrouble; readonly count: number; readonly tokens: TokenEstimate };
  /** A marker of a program that its client or the service makes no cache point of. */
  'code/lost-marker': {
    readonly found: string;
    readonly reason: LostReason;
    /** The client, as people call it. */
    readonly client: string;
    /** Does the call fail for it? */
    readonly refused: boolean;
  };
  /** `call`: what starts them, as `asyncio.gather`. */
  'code/cold-fan-out': { readonly call: string; readonly tokens: TokenEstimate };
  'code/usage-misread': { readonly reason: UsageMisread };
  /** The secret itself is not repeated here: problems are shown, copied and logged. */
  'cache/shared-secret': { readonly what: SecretKind };
}

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
export type Problem<C extends RuleCode = RuleCode> = {
  [K in C]: { readonly code: K; readonly span: Span; readonly data: ProblemData[K] };
}[C];

/** What a parser can find by itself. */
export type SyntaxCode =
  Exclude<Extract<RuleCode, `syntax/${string}`>, 'syntax/duplicate-member'> | 'request/include' | 'code/lost-marker' | 'code/usage-misread';
export type SyntaxProblem = Problem<SyntaxCode>;

export type Severity = 'error' | 'warning' | 'information' | 'hint';
