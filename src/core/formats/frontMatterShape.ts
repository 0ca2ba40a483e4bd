import { variesWords } from '../prompt/words';
import { converseStreamRequest, list, oneOf, string, structure, type Shape, type Structure } from '../service/shapes';

/** What front matter may hold, in the words of the request's own shapes: for its readers, and for whoever offers or explains its keys. */

const number: Shape = { kind: 'float' };

/** A declaration below `variables`. */
export const variableShape: Structure = structure('Variable', '', {
  example: string,
  default: string,
  value: string,
  file: string,
  description: string,
  varies: oneOf(variesWords.join(' ')),
});

export const trafficShape: Structure = structure('Traffic', '', { callsPerHour: number, burst: number, minutes: number });

/** Request members of Converse that front matter passes through: those that are neither text nor tools. */
export const passedKeys = Object.keys(converseStreamRequest.members).filter((key) => !['messages', 'system', 'toolConfig'].includes(key));

const { messages: _messages, system: _system, toolConfig, ...passed } = converseStreamRequest.members;

/** Every key that front matter may have, at each depth. */
export const frontMatterShape: Structure = structure('FrontMatter', '', {
  modelId: string,
  ...(toolConfig === undefined ? {} : { toolConfig }),
  ...passed,
  name: string,
  description: string,
  variables: { kind: 'map', key: string, value: variableShape },
  samples: list({ kind: 'map', key: string, value: string }),
  static: list(string),
  traffic: trafficShape,
});
