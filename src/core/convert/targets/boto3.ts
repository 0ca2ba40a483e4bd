import { bytesInPython } from '../bytes';
import { invokeBody } from '../invokeBody';
import { modelMark } from '../draft';
import { Call, type ExprObject } from '../expr';
import { programText } from '../program';
import { python } from '../python';
import { codeIn } from './target';

/** Python with boto3: `converse`, or `invoke_model` for a body of InvokeModel, which goes as it is. */
export const boto3 = codeIn('python', (draft) => {
  const modelId = modelMark(draft);
  const body = invokeBody(draft);
  const result =
    body === undefined
      ? new Call('client.converse', [], { modelId, ...(bytesInPython(draft, draft.request) as ExprObject) })
      : new Call('client.invoke_model', [], { modelId, body: new Call('json.dumps', [body]) });
  return programText(
    draft,
    { imports: ['import boto3'], setup: [['client', new Call('boto3.client', ['bedrock-runtime'])]], result },
    python,
  );
});
