import type { RequestApi, FormatId } from '../prompt/model';
import { parseJsonTree, type JsonAnswer } from '../text/jsonTree';
import type { Format } from './format';
import { readJsonPrompt, requestIn } from './jsonPrompt';
import { isNamed } from './names';
import { apiOf, looksLikeRequest } from './requestApi';
import { wholeDocument } from './wholeDocument';

const parseFile = (text: string): JsonAnswer => {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  return parseJsonTree(text.slice(start), start);
};

interface Kind {
  readonly id: FormatId;
  readonly api: RequestApi;
  /** Names without which a text is none: looked for before anything is parsed, in most files of others in vain. */
  readonly signs: RegExp;
}

const titles: { readonly [A in RequestApi]: string } = { converse: 'Converse request', messages: 'Messages body', nova: 'Nova body' };

const jsonFormat = ({ id, api, signs }: Kind): Format => ({
  id,
  detects(path, text) {
    if (isNamed(id, path)) return true;
    if (!/\.jsonc?$/i.test(path) || !signs.test(text) || !/"(?:messages|system)"/.test(text)) return false;
    const request = requestIn(parseFile(text).tree);
    return looksLikeRequest(request) && (apiOf(request) ?? 'converse') === api;
  },
  // What it is called says less than what it holds.
  read(text) {
    const prompt = readJsonPrompt(text, parseFile(text), api);
    return wholeDocument(text, prompt, titles[prompt.api]);
  },
});

/** The JSON body of a Converse or ConverseStream call, as the SDKs and the CLI take it. */
export const converse = jsonFormat({ id: 'converse-json', api: 'converse', signs: /"(?:cachePoint|toolConfig|inferenceConfig)"/ });

/** The body of InvokeModel for Claude. */
export const messages = jsonFormat({ id: 'messages', api: 'messages', signs: /"anthropic_version"/ });

/** The body of InvokeModel for Nova. */
export const nova = jsonFormat({ id: 'nova', api: 'nova', signs: /"(?:schemaVersion|inferenceConfig)"/ });
