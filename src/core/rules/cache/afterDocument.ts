import { carrierOf, documentFormat } from '../../cache/markerPlaces';
import type { Problem } from '../../prompt/problems';
import { checkpointAt, removeMarkerFix } from '../markers';
import { refusedFor } from '../refusedFor';
import type { Fix, Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/after-document': { readonly model: string; readonly format: string };
  }
}

/** The titles of its fixes. */
const titles = {
  putTextBetween: 'Put a text between the document and the cache point',
} as const;

const closingText = 'End of the document.';

function* textBetween(problem: Problem<'cache/after-document'>, input: RuleInput): Generator<Fix> {
  const checkpoint = checkpointAt(input, problem.span);
  const edits = checkpoint && input.prompt.write.insertText(checkpoint.marker, closingText);
  if (edits !== undefined) yield { title: titles.putTextBetween, kind: 'changes', edits, preferred: true };
}

/** Straight after a document that is not a PDF: Claude's adapter cannot place the marker there. */
export const afterDocument: Rule<'cache/after-document'> = {
  code: 'cache/after-document',
  severity: 'error',
  sources: [
    'Error report aws/aws-sdk-java-v2#6277 with a table of formats, strands-agents/harness-sdk#1966, read 2026-11: "messages.0.content.2.type: Field required"',
  ],
  says: ({ model, format }) =>
    `${model} refuses a cache point straight after a document that is not a PDF, so the call fails (ValidationException: Field required). Here the format is ${format === '' ? 'not given' : format}. Put a text block between them.`,
  *check(input) {
    for (const { marker, index } of refusedFor(input, 'afterDocument')) {
      const block = input.plan.blocks[carrierOf(input.plan.blocks, index) ?? -1]?.block;
      const format = (block && documentFormat(block)) ?? '';
      yield { code: 'cache/after-document', span: marker.span, data: { model: input.plan.model?.name ?? '', format } };
    }
  },
  *fixes(problem, input) {
    yield* textBetween(problem, input);
    yield* removeMarkerFix(problem, input, false);
  },
};
