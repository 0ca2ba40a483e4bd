import type { Summary } from '../messages/commandLine';
import type { FixKind } from '../rules/types';
import type { Position } from '../text/lines';

/**
 * What `cachepoint check --format json` prints. Other programs read it, so a member is never renamed or given another meaning within a version;
 * `schemas/report.schema.json` says the same as JSON Schema.
 */
export interface Report {
  readonly version: 1;
  readonly files: readonly FileReport[];
  readonly summary: Summary;
}

export interface FileReport {
  /** Relative to the working directory, with `/`. */
  readonly path: string;
  readonly prompts: readonly PromptReport[];
  /** Those that belong to no prompt: each problem stands once. */
  readonly problems: readonly ProblemReport[];
}

/** What `cachepoint explain --json` prints: one prompt with its figures and problems. */
export interface PromptReport {
  readonly version: 1;
  readonly path: string;
  readonly id: string;
  readonly title: string;
  /** `text`: no call is in sight. `other`: a body that is sent and not understood. */
  readonly api: 'converse' | 'messages' | 'nova' | 'text' | 'other';
  readonly modelId: string | null;
  readonly modelCertain: boolean;
  readonly range: Range;
  /** The texts of the system blocks, joined by nothing, as they are sent; an unknown part stands as `⟦its source⟧`. */
  readonly system: string | null;
  readonly messages: number | 'unknown';
  readonly tools: number | 'unknown';
  /** `false`: parts stand on a branch or are not known, and figures are "at least". */
  readonly complete: boolean;
  /** Source texts of what cannot be known, in the order of the wire. */
  readonly unknown: readonly string[];
  /** Where each of `unknown` stands in the document or is brought in, and where following it ended, which may be in another file. */
  readonly holes: readonly { readonly source: string; readonly range: Range; readonly end: Range | null }[];
  readonly cachePoints: readonly CachePointReport[];
  /** Of the whole request. */
  readonly tokens: Estimate;
  /** Of the longest prefix that later calls with other values can read; 0 while the request would be refused. */
  readonly readable: Estimate;
  /** Input of one call in US dollars, likely figures; `null` where no price is known. */
  readonly usd: { readonly cold: number; readonly warm: number; readonly uncached: number } | null;
  /** For a recorded call: what it used, as its answer tells; `null` for what that does not mention. */
  readonly recorded?: {
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly cacheReadInputTokens: number | null;
    readonly cacheWriteInputTokens: number | null;
  };
  readonly problems: readonly ProblemReport[];
}

export interface CachePointReport {
  /** From 1, in the order of the wire. */
  readonly number: number;
  readonly field: 'tools' | 'system' | 'messages';
  readonly ttl: string;
  readonly range: Range;
  /** Of the prefix up to it. */
  readonly tokens: Estimate;
  readonly minimum: number | null;
  /** `surely`: the low figure reaches the minimum. `likely`: the likely one does. */
  readonly cached: 'surely' | 'likely' | 'no';
  readonly reason?: string;
}

export interface ProblemReport {
  readonly code: string;
  readonly severity: ReportSeverity;
  readonly message: string;
  readonly range: Range;
  /** The page of the code. */
  readonly url: string;
  readonly fixes: readonly FixReport[];
}

/** `info` is what VS Code and the settings call `information`. */
export type ReportSeverity = 'error' | 'warning' | 'info' | 'hint';

export interface FixReport {
  readonly title: string;
  readonly kind: FixKind;
  readonly preferred: boolean;
  /** Empty for a fix that only the editor can do. */
  readonly edits: readonly { readonly path: string; readonly range: Range; readonly text: string }[];
}

export interface Range {
  /** Where it is in another file. */
  readonly path?: string;
  /** The cell of a notebook, from 0; offsets count in it. */
  readonly cell?: number;
  readonly start: Position;
  readonly end: Position;
}

export interface Estimate {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}
