import type { CachePlan } from '../cache/plan';
import type { FormatEdits } from '../formats/format';
import type { Problem, RuleCode, Severity } from '../prompt/problems';
import type { Prompt } from '../prompt/model';
import type { Traffic } from '../prompt/traffic';
import type { TextEdit } from '../text/edit';

/** All that a rule may look at: values only. */
export interface RuleInput {
  readonly text: string;
  readonly prompt: Prompt;
  readonly plan: CachePlan;
  readonly edits: FormatEdits;
  /** What figures are computed for: the prompt's own rate or burst, or the setting's rate. */
  readonly traffic: Traffic;
  /** AWS Region that runs go to, where a setting names one: decides which inference profile is offered. */
  readonly region?: string;
}

/** A change that removes a problem. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one that a person most likely wants. */
  readonly preferred: boolean;
}

export interface Rule<C extends RuleCode> {
  /** What `docs/rules.md` states and a setting overrides. */
  readonly severity: Severity;
  /** For a rule that is more or less sure, or whose effect differs: the severity of this one. */
  rate?(problem: Problem<C>): Severity;
  check(input: RuleInput): Iterable<Problem<C>>;
  fixes?(problem: Problem<C>, input: RuleInput): Iterable<Fix>;
}
