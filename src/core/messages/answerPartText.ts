import type { AnswerPart, CitedPlace, GuardrailFinding } from '../runs/parts';
import { assertNever } from '../text/assertNever';

/** Titles of the groups in which the panel shows further parts of an answer. */
export const partTitles: { readonly [K in AnswerPart['kind']]: string } = {
  citation: 'Citations',
  searchResult: 'Search results',
  toolResult: 'Results of tools of the service',
  image: 'Images',
  hiddenReasoning: 'Reasoning that the model keeps to itself',
  guardrail: 'Guardrail',
  router: 'Chosen by the prompt router',
  fields: 'Additional response fields',
  served: 'Served as',
};

/** Of a tool that needs nobody to run it. */
export const ranByService = 'The service runs this tool itself.';

const units = { characters: ['character', 'characters'], pages: ['page', 'pages'], chunks: ['part', 'parts'] } as const;

const rangeOf = (one: string, many: string, start: number, end: number): string =>
  end <= start ? `${one} ${start}` : `${many} ${start}–${end}`;

/** Where a cited text stands: "document 1, pages 3–4". The service counts documents from 0, a person from 1. */
const placeText = (place: CitedPlace): string => {
  switch (place.in) {
    case 'web':
      return place.url;
    case 'searchResult':
      return `${place.result === undefined ? 'search result' : `search result ${place.result + 1}`}, ${rangeOf('part', 'parts', place.start, place.end)}`;
    default: {
      const [one, many] = units[place.in];
      const of = place.document === undefined ? '' : `document ${place.document + 1}, `;
      return `${of}${rangeOf(one, many, place.start, place.end)}`;
    }
  }
};

const policyNames: Readonly<Record<string, string>> = {
  topicPolicy: 'Denied topic',
  contentPolicy: 'Content filter',
  wordPolicy: 'Word filter',
  sensitiveInformationPolicy: 'Sensitive information',
  contextualGroundingPolicy: 'Contextual grounding',
  automatedReasoningPolicy: 'Automated reasoning',
};

/** One line of a group. */
export interface PartText {
  readonly head: string;
  readonly note: string;
  readonly text: string;
}

const findingText = ({ guardrail, side, policy, name, match, action, measure }: GuardrailFinding): PartText => ({
  head: `${policyNames[policy] ?? policy}: ${name}`,
  note: [action, `in the ${side === 'input' ? 'prompt' : 'answer'}`, measure ?? '', guardrail].filter((part) => part !== '').join(' · '),
  text: match ?? '',
});

const jsonText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));

/** What a part says, a line each. */
export const partTexts = (part: AnswerPart): readonly PartText[] => {
  switch (part.kind) {
    case 'citation':
      return [
        { head: part.title ?? part.source ?? 'Source', note: part.place === undefined ? '' : placeText(part.place), text: part.cited },
      ];
    case 'searchResult':
      return [{ head: part.title || 'Search result', note: part.source, text: part.text }];
    case 'toolResult':
      return [{ head: part.status === 'error' ? 'Failed' : 'Result', note: '', text: part.content.map(jsonText).join('\n') }];
    case 'image':
      return [{ head: part.format || 'Image', note: `${part.bytes} bytes`, text: '' }];
    case 'hiddenReasoning':
      return [{ head: 'Encrypted', note: 'Only the model can read it.', text: '' }];
    case 'guardrail':
      return part.findings.length === 0
        ? [{ head: 'Nothing found', note: part.reason ?? '', text: '' }]
        : [...(part.reason === undefined ? [] : [{ head: part.reason, note: '', text: '' }]), ...part.findings.map(findingText)];
    case 'router':
      return [{ head: part.modelId, note: '', text: '' }];
    case 'fields':
      return [{ head: '', note: '', text: jsonText(part.value) }];
    case 'served':
      return [
        {
          head: [part.tier === undefined ? '' : `service tier ${part.tier}`, part.latency === undefined ? '' : `latency ${part.latency}`]
            .filter((word) => word !== '')
            .join(', '),
          note: '',
          text: '',
        },
      ];
    default:
      return assertNever(part);
  }
};

/** The router may choose another model for each call, and each model has a cache of its own. */
export const routerSwitched = (before: string, now: string): string =>
  `The prompt router chose ${now} for this call and ${before} for the one before. Each model has a cache of its own, so what that call wrote could not be read.`;
