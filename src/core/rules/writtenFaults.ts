import { invokeApiOf, type Prompt } from '../prompt/model';
import { converseStreamRequest, shapeAt, type Structure } from '../service/shapes';
import { oncePer } from '../text/once';
import { findFaults, type FoundFault } from './fieldFaults';
import { invokeFaults } from './invokeFaults';
import { isReadable } from './requestValues';

/** What a file may hold: a request with the id of its model, which the service takes in the address. */
const fileShape: Structure = { ...converseStreamRequest, members: { modelId: { kind: 'string' }, ...converseStreamRequest.members } };

/** Every part of the request that is not as its API has it; looked for once in each prompt. */
export const writtenFaults = oncePer((prompt: Prompt): readonly FoundFault[] => {
  const { api } = invokeApiOf(prompt.api);
  if (api !== undefined)
    return prompt.body === undefined || !isReadable(prompt) ? [] : invokeFaults(prompt.body.tree, api, prompt.onMantle === true);
  return prompt.written.flatMap(({ path, at, via }) => {
    const shape = isReadable(prompt) ? shapeAt(fileShape, path) : undefined;
    const found = shape === undefined ? [] : findFaults(at.tree, shape, path);
    return via === undefined ? found : found.map((fault) => ({ ...fault, span: via, foreign: { source: at.source, span: fault.span } }));
  });
});
