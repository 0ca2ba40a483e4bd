import type { Prompt } from '../prompt/model';
import { converseStreamRequest, shapeAt, type Structure } from '../service/shapes';
import { findFaults, type FoundFault } from './fieldFaults';
import { invokeFaults } from './invokeFaults';
import { isReadable } from './requestValues';

/** What a file may hold: a request with the id of its model, which the service takes in the address. */
const fileShape: Structure = { ...converseStreamRequest, members: { modelId: { kind: 'string' }, ...converseStreamRequest.members } };

const known = new WeakMap<Prompt, readonly FoundFault[]>();

/** Every part of the request that is not as its API has it; looked for once in each prompt. */
export const writtenFaults = (prompt: Prompt): readonly FoundFault[] => {
  const cached = known.get(prompt);
  if (cached !== undefined) return cached;
  const { api, body } = prompt;
  if (api !== 'converse') {
    const own = body === undefined || !isReadable(prompt) ? [] : invokeFaults(body.tree, api);
    known.set(prompt, own);
    return own;
  }
  const faults = prompt.written.flatMap(({ path, at, via }) => {
    const shape = isReadable(prompt) ? shapeAt(fileShape, path) : undefined;
    const found = shape === undefined ? [] : [...findFaults(at.tree, shape, path)];
    return via === undefined ? found : found.map((fault) => ({ ...fault, span: via }));
  });
  known.set(prompt, faults);
  return faults;
};
