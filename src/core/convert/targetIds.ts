/** What a prompt can be converted to; light enough for the words of the command line and for a list to pick from. */
export const targetIds = [
  'converse',
  'messages',
  'boto3',
  'aws-sdk-js',
  'ai-sdk',
  'anthropic-sdk',
  'langchain',
  'strands',
  'aws-cli',
  'prompt-management',
  'cloudformation',
  'bedrock-prompt',
] as const;

export type TargetId = (typeof targetIds)[number];
