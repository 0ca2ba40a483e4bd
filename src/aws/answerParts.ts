import { serviceText } from '../core/messages/serviceText';
import type { CitationsDelta, ConverseStreamMetadataEvent, GuardrailTraceAssessment } from '@aws-sdk/client-bedrock-runtime';
import type { AnswerPart, CitedPlace, GuardrailFinding } from '../core/runs/parts';
import { isRecord, type Json } from '../core/text/json';

/** What the SDK gives of an answer's further parts, in our words. Nothing here trusts that a member is there. */

type Loose = Readonly<Record<string, unknown>>;
const recordOf = (value: unknown): Loose => (isRecord(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

/** A value of the wire as JSON; bytes are told by their number. */
export const asJson = (value: unknown): Json => {
  if (value instanceof Uint8Array) return serviceText.bytes(value.length);
  if (Array.isArray(value)) return value.map(asJson);
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).flatMap(([name, one]) => (one === undefined ? [] : [[name, asJson(one)]])));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
};

const ranges = { documentChar: 'characters', documentPage: 'pages', documentChunk: 'chunks' } as const;

const placeOf = (location: Loose): CitedPlace | undefined => {
  for (const [name, within] of Object.entries(ranges)) {
    if (location[name] === undefined) continue;
    const { documentIndex, start, end } = recordOf(location[name]);
    return { in: within, document: numberOf(documentIndex), start: numberOf(start) ?? 0, end: numberOf(end) ?? 0 };
  }
  if (location['searchResultLocation'] !== undefined) {
    const { searchResultIndex, start, end } = recordOf(location['searchResultLocation']);
    return { in: 'searchResult', result: numberOf(searchResultIndex), start: numberOf(start) ?? 0, end: numberOf(end) ?? 0 };
  }
  const url = textOf(recordOf(location['web'])['url']);
  return url === undefined ? undefined : { in: 'web', url };
};

/** One citation. */
export const citationPart = ({ title, source, sourceContent, location }: CitationsDelta): AnswerPart => ({
  kind: 'citation',
  title: textOf(title),
  source: textOf(source),
  cited: listOf(sourceContent)
    .flatMap((content) => textOf(recordOf(content)['text']) ?? [])
    .join(''),
  place: placeOf(recordOf(location)),
});

/** A search result among what a tool of the service gave, in Converse's form or in that of the Messages API. */
const searchPart = (block: Loose): AnswerPart | undefined => {
  const own = block['type'] === 'web_search_result' || block['type'] === 'search_result' ? block : block['searchResult'];
  if (!isRecord(own)) return undefined;
  const text = listOf(own['content'])
    .flatMap((content) => textOf(recordOf(content)['text']) ?? [])
    .join('\n');
  return { kind: 'searchResult', title: textOf(own['title']) ?? '', source: textOf(own['source']) ?? textOf(own['url']) ?? '', text };
};

/** What a tool gave that the service ran: each search result as one, all else as it came. */
export const toolResultParts = (status: string | undefined, content: readonly unknown[]): readonly AnswerPart[] => {
  const found = content.flatMap((block) => searchPart(recordOf(block)) ?? []);
  const others = content.filter((block) => searchPart(recordOf(block)) === undefined).map(asJson);
  return [...found, ...(others.length > 0 || found.length === 0 ? [{ kind: 'toolResult' as const, status, content: others }] : [])];
};

/** The lists of each policy's assessment, with the members that name and measure a finding. */
const policies: Readonly<Record<string, readonly string[]>> = {
  topicPolicy: ['topics'],
  contentPolicy: ['filters'],
  wordPolicy: ['customWords', 'managedWordLists'],
  sensitiveInformationPolicy: ['piiEntities', 'regexes'],
  contextualGroundingPolicy: ['filters'],
  automatedReasoningPolicy: ['findings'],
};

const measureOf = ({ confidence, score, threshold }: Loose): string | undefined => {
  if (numberOf(score) !== undefined) return serviceText.ofThreshold(Number(score), numberOf(threshold));
  return textOf(confidence);
};

const findingOf = (guardrail: string, side: GuardrailFinding['side'], policy: string, found: Loose): GuardrailFinding => ({
  guardrail,
  side,
  policy,
  name: textOf(found['name']) ?? textOf(found['type']) ?? Object.keys(found)[0] ?? policy,
  match: textOf(found['match']),
  action: textOf(found['action']) ?? 'NONE',
  measure: measureOf(found),
});

const findingsIn = (guardrail: string, side: GuardrailFinding['side'], assessment: unknown): readonly GuardrailFinding[] =>
  Object.entries(policies).flatMap(([policy, lists]) =>
    lists.flatMap((list) =>
      listOf(recordOf(recordOf(assessment)[policy])[list]).map((found) => findingOf(guardrail, side, policy, recordOf(found))),
    ),
  );

const guardrailPart = (trace: GuardrailTraceAssessment): AnswerPart => ({
  kind: 'guardrail',
  findings: [
    ...Object.entries(trace.inputAssessment ?? {}).flatMap(([id, assessment]) => findingsIn(id, 'input', assessment)),
    ...Object.entries(trace.outputAssessments ?? {}).flatMap(([id, assessments]) =>
      listOf(assessments).flatMap((assessment) => findingsIn(id, 'output', assessment)),
    ),
  ],
  reason: textOf(trace.actionReason),
});

/** What the end of an answer says besides its figures. */
export const metadataParts = ({ trace, performanceConfig, serviceTier }: ConverseStreamMetadataEvent): readonly AnswerPart[] => {
  const [tier, latency] = [textOf(serviceTier?.type), textOf(performanceConfig?.latency)];
  const modelId = textOf(trace?.promptRouter?.invokedModelId);
  return [
    ...(trace?.guardrail === undefined ? [] : [guardrailPart(trace.guardrail)]),
    ...(modelId === undefined ? [] : [{ kind: 'router' as const, modelId }]),
    ...(tier === undefined && latency === undefined ? [] : [{ kind: 'served' as const, tier, latency }]),
  ];
};
