import { filled, jsonText } from '../fill';
import { invokeBody } from '../invokeBody';
import { fileOf } from './target';

/** No line of JSON is this word alone: line breaks in its texts are escaped. */
const here = (json: string): string => `<<'JSON'\n${json}JSON\n`;

/** Only what an id or an ARN may have stands in a command. */
const isSafe = (modelId: string): boolean => /^[\w.:/-]+$/.test(modelId);

/** A shell command that sends the request with the AWS CLI, version 2. */
export const awsCli = fileOf('shellscript', '.sh', (draft) => {
  const { modelId } = draft.options;
  if (!isSafe(modelId)) draft.notes.push({ code: 'noModel' });
  const id = isSafe(modelId) ? modelId : '"$MODEL_ID"';
  const body = invokeBody(draft);
  return body === undefined
    ? `aws bedrock-runtime converse --model-id ${id} --cli-input-json file:///dev/stdin ${here(jsonText(filled(draft, draft.request)))}`
    : `aws bedrock-runtime invoke-model --model-id ${id} --content-type application/json --body fileb:///dev/stdin /dev/stdout ${here(jsonText(filled(draft, body)))}`;
});
