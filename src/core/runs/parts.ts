import type { Json } from '../text/json';

/** Where in a source a cited text stands; figures as the service counts them. */
export type CitedPlace =
  | { readonly in: 'characters' | 'pages' | 'chunks'; readonly document: number | undefined; readonly start: number; readonly end: number }
  | { readonly in: 'searchResult'; readonly result: number | undefined; readonly start: number; readonly end: number }
  | { readonly in: 'web'; readonly url: string };

/** What a guardrail found in a prompt or an answer. */
export interface GuardrailFinding {
  readonly guardrail: string;
  readonly side: 'input' | 'output';
  /** The policy's member in the API, as `contentPolicy`. */
  readonly policy: string;
  /** Topic, filter, kind of word or of personal data, or rule. */
  readonly name: string;
  /** The text that was found. */
  readonly match: string | undefined;
  /** In the API's words, as `BLOCKED`. */
  readonly action: string;
  /** How sure it is: confidence, or score and threshold. */
  readonly measure: string | undefined;
}

/** A part of an answer besides its text, its reasoning and what it asks of tools. It may hold texts of the prompt and of the answer. */
export type AnswerPart =
  | {
      readonly kind: 'citation';
      readonly title: string | undefined;
      readonly source: string | undefined;
      readonly cited: string;
      readonly place: CitedPlace | undefined;
    }
  /** Of a tool that the service ran. */
  | { readonly kind: 'toolResult'; readonly status: string | undefined; readonly content: readonly Json[] }
  | { readonly kind: 'searchResult'; readonly title: string; readonly source: string; readonly text: string }
  | { readonly kind: 'image'; readonly format: string; readonly bytes: number }
  /** Reasoning that the model keeps to itself. */
  | { readonly kind: 'hiddenReasoning' }
  | { readonly kind: 'guardrail'; readonly findings: readonly GuardrailFinding[]; readonly reason: string | undefined }
  /** The model that a prompt router chose. */
  | { readonly kind: 'router'; readonly modelId: string }
  /** What was asked for by additionalModelResponseFieldPaths. */
  | { readonly kind: 'fields'; readonly value: Json }
  /** How the service says that it served the call. */
  | { readonly kind: 'served'; readonly tier: string | undefined; readonly latency: string | undefined };
