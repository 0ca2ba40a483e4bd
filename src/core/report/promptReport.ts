import type { CachePlan, Checkpoint } from '../cache/plan';
import { fitOf, lastReadable } from '../cache/written';
import type { TokenEstimate } from '../figures/band';
import type { NumberFormats } from '../figures/numbers';
import { describeVerdict } from '../messages/models';
import { segmentsOf, type Block, type Prompt, type RecordedUsage } from '../prompt/model';
import { declaredValues } from '../request/values';
import type { RatedProblem } from '../rules/index';
import type { Fix } from '../rules/types';
import type { Segment } from '../text/segment';
import type { Span } from '../text/span';
import type { Savings } from '../traffic/savings';
import { holesOf } from './holes';
import { problemReport, rangeOf, type ReportLines } from './problemReport';
import type { CachePointReport, Estimate, PromptReport } from './types';

/** One prompt with what was found out about it; an analysis will do, with its place. */
export interface ReportedPrompt {
  readonly id: string;
  readonly title: string;
  /** All of the document that is about the prompt. */
  readonly span: Span;
  readonly prompt: Prompt;
  readonly plan: CachePlan;
  readonly savings: Savings | undefined;
  readonly problems: readonly RatedProblem[];
}

/** What a report is made with. */
export interface ReportContext {
  /** The document, as the report names it. */
  readonly path: string;
  readonly lines: ReportLines;
  readonly formats: NumberFormats;
  fixesOf(problem: RatedProblem): readonly Fix[];
}

const estimate = ({ low, likely, high }: TokenEstimate): Estimate => ({ low, likely, high });
const noTokens: Estimate = { low: 0, likely: 0, high: 0 };

/** Problems that keep a part of the request from being known. */
const hidingCodes: readonly string[] = ['request/include', 'syntax/json', 'syntax/too-deep', 'syntax/front-matter'];

/** A variable whose value is always the same is known; any other is a hole. */
const fixedValues = ({ header }: Prompt) =>
  declaredValues(
    header.variables.map(({ fallback: _, ...always }) => always),
    false,
  );

const systemText = (prompt: Prompt): string | null => {
  const values = fixedValues(prompt);
  const shown = (segment: Segment): string => {
    if (segment.kind === 'text') return segment.text;
    return segment.kind === 'variable' ? (values(segment.name) ?? `⟦${segment.name}⟧`) : `⟦${segment.source}⟧`;
  };
  const texts = prompt.system.filter(({ kind }) => kind === 'text').map((block) => segmentsOf(block).map(shown).join(''));
  // Of a text that is not known at all its source is told; what may be added to one that is known is claimed neither way.
  if (texts.length === 0)
    for (const gap of prompt.open?.gaps ?? []) if (gap.field === 'system' && gap.source !== undefined) texts.push(`⟦${gap.source}⟧`);
  return texts.length === 0 ? null : texts.join('');
};

const cachePointReport = (checkpoint: Checkpoint, plan: CachePlan, { lines, formats }: ReportContext): CachePointReport => {
  const { number, place, ttl, marker, prefix, verdict } = checkpoint;
  const minimum = plan.caching?.kind === 'explicit' ? plan.caching.minimum.likely : null;
  return {
    number,
    field: place.field,
    ttl,
    range: rangeOf(marker.span, lines),
    tokens: estimate(prefix),
    minimum,
    cached: fitOf(checkpoint),
    ...(verdict.kind === 'caches' ? {} : { reason: describeVerdict(verdict, formats) }),
  };
};

const recordedReport = ({ input, output, cacheRead, cacheWrite }: RecordedUsage): NonNullable<PromptReport['recorded']> => ({
  inputTokens: input,
  outputTokens: output,
  cacheReadInputTokens: cacheRead ?? null,
  cacheWriteInputTokens: cacheWrite ?? null,
});

/** All that is told of one prompt. Pure: the same analysis gives the same report. */
export const promptReport = (of: ReportedPrompt, context: ReportContext): PromptReport => {
  const { id, title, span, prompt, plan, savings, problems } = of;
  const { path, lines } = context;
  const modelId = plan.modelId === '' ? null : plan.modelId;
  const holes = holesOf(prompt, path, lines, fixedValues(prompt));
  const isOpen = (field: 'tools' | 'messages'): boolean =>
    prompt.open?.gaps.some((gap) => gap.field === field && gap.message === undefined) === true;
  const refused = problems.some(({ severity }) => severity === 'error');
  const readable = refused ? undefined : lastReadable(plan);
  const blocks = (list: readonly Block[]): number => list.filter(({ kind }) => kind !== 'cachePoint').length;
  return {
    version: 1,
    path,
    id,
    title,
    api: prompt.api,
    modelId,
    modelCertain: prompt.header.modelId !== undefined && prompt.open?.model !== true,
    range: rangeOf(span, lines),
    system: systemText(prompt),
    messages: isOpen('messages') ? 'unknown' : prompt.messages.length,
    tools: isOpen('tools') ? 'unknown' : blocks(prompt.tools),
    complete: prompt.open?.partly !== true && !problems.some(({ code }) => hidingCodes.includes(code)),
    unknown: holes.map(({ source }) => source),
    holes,
    cachePoints: plan.checkpoints.map((checkpoint) => cachePointReport(checkpoint, plan, context)),
    tokens: estimate(plan.total),
    readable: readable === undefined ? noTokens : estimate(readable.prefix),
    usd: savings === undefined ? null : { cold: savings.cold.likely, warm: savings.warm.likely, uncached: savings.uncached.likely },
    ...(prompt.recorded === undefined ? {} : { recorded: recordedReport(prompt.recorded) }),
    problems: problems.map((problem) => problemReport(problem, context)),
  };
};
