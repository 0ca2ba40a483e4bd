import { bytesInTypeScript } from '../bytes';
import { modelMark } from '../draft';
import { Call, type ExprObject } from '../expr';
import { invokeBody } from '../invokeBody';
import { programText } from '../program';
import { typescript } from '../typescript';
import { codeIn } from './target';

/** TypeScript with the AWS SDK: `ConverseCommand`, or `InvokeModelCommand` for a body of InvokeModel, which goes as it is. */
export const awsSdkJs = codeIn('typescript', (draft) => {
  const modelId = modelMark(draft);
  const body = invokeBody(draft);
  const command = body === undefined ? 'ConverseCommand' : 'InvokeModelCommand';
  const input: ExprObject =
    body === undefined
      ? { modelId, ...(bytesInTypeScript(draft, draft.request) as ExprObject) }
      : { modelId, contentType: 'application/json', body: new Call('JSON.stringify', [body]) };
  return programText(
    draft,
    {
      imports: [`import { BedrockRuntimeClient, ${command} } from '@aws-sdk/client-bedrock-runtime';`],
      setup: [['client', new Call('new BedrockRuntimeClient', [])]],
      result: new Call('client.send', [new Call(`new ${command}`, [input])]),
    },
    typescript,
  );
});
