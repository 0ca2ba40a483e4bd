import type { TargetId } from './targetIds';
import { aiSdk } from './targets/aiSdk';
import { anthropicSdk } from './targets/anthropicSdk';
import { awsCli } from './targets/awsCli';
import { awsSdkJs } from './targets/awsSdkJs';
import { bedrockPrompt } from './targets/bedrockPrompt';
import { boto3 } from './targets/boto3';
import { cloudFormation } from './targets/cloudFormation';
import { converse } from './targets/converse';
import { langchain } from './targets/langchain';
import { messages } from './targets/messages';
import { promptManagement } from './targets/promptManagement';
import { strands } from './targets/strands';
import type { Target } from './targets/target';

/** Every target: a new one is a file and a line here. */
export const targets: { readonly [T in TargetId]: Target } = {
  converse,
  messages,
  boto3,
  'aws-sdk-js': awsSdkJs,
  'ai-sdk': aiSdk,
  'anthropic-sdk': anthropicSdk,
  langchain,
  strands,
  'aws-cli': awsCli,
  'prompt-management': promptManagement,
  cloudformation: cloudFormation,
  'bedrock-prompt': bedrockPrompt,
};
