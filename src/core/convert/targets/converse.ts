import { converseRequest } from '../converseRequest';
import { filled, jsonText } from '../fill';
import { fileOf } from './target';

/** A request of Converse as JSON, with its model. */
export const converse = fileOf('json', '.converse.json', (draft) => {
  const { modelId } = draft.options;
  return jsonText(filled(draft, { ...(modelId === '' ? {} : { modelId }), ...converseRequest(draft) }));
});
