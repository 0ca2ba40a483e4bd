import type { ProblemData, UsageMisread } from '../prompt/problems';

/** Sentences about what only programs have. */

const lostEnds = { true: 'so the call fails', false: 'so nothing is cached' } as const;

export const describeLostMarker = ({ found, reason, client, refused }: ProblemData['code/lost-marker']): string => {
  const end = lostEnds[`${refused}`];
  switch (reason) {
    case 'dialect':
      return refused ? `${client} refuses ${found} here, ${end}. It is the marker of another API.` : `${client} does not pass on ${found} here, ${end}.`;
    case 'wholeBody':
      return `InvokeModel refuses ${found} at the top of the body, ${end}. Put it into the last block that shall be cached.`;
    case 'onCall':
      return refused
        ? `On the call itself ${found} becomes a member of the body that the service does not know, ${end}. Put it on a message.`
        : `${client} does not pass on ${found} on the call itself, ${end}. Put a cachePoint on a message.`;
    case 'onTool':
      return `${client} takes no marker on a tool: ${found} is dropped. A cache point in the system text covers the tools too.`;
    case 'inTool':
      return refused ? `${client} refuses ${found} inside of a tool, ${end}.` : `${client} drops ${found} inside of a tool. Put a cache point behind the tool.`;
    case 'asText':
      return `The blocks are turned into one text here: ${found} is sent as a part of that text, ${end}.`;
    case 'deprecated':
      return `${found} is deprecated in ${client}: it still works. Newer releases place a cache point in the list of system blocks, or by cache_config.`;
  }
};

const misreads: { readonly [R in UsageMisread]: string } = {
  total: 'totalTokens has the tokens read from and written to the cache already: here they are counted twice.',
  subtracted: 'inputTokens has no cached tokens in it: what is read from the cache and written to it is counted beside. Subtracting it gives too little.',
  rate: 'inputTokens has no cached tokens in it, so this is no hit rate. Divide by inputTokens, cacheReadInputTokens and cacheWriteInputTokens together.',
  telemetry: 'In OpenTelemetry gen_ai.usage.input_tokens includes what is read from and written to the cache; inputTokens of Bedrock does not. Add them up first.',
};

export const describeUsageMisread = ({ reason }: ProblemData['code/usage-misread']): string => misreads[reason];
