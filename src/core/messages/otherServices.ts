/** Services that answer Claude or other models by another API than Bedrock Runtime's, by what their addresses hold; none of them is spoken here. */
const services: readonly { readonly address: RegExp; readonly name: string }[] = [
  { address: /^https?:\/\/aws-external-anthropic\./i, name: 'Claude Platform on AWS, which takes Anthropic’s own API' },
  { address: /^https?:\/\/api\.anthropic\.com\b/i, name: 'Anthropic’s own API' },
  { address: /^https?:\/\/bedrock-mantle\./i, name: 'bedrock-mantle, which takes Messages, Responses and Chat Completions' },
  { address: /^https?:\/\/(?:api\.openai\.com|[\w-]+\.openai\.azure\.com)\b/i, name: 'OpenAI’s API, Responses or Chat Completions' },
  { address: /^https?:\/\/bedrock(?:-agent|-agent-runtime)?\.[a-z]/i, name: 'another service of Amazon Bedrock than its runtime' },
];

/** A sentence about an address whose service is known and not spoken here; `undefined` for every other one. */
export const otherServiceAt = (address: string): string | undefined => {
  const known = services.find((service) => service.address.test(address));
  return (
    known &&
    `This is the address of ${known.name}. Runs speak Bedrock Runtime (Converse and InvokeModel): use bedrock-runtime of the Region instead.`
  );
};
