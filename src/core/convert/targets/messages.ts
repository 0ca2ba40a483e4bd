import { filled, jsonText } from '../fill';
import { messagesOfDraft } from '../messagesOf';
import { fileOf } from './target';

/** A body of InvokeModel as Anthropic's Messages API has it. */
export const messages = fileOf('json', '.messages.json', (draft) => jsonText(filled(draft, messagesOfDraft(draft))));
