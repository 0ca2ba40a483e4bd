import type { Json, JsonObject } from '../../text/json';
import { bytesInPython } from '../bytes';
import { converseRequest } from '../converseRequest';
import { modelMark, type Draft } from '../draft';
import { Call, Name, type Expr, type ExprObject } from '../expr';
import { programText } from '../program';
import { python } from '../python';
import { blocksAt, optional, pythonSettings } from '../request';
import { codeIn } from './target';

/** Settings of a request by the names that the model has for them. */
const settings = (draft: Draft, request: JsonObject): ExprObject => {
  const { system: _, messages: __, toolConfig, inferenceConfig, additionalModelRequestFields, ...others } = request;
  if (blocksAt(toolConfig, 'tools', draft).length > 0) draft.refusals.push({ code: 'noPlace', what: 'tools' });
  const left = Object.keys(others);
  if (left.length > 0) draft.notes.push({ code: 'leftOut', members: left });
  return {
    ...pythonSettings(inferenceConfig),
    ...optional('additional_request_fields', additionalModelRequestFields),
  };
};

/** Python with Strands: an agent that is given the system text and the messages. Its tools are functions, which a request does not have. */
export const strands = codeIn('python', (draft) => {
  const request = converseRequest(draft);
  const model = new Call('BedrockModel', [], { model_id: modelMark(draft), ...settings(draft, request) });
  const list = (name: 'system' | 'messages'): Expr => bytesInPython(draft, blocksAt(request, name, draft) as Json); // read from JSON
  const agent = new Call('Agent', [], {
    model: new Name('model'),
    ...(request['system'] === undefined ? {} : { system_prompt: list('system') }),
    messages: list('messages'),
    callback_handler: null,
  });
  return programText(
    draft,
    {
      imports: ['from strands import Agent', 'from strands.models import BedrockModel'],
      setup: [['model', model]],
      inside: [['agent', agent]],
      result: new Call('agent', []),
    },
    python,
  );
});
