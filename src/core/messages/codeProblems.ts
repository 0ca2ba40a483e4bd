import type { OrderTrouble, ProblemData } from '../prompt/problems';

/** Sentences about what only programs have. */

export const describeLostMarker = ({ found, reason, client, refused }: ProblemData['code/lost-marker']): string => {
  const end = refused ? 'so the call fails' : 'so nothing is cached';
  switch (reason) {
    case 'dialect':
      return `Here ${client} does not know the marker ${found}: it is ${refused ? 'refused' : 'not passed on'}, ${end}. Write the marker of this API.`;
    case 'wholeBody':
      return `At the top of the body InvokeModel refuses ${found}, ${end}. Put it into the last block that is to be cached.`;
    case 'onCall':
      return refused
        ? `On the call itself ${found} becomes a member of the body that the service does not know, ${end}. Put it on a message.`
        : `On the call itself ${found} is not passed on by ${client}, ${end}. Put a cachePoint on a message.`;
    case 'onTool':
      return `A tool takes no marker in ${client}: ${found} is dropped. A cache point in the system text covers the tools too.`;
    case 'inTool':
      return `Inside of a tool ${found} is ${refused ? 'refused' : 'dropped'} by ${client}, ${end}. Put a cache point after the tool.`;
    case 'asText':
      return `The blocks are turned into one text here: ${found} is sent as a part of that text, ${end}.`;
    case 'deprecated':
      return `The option ${found} of ${client} is deprecated, and still works. Newer releases take a cache point in the list of system blocks, or cache_config.`;
  }
};

const usageNames = {
  converse: { input: 'inputTokens', read: 'cacheReadInputTokens', written: 'cacheWriteInputTokens' },
  messages: { input: 'input_tokens', read: 'cache_read_input_tokens', written: 'cache_creation_input_tokens' },
} as const;

export const describeUsageMisread = ({ reason, api }: ProblemData['code/usage-misread']): string => {
  const { input, read, written } = usageNames[api];
  switch (reason) {
    case 'total':
      return 'Tokens read from the cache and written to it are in totalTokens already: here they are counted twice. Use totalTokens alone.';
    case 'subtracted':
      return `There are no cached tokens in ${input}: what is read and written is counted beside it. Subtracting it here gives too little. Use ${input} as it is.`;
    case 'rate':
      return `There are no cached tokens in ${input}, so this is no hit rate. Divide by the sum of ${input}, ${read} and ${written}.`;
    case 'telemetry':
      return `In OpenTelemetry gen_ai.usage.input_tokens includes what is read from the cache and written to it, and ${input} of Bedrock does not. Add the three up first.`;
  }
};

export const describeFanOut = (call: string, tokens: string): string =>
  `Here ${call} starts all calls at once, and none of them finds the prefix: each writes ${tokens}. Wait for the first call to begin its answer, then start the others.`;

const orderNames: { readonly [T in OrderTrouble]: string } = {
  unordered: 'A set, whose order differs from one process to the next,',
  unsorted: 'JSON of what is built at run time, whose members may stand in another order each time (without sort_keys),',
};

export const describeOrder = (what: OrderTrouble, tokens: string): string =>
  `${orderNames[what]} stands before a cache point: in another order it is another prefix, and ${tokens} are written again.`;
