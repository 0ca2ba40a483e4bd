import { findSecrets } from '../prompt/secrets';
import type { AnswerPart } from '../runs/parts';
import type { Json } from '../text/json';
import type { RunTexts } from './stored';

/** Stands where a secret was. */
const mark = '[secret left out]';

/** The end of a private key's text: without it everything that follows may be of the key. */
const endOfKey = /-----END (?:[A-Z]+ )?PRIVATE KEY-----/g;

/** A text without what `cache/shared-secret` knows for a secret. */
export const withoutSecrets = (text: string): string => {
  let kept = '';
  let at = 0;
  for (const { what, start, end } of findSecrets(text)) {
    if (start < at) continue;
    kept += `${text.slice(at, start)}${mark}`;
    at = end;
    if (what !== 'privateKey') continue;
    endOfKey.lastIndex = end;
    const last = endOfKey.exec(text);
    at = last === null ? text.length : last.index + last[0].length;
  }
  return `${kept}${text.slice(at)}`;
};

const masked = (value: Json): Json => {
  if (typeof value === 'string') return withoutSecrets(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, masked(member)]));
};

/** The same for a part of an answer, which is of texts, numbers and JSON. */
const maskedPart = (part: AnswerPart): AnswerPart => masked(part as unknown as Json) as unknown as AnswerPart;

/** JSON whose strings are looked at as they read, not as they are escaped; of other texts all of it. */
const maskedJson = (text: string): string => {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return withoutSecrets(text);
  }
  const again = masked(value);
  // Without a secret the characters stay as they were sent.
  return JSON.stringify(again) === JSON.stringify(value) ? text : withoutSecrets(JSON.stringify(again, null, 2));
};

/** The texts of a run as they may be written. */
export const maskedTexts = ({ request, answer, reasoning, toolUses, parts = [] }: RunTexts): RunTexts => ({
  request: maskedJson(request),
  answer: withoutSecrets(answer),
  reasoning: withoutSecrets(reasoning),
  toolUses: toolUses.map((use) => ({ ...use, name: withoutSecrets(use.name), input: masked(use.input) })),
  parts: parts.map(maskedPart),
});
