import type { CitationsDelta, ContentBlockDelta, ContentBlockStart, ConverseStreamTrace } from '@aws-sdk/client-bedrock-runtime';
import { isRecord } from '../core/text/json';

/** Parts of the Messages API's answers in Converse's form. Source: Anthropic's documentation, Messages, Citations and Web search, read 2026-11. */

type Loose = Readonly<Record<string, unknown>>;
const recordOf = (value: unknown): Loose => (isRecord(value) ? value : {});
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

type Location = NonNullable<CitationsDelta['location']>;

const locationOf = (citation: Loose): Location | undefined => {
  const documentIndex = numberOf(citation['document_index']);
  const range = (unit: string) => ({
    documentIndex,
    start: numberOf(citation[`start_${unit}`]),
    end: numberOf(citation[`end_${unit}`]),
  });
  switch (citation['type']) {
    case 'char_location':
      return { documentChar: range('char_index') };
    case 'page_location':
      return { documentPage: range('page_number') };
    case 'content_block_location':
      return { documentChunk: range('block_index') };
    case 'search_result_location': {
      const { start, end } = range('block_index');
      return { searchResultLocation: { searchResultIndex: numberOf(citation['search_result_index']), start, end } };
    }
    case 'web_search_result_location':
      return { web: { url: textOf(citation['url']) } };
    default:
      return undefined;
  }
};

/** One citation. */
export const citationOf = (value: unknown): CitationsDelta => {
  const citation = recordOf(value);
  return {
    title: textOf(citation['document_title']) ?? textOf(citation['title']),
    source: textOf(citation['source']),
    sourceContent: [{ text: textOf(citation['cited_text']) }],
    location: locationOf(citation),
  };
};

/** How a block begins, and what of it is told at once; texts and thinking begin with nothing. */
export const blockOf = (value: unknown): { readonly start?: ContentBlockStart; readonly delta?: ContentBlockDelta } => {
  const block = recordOf(value);
  const type = textOf(block['type']) ?? '';
  if (type === 'tool_use' || type === 'server_tool_use') {
    const byService = type === 'server_tool_use' ? { type } : {};
    return { start: { toolUse: { toolUseId: textOf(block['id']), name: textOf(block['name']), ...byService } } } as {
      start: ContentBlockStart;
    };
  }
  if (type === 'redacted_thinking') return { delta: { reasoningContent: { redactedContent: new Uint8Array() } } };
  if (!type.endsWith('_tool_result')) return {};
  const content = Array.isArray(block['content']) ? block['content'] : [block['content']];
  return { start: { toolResult: { toolUseId: textOf(block['tool_use_id']) } }, delta: { toolResult: content as never } }; // read one by one
};

/** What a guardrail found, as InvokeModel tells it. */
export const traceOf = (value: unknown): ConverseStreamTrace | undefined => {
  const { input, outputs } = recordOf(recordOf(value)['guardrail']);
  if (input === undefined && outputs === undefined) return undefined;
  const found = Array.isArray(outputs) ? outputs.flatMap((output) => Object.entries(recordOf(output))) : [];
  const outputAssessments = Object.fromEntries(found.map(([id, assessment]) => [id, [assessment]]));
  return { guardrail: { inputAssessment: recordOf(input) as never, outputAssessments: outputAssessments as never } };
};
