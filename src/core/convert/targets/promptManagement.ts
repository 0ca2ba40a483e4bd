import { jsonText } from '../fill';
import { storedPrompt } from '../storedPrompt';
import { fileOf } from './target';

/** What CreatePrompt of Prompt Management takes, as JSON. */
export const promptManagement = fileOf('json', '.prompt.json', (draft) => jsonText(storedPrompt(draft)));
