import { modelMatrix } from '../../../../src/core/advice/matrix';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { modelsView, type ModelsView } from '../../../../src/core/messages/models';
import { filesFrom } from '../../../../src/core/prompt/files';
import { perHour } from '../../../../src/core/prompt/traffic';
import { parseOnly } from '../../../support/onlyPrompt';

const rules = 'The desk answers in two sentences, quotes the paragraph of the policy and never promises a date. '.repeat(130);
const text = `---\nmodelId: us.anthropic.claude-sonnet-4-6\n---\n# system:\n${rules}\n<!-- cachePoint -->\n\n# user:\n{{question}}\n`;

/** A prompt of some 2,300 tokens on every model of the catalog, called sixty times an hour. */
export const modelsScene: ModelsView = modelsView(
  modelMatrix(parseOnly(text, 'bedrock-prompt', filesFrom({})), { traffic: { traffic: perHour(60) } }),
  perHour(60),
  numberFormats('en', 'UTC'),
);
