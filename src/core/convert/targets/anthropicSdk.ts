import type { JsonObject } from '../../text/json';
import { modelMark, type Draft } from '../draft';
import { Call, type ExprObject } from '../expr';
import { messagesOfDraft } from '../messagesOf';
import { programText } from '../program';
import { python } from '../python';
import type { CodeLanguage } from '../types';
import { typescript } from '../typescript';
import { codeIn, type Target } from './target';

/** Parameters that every version of the client has in Python; all else goes into the body by `extra_body`. */
const parameters = new Set('max_tokens messages system tools tool_choice temperature top_p top_k stop_sequences thinking'.split(' '));

const split = (body: JsonObject): ExprObject => {
  const own = Object.entries(body).filter(([name]) => parameters.has(name));
  const others = Object.entries(body).filter(([name]) => !parameters.has(name));
  return { ...Object.fromEntries(own), ...(others.length === 0 ? {} : { extra_body: Object.fromEntries(others) }) };
};

/** The client says the version, and asks for a stream itself. */
const request = (draft: Draft): JsonObject => {
  const body = messagesOfDraft(draft);
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => name !== 'anthropic_version' && name !== 'stream' && value !== null),
  );
};

const inPython = codeIn('python', (draft) => {
  const model = modelMark(draft);
  const result = new Call('client.messages.create', [], { model, ...split(request(draft)) });
  return programText(
    draft,
    { imports: ['from anthropic import AnthropicBedrock'], setup: [['client', new Call('AnthropicBedrock', [])]], result },
    python,
  );
});

const inTypeScript = codeIn('typescript', (draft) => {
  const model = modelMark(draft);
  const result = new Call('client.messages.create', [{ model, ...request(draft) }]);
  return programText(
    draft,
    {
      imports: ["import AnthropicBedrock from '@anthropic-ai/bedrock-sdk';"],
      setup: [['client', new Call('new AnthropicBedrock', [])]],
      result,
    },
    typescript,
  );
});

const languages: { readonly [L in CodeLanguage]: Target } = { python: inPython, typescript: inTypeScript };
const chosen = ({ options }: Draft): Target => languages[options.language ?? 'python'];

/** Anthropic's own client for Bedrock, in Python or in TypeScript. */
export const anthropicSdk: Target = {
  languageId: (draft) => chosen(draft).languageId(draft),
  ending: (draft) => chosen(draft).ending(draft),
  write: (draft) => chosen(draft).write(draft),
};
