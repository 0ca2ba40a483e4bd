import type { JsonObject } from '../../core/text/json';

/** The prompt that each Region of the emulated account begins with. */
export const examplePrompt: JsonObject = {
  name: 'example-desk',
  description: 'An example of the local emulator.',
  defaultVariant: 'default',
  variants: [
    {
      name: 'default',
      templateType: 'CHAT',
      modelId: 'us.anthropic.claude-sonnet-4-6',
      inferenceConfiguration: { text: { maxTokens: 400, temperature: 0 } },
      templateConfiguration: {
        chat: {
          system: [
            { text: 'You answer for the support desk of a shop for outdoor gear. Be brief, and say so when you do not know.' },
            { cachePoint: { type: 'default' } },
          ],
          messages: [{ role: 'user', content: [{ text: '{{question}}' }] }],
          inputVariables: [{ name: 'question' }],
        },
      },
    },
  ],
};
