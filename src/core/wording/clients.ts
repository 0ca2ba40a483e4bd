/** Clients of programs as people call them. */
export const clientWording = {
  boto3: 'boto3',
  'aws-sdk-js': 'the AWS SDK',
  anthropic: "Anthropic's SDK",
  strands: 'Strands',
  langchain: 'LangChain',
  litellm: 'LiteLLM',
  'ai-sdk': 'the AI SDK',
  none: 'the client',
} as const;
