import type { Frame, SymbolValue, Value } from '../values/value';

/** Names of providers other than Bedrock, as they stand in names of classes and modules. */
export const otherProvider =
  /openai|ollama|gemini|google|mistral|groq|llamaapi|llamacpp|writer|sagemaker|azure|cohere|anthropic|litellm|huggingface|deepseek|xai|lmstudio|vertex/i;

const isBedrock = /bedrock/i;

/** Does a library's thing belong to another provider, by its name? */
const isOther = ({ name }: SymbolValue): boolean => otherProvider.test(name) && !isBedrock.test(name);

/** Does anything that a value may be name another provider? */
export const namesOther = (value: Value, depth = 0): boolean => {
  if (depth > 6) return false;
  if (value.kind === 'symbol') return isOther(value);
  if (value.kind === 'instance') return otherProvider.test(value.of.scope.name) && !isBedrock.test(value.of.scope.name);
  if (value.kind !== 'unknown') return false;
  const types = value.hole.roots.flatMap(({ scope, name }) => scope.parameters.find((one) => one.name === name)?.type ?? []);
  return (
    types.some((type) => otherProvider.test(type) && !isBedrock.test(type)) || value.alternatives.some((one) => namesOther(one, depth + 1))
  );
};

/** Does the file take a model of another provider from the framework, and none of Bedrock? */
export const importsOther = ({ module }: Frame, framework: RegExp): boolean => {
  const imports = module.scope.steps.flatMap(({ from }) =>
    from === undefined || !framework.test(from.module) ? [] : [`${from.module}.${from.name}`],
  );
  const models = imports.filter((name) => /models?\b/i.test(name) || /^langchain_/.test(name));
  return models.some((name) => otherProvider.test(name)) && !imports.some((name) => isBedrock.test(name) || /^langchain_aws/.test(name));
};
