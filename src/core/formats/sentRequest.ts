import type { Prompt } from '../prompt/model';
import { buildRequest } from '../request/build';
import type { ConverseRequest } from '../request/types';
import type { Values } from '../request/values';
import { formats } from './index';

/**
 * The request that is previewed, sent and counted. A file that is a request itself goes as it is written, also where that is no request that the
 * service would take; of all others it is the request that the prompt makes with these values. `text`: the document's.
 */
export const sentRequest = (prompt: Prompt, text: string, values: Values): ConverseRequest => {
  const built = buildRequest(prompt, values);
  const body = formats[prompt.format].writtenBody?.(text);
  return body === undefined ? built : { modelId: built.modelId, ...body };
};
