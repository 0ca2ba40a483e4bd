import type { CachePlan } from '../cache/plan';
import type { NumberFormats } from '../figures/numbers';
import type { Problem, ProblemData, RuleCode, Severity } from '../prompt/problems';
import type { Day } from '../models/lifecycle';
import type { Prompt, PromptId } from '../prompt/model';
import type { Traffic } from '../prompt/traffic';
import type { Edits } from '../text/edit';
import type { Span } from '../text/span';

/** A prompt of a document as others see it that may share its prefix. */
export interface Caller {
  readonly id: PromptId;
  /** Equal for two prompts whose model, tools and system text are the same. */
  readonly prefix: string;
  /** Equal for two prompts of which the same is sent. */
  readonly sent: string;
  /** Its output schema as it is compared; empty where it asks for none. */
  readonly schema: string;
}

/** All that a rule may look at: values only. */
export interface RuleInput {
  readonly text: string;
  readonly prompt: Prompt;
  readonly plan: CachePlan;
  /** What figures are computed for: the prompt's own rate or burst, or the setting's rate. */
  readonly traffic: Traffic;
  /** AWS Region that runs go to, where a setting names one: decides which inference profile is offered. */
  readonly region?: string;
  /** Calls stay within a geography. */
  readonly neverGlobal?: boolean;
  /** All prompts of the document, where it holds several: those that share a prefix share its entries. */
  readonly callers?: () => readonly Caller[];
  /** Decides what has ended; absent where nobody has said it. */
  readonly today?: Day;
  /** Absent where nothing can be tried, as in tests of one rule. */
  readonly trial?: Trial;
}

/** A prompt with its problems. */
export interface Reanalyzed {
  readonly input: RuleInput;
  readonly problems: readonly (Problem & { readonly severity: Severity })[];
}

/** What a prompt would be after a change, for a fix that has to show that it helps. */
export interface Trial {
  before(): Reanalyzed;
  /** `undefined`: too much has been tried of this document, or the prompt is gone. */
  after(edits: Edits): Reanalyzed | undefined;
}

/**
 * What a fix does to the request. `safe`: what is sent stays byte for byte, or a cache point goes that does nothing. `moves`: the same lines are sent in
 * another order, or cache points are put, relocated, respelled or dropped, or a blank text goes that the service refuses. `changes`: all
 * else, also making or removing a declaration.
 */
export type FixKind = 'safe' | 'moves' | 'changes';

/** A change that removes a problem. */
export interface Fix {
  readonly title: string;
  readonly kind: FixKind;
  readonly edits: Edits;
  /** An empty file to create, relative to the document's folder: only an editor can. */
  readonly create?: string;
  /** Its insertions may stand beside those of others of this kind at the same place, in any order. */
  readonly stacks?: boolean;
  /** The one that a person most likely wants. */
  readonly preferred: boolean;
}

/** Another place that a problem is about, in the same document, and what it has to do with it. */
export interface Related {
  readonly span: Span;
  readonly text: string;
}

/** A rule: what it looks for, what it says of it, and what it can do about it. One a file, whose name and folder are its code. */
export interface Rule<C extends RuleCode> {
  readonly code: C;
  /** What `docs/rules.md` states and a setting overrides. */
  readonly severity: Severity;
  /**
   * Where it is known from, each with its date (`2026-10`), which is the day it was read where it has none of its own. `docs/rules.md` shows them;
   * the build leaves them out.
   */
  readonly sources: readonly string[];
  /** The sentence for people: what is wrong, what that does, and what to do. */
  says(data: ProblemData[C], formats: NumberFormats): string;
  /** For a rule that is more or less sure, or whose effect differs: the severity of this one. */
  rate?(problem: Problem<C>): Severity;
  check(input: RuleInput): Iterable<Problem<C>>;
  /** Where else a person has to look: what is lost, or what it is lost to. */
  related?(problem: Problem<C>, input: RuleInput): Iterable<Related>;
  fixes?(problem: Problem<C>, input: RuleInput): Iterable<Fix>;
}
