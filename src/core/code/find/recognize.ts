import { aiSdk } from '../apis/aiSdk';
import { anthropic } from '../apis/anthropic';
import { awsSdk, boto3 } from '../apis/aws';
import { langchain } from '../apis/langchain';
import { litellm } from '../apis/litellm';
import { strands } from '../apis/strands';
import type { Asked, Recognizer, Sent } from '../apis/sent';
import type { CallSite } from '../form';
import { lastName } from '../parts';

/** Every way of sending a prompt: a new client is one line here. */
const recognizers: readonly Recognizer[] = [boto3, awsSdk, strands, anthropic, langchain, litellm, aiSdk];

/** What a callee that sends a prompt may be called: all other calls are left aside at once. */
const names: ReadonlySet<string> = new Set([
  'converse',
  'converse_stream',
  'converseStream',
  'invoke_model',
  'invoke_model_with_response_stream',
  'invokeModel',
  'invokeModelWithResponseStream',
  'count_tokens',
  'countTokens',
  'to_thread',
  'run_in_executor',
  'run_in_threadpool',
  'run_sync',
  'submit',
  'partial',
  'create',
  'stream',
  'parse',
  'ConverseCommand',
  'ConverseStreamCommand',
  'InvokeModelCommand',
  'InvokeModelWithResponseStreamCommand',
  'CountTokensCommand',
  'Agent',
  'completion',
  'acompletion',
  'batch_completion',
  'invoke',
  'ainvoke',
  'astream',
  'batch',
  'abatch',
  'create_agent',
  'create_react_agent',
  'create_tool_calling_agent',
  'createAgent',
  'createReactAgent',
  'createToolCallingAgent',
  'generateText',
  'streamText',
  'generateObject',
  'streamObject',
  'ToolLoopAgent',
  'Experimental_Agent',
]);

/** May a call send a prompt, by the last name of what is called alone? */
export const mayBeSender = (name: string): boolean => names.has(name) || name.endsWith('Command');

/** Stands such a name in a text? */
export const senders = new RegExp(`\\b(?:${[...names].join('|')}|\\w*Command)\\b`);

export const maySend = ({ call }: CallSite): boolean => mayBeSender(lastName(call));

/** The request that a call sends, if it sends one. */
export const recognize = (asked: Asked): Sent | undefined => {
  if (!maySend(asked.site)) return undefined;
  for (const one of recognizers) {
    const sent = one(asked);
    if (sent !== undefined) return sent;
  }
  return undefined;
};
