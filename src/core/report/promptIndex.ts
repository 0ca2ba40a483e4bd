import { policyUseOf, type PolicyUse } from '../advice/policyUse';
import type { ToldPrompt } from '../messages/promptsView';
import type { CacheField } from '../models/types';
import { segmentsOf, type Prompt } from '../prompt/model';
import type { PromptOrigin } from '../prompt/model';
import type { CachePlan } from '../cache/plan';
import { placeOfParting, type Chained, type Link, type Member, type Parting } from '../change/sharedPrefixes';
import type { RatedProblem } from '../rules/index';
import { theDocument } from '../text/place';
import { baseName, joinPath } from '../text/path';
import type { Span } from '../text/span';
import type { Savings } from '../traffic/savings';
import { rangeOf, type ReportLines } from './problemReport';
import type { Range } from './types';

/** A prompt of the workspace, as a list shows it. */
export interface PromptRow extends ToldPrompt {
  /** Of its file; absolute, with `/`. */
  readonly path: string;
  readonly id: string;
  readonly format: PromptOrigin;
  /** Where it begins. */
  readonly at: Range;
  /** Other files that its text comes from; absolute. */
  readonly sources: readonly string[];
  /** What running it asks permission for; absent where it names no model. */
  readonly use?: PolicyUse;
}

/** A stretch that prompts share: the tools, or a text by its file or its first words. */
export interface SharedPart {
  readonly field: CacheField;
  readonly name: string;
}

/** Rows by their numbers, and groups of them. */
export type IndexMember = number | IndexGroup;

/** Prompts that begin alike. */
export interface IndexGroup {
  /** Tokens of what they share; 0 where one text of theirs only begins alike. */
  readonly tokens: number;
  readonly parts: readonly SharedPart[];
  readonly members: readonly IndexMember[];
  readonly parting: IndexParting | undefined;
}

/** Where two rows part. */
export interface IndexParting {
  readonly field: CacheField;
  /** Characters that their blocks have in common before that. */
  readonly common: number;
  readonly rows: readonly [number, number];
  /** In the document of the second. */
  readonly at: Range;
}

/** All prompts of a workspace. */
export interface PromptIndex {
  readonly rows: readonly PromptRow[];
  readonly members: readonly IndexMember[];
}

/** One prompt with what was found out about it. */
export interface IndexedPrompt {
  readonly id: string;
  readonly title: string;
  readonly format: PromptOrigin;
  readonly head: Span;
  readonly prompt: Prompt;
  readonly plan: CachePlan;
  readonly savings: Savings | undefined;
  readonly problems: readonly RatedProblem[];
}

const countOf = (problems: readonly RatedProblem[], kind: RatedProblem['severity']): number =>
  problems.filter(({ severity }) => severity === kind).length;

export const promptRow = (path: string, of: IndexedPrompt, lines: ReportLines): PromptRow => {
  const { id, title, format, head, prompt, plan, savings, problems } = of;
  const use = policyUseOf(plan);
  return {
    path,
    id,
    title,
    format,
    at: rangeOf(head, lines),
    model: plan.model?.name ?? plan.modelId,
    tokens: plan.total.likely,
    // A text that is sent with others is known all the same.
    isOpen:
      prompt.api !== 'text' &&
      (prompt.open?.partly === true || (prompt.open?.gaps.length ?? 0) > 0 || plan.blocks.some((wire) => wire.isOpen)),
    cachedShare: savings?.readShare ?? 0,
    errors: countOf(problems, 'error'),
    warnings: countOf(problems, 'warning'),
    sources: prompt.sources.slice(1).map((source) => joinPath(path, source.path)),
    ...(use === undefined ? {} : { use }),
  };
};

/** Words of a text by which it is known again. */
const longestName = 32;

const wordsOf = (text: string): string => {
  const [line = ''] = text.split('\n').flatMap((one) => one.replace(/^[\s#>*-]+|[\s:*]+$/g, '') || []);
  return line.length <= longestName ? line : `${line.slice(0, longestName).replace(/\s+\S*$/, '')}…`;
};

const partOf = ({ wire, text }: Link, { prompt }: Chained<unknown>): SharedPart => {
  const { field } = wire.place;
  const sources = new Set(segmentsOf(wire.block).map(({ at }) => at.source));
  const [source = theDocument, ...others] = sources;
  const file = others.length === 0 && source !== theDocument ? prompt.sources[source]?.path : undefined;
  return { field, name: file === undefined ? wordsOf(text ?? '') : baseName(file) };
};

/** Several tools are one part. */
const partsOf = (links: readonly Link[], one: Chained<unknown> | undefined): readonly SharedPart[] => {
  if (one === undefined) return [];
  const tools: readonly SharedPart[] = links.some(({ wire }) => wire.place.field === 'tools') ? [{ field: 'tools', name: '' }] : [];
  return [...tools, ...links.filter(({ wire }) => wire.place.field !== 'tools').map((link) => partOf(link, one))];
};

/** What is indexed: each prompt with its row, and with the lines of its document. */
export interface Indexed {
  readonly row: PromptRow;
  readonly lines: ReportLines;
}

/** The index of prompts in the order in which they are given, grouped by what they share. */
export const promptIndex = (all: readonly Indexed[], grouped: readonly Member<Indexed>[]): PromptIndex => {
  const numbers = new Map(all.map((one, at) => [one, at]));
  const numberOf = ({ of }: Chained<Indexed>): number => numbers.get(of) ?? 0;
  const parting = (found: Parting<Indexed>): IndexParting | undefined => {
    const field = found.b.links[found.depth]?.wire.place.field;
    const at = placeOfParting(found);
    if (field === undefined || at === undefined) return undefined;
    return { field, common: found.common, rows: [numberOf(found.a), numberOf(found.b)], at: rangeOf(at, found.b.of.lines) };
  };
  const first = (member: Member<Indexed> | undefined): Chained<Indexed> | undefined =>
    member?.kind === 'group' ? first(member.group.members[0]) : member?.chained;
  const member = (one: Member<Indexed>): IndexMember => {
    if (one.kind === 'prompt') return numberOf(one.chained);
    const { shared, members, parting: found } = one.group;
    return {
      tokens: shared.at(-1)?.tokens ?? 0,
      parts: partsOf(shared, first(one)),
      members: members.map(member),
      parting: found && parting(found),
    };
  };
  return { rows: all.map(({ row }) => row), members: grouped.map(member) };
};
