import { converseStreamRequest, document, list, oneOf, shapeAt, string, structure, text, union, type Members, type Shape } from './shapes';

/**
 * What keeps prompts for something else, as data, with the parts of a Converse request that stand in it. Sources: API reference of Amazon Bedrock
 * Agents, CreatePrompt and PromptVariant, and the SDK's models of client-bedrock-agent 3, in which CloudFormation's names begin with a capital
 * letter (AWS::Bedrock::Prompt); all read 2026-11.
 */

const part = (...path: readonly string[]): Shape => shapeAt(converseStreamRequest, path) ?? document;

const point = structure('CachePointBlock', 'type', { type: oneOf('default') });
const variables = list(structure('PromptInputVariable', '', { name: string }), { min: 0, max: 20 });
/** Texts and cache points are all that a template holds. */
const blocks = list(union('ContentBlock', { text: string, cachePoint: point }));
const tools = part('toolConfig');

/** A variant of a prompt of Prompt Management. */
const variant = structure('PromptVariant', 'name templateType templateConfiguration', {
  name: string,
  templateType: oneOf('TEXT CHAT'),
  templateConfiguration: union('PromptTemplateConfiguration', {
    text: structure('TextPromptTemplateConfiguration', 'text', { text: text(1, 200_000), cachePoint: point, inputVariables: variables }),
    chat: structure('ChatPromptTemplateConfiguration', 'messages', {
      messages: list(structure('Message', 'role content', { role: oneOf('user assistant'), content: blocks })),
      system: blocks,
      toolConfiguration: tools,
      inputVariables: variables,
    }),
  }),
  modelId: string,
  inferenceConfiguration: union('PromptInferenceConfiguration', { text: part('inferenceConfig') }),
  additionalModelRequestFields: document,
  metadata: list(structure('PromptMetadataEntry', 'key value', { key: string, value: string })),
  genAiResource: document,
});

/** A prompt of Prompt Management, as CreatePrompt takes it. */
export const storedPrompt = structure('CreatePromptRequest', 'name', {
  name: string,
  description: text(1, 200),
  defaultVariant: string,
  variants: list(variant),
  customerEncryptionKeyArn: string,
  tags: { kind: 'map', key: string, value: string },
});

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The same with the names of a template. */
const inTemplate = (shape: Shape): Shape => {
  if (shape.kind === 'list') return { ...shape, of: inTemplate(shape.of) };
  if (shape.kind !== 'structure' && shape.kind !== 'union') return shape;
  const members: Members = Object.fromEntries(Object.entries(shape.members).map(([name, value]) => [capital(name), inTemplate(value)]));
  return { ...shape, required: shape.required.map(capital), members };
};

/** A prompt in a template of CloudFormation. */
export const templatePrompt = inTemplate(storedPrompt);

/** A prompt in a YAML file beside the id of its model: what the reader of such files knows by the usual names. */
export const promptFile = structure('PromptFile', '', {
  name: string,
  model: string,
  system: part('system'),
  messages: list(structure('Message', 'role content', { role: oneOf('user assistant system'), content: part('messages', '*', 'content') })),
  prompt: string,
  tools: part('toolConfig', 'tools'),
});
