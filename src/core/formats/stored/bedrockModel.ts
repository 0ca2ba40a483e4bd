/** Clients that reach several providers put the provider and its route before the id. */
const route = /^bedrock(?:_converse)?[/:](?:(?:converse|converse_like|invoke)[/:])?/;

/** Ids, profiles and ARNs of Bedrock. */
const id =
  /^(?:arn:aws[a-z-]*:bedrock:|(?:[a-z]{2,6}(?:-gov)?\.)?(?:anthropic|amazon|meta|mistral|cohere|deepseek|qwen|openai|ai21|writer|google|minimax|moonshot|nvidia|zai)\.[a-z0-9])/;

/** Models that answer no prompts. */
const others = /embed|rerank|canvas|reel|sonic|image|stable-/;

/** The id of a model of Bedrock that a text names; `undefined` where it names another provider's, or one that makes no text. */
export const bedrockModel = (text: string): string | undefined => {
  const routed = route.exec(text)?.[0] ?? '';
  const model = text.slice(routed.length).trim();
  return (routed !== '' || id.test(model)) && model !== '' && !others.test(model) ? model : undefined;
};
