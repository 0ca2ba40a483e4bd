import { requestPlace } from '../requestPlace';
import { requestOf, valuesAt } from '../requestValues';
import { schemaFault } from '../schemaFault';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** `keyword`: of the schema, where one is meant. */
    'request/output-schema': {
      readonly reason: 'notJson' | 'open' | 'keyword' | 'recursion' | 'reference';
      readonly keyword: string;
      readonly isSure: boolean;
    };
  }
}

type Code = 'request/output-schema';

/** Where Converse has the schema, as a text. */
const asText = 'outputConfig.textFormat.structure.jsonSchema.schema';
/** Where bodies of InvokeModel and additional fields have it, as an object. */
const asObject = ['additionalModelRequestFields.output_config.format.schema', 'additionalModelRequestFields.output_format.schema'];

/** The schema of structured output, of which the service takes a part only: a JSON text in Converse, an object elsewhere. */
export const outputSchema: Rule<Code> = {
  code: 'request/output-schema',
  severity: 'error',
  sources: [
    'AWS user guide, Structured output, 2026-10. Answers seen live: vercel/ai#17197, litellm#29624. On lengths of texts sources disagree',
  ],
  says: ({ reason, keyword, isSure }) => {
    const fails = isSure ? 'The call fails' : 'The call may fail';
    switch (reason) {
      case 'notJson':
        return `${fails}, because this schema is not the text of a JSON object (ValidationException). Write the JSON of an object.`;
      case 'open':
        return `${fails}, because each object of an output schema needs "additionalProperties": false (ValidationException). Add it to each.`;
      case 'keyword':
        return `${fails}, because an output schema takes no ${keyword} here (ValidationException). Say it in a description instead.`;
      case 'recursion':
        return `${fails}, because an output schema must not refer to itself (ValidationException). Write it out as deep as you need it.`;
      case 'reference':
        return `${fails}, because an output schema refers to its own $defs only (ValidationException). Put what it refers to there.`;
    }
  },
  rate: ({ data }) => (data.isSure ? 'error' : 'warning'),
  *check(input) {
    const request = requestOf(input.prompt);
    for (const { path, value } of [asText, ...asObject].flatMap((at) => valuesAt(request, at))) {
      const data = schemaFault(value);
      if (data !== undefined) yield { code: 'request/output-schema', span: requestPlace(input, path), data };
    }
  },
};
