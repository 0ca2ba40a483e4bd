import type { RequestApi } from '../prompt/model';
import { clientBody, messagesBlocks, messagesBody, novaBody } from '../service/invokeShapes';
import { converseStreamRequest, shapeAt, string, structure, type Shape } from '../service/shapes';
import type { JsonPlace } from './jsonPlace';

/** Where Anthropic's blocks stand in a Messages body. */
const blockPaths = ['system.*', 'messages.*.content.*', 'messages.*.content.*.content.*', 'tools.*'];

/** A file of a Converse request names its model too. */
const converseFile = structure('ConverseStreamRequest', '', { modelId: string, ...converseStreamRequest.members });

/** A block of a Messages body by its type, or, before it says one, any of them. */
const blockAt = (path: readonly string[], members: JsonPlace['members']): Shape | undefined => {
  if (!blockPaths.includes(path.join('.'))) return undefined;
  const isTool = path[0] === 'tools';
  const type = /^"(\w+)"?$/.exec(members.get('type') ?? '')?.[1] ?? (isTool ? 'custom' : undefined);
  if (type !== undefined && Object.hasOwn(messagesBlocks, type)) return messagesBlocks[type];
  const types = Object.keys(messagesBlocks).filter((name) => name !== 'custom');
  return structure('Block', 'type', { type: { kind: 'string', values: types } });
};

const rootOf = (api: RequestApi, isClient: boolean): Shape =>
  api === 'converse' ? converseFile : api === 'nova' ? novaBody : isClient ? clientBody : messagesBody;

/** What a place of a request's JSON may hold, for whoever offers or explains it; `undefined`: anything, or nothing that is known. */
export const jsonShapeOf = (api: RequestApi, isClient: boolean) => {
  const root = rootOf(api, isClient);
  /** Of what stands at a path, whose object has these members. */
  return (path: readonly string[], members: JsonPlace['members']): Shape | undefined =>
    (api === 'messages' ? blockAt(path, members) : undefined) ?? shapeAt(root, path);
};

/** The record of a batch job around the request. */
export const batchShapeOf = (api: RequestApi): ShapeOf => {
  const record = structure('BatchRecord', 'modelInput', { recordId: string, modelInput: rootOf(api, false) });
  return (path) => shapeAt(record, path);
};

/** Finds the shape of the place itself and, for the value of a member, of what holds it. */
export type ShapeOf = ReturnType<typeof jsonShapeOf>;
