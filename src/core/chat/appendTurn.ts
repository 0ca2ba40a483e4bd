import { openingFence, type Fence } from '../formats/fences';
import { wholeRequest } from '../formats/wholeRequest';
import type { Block, MarkerBlock, Prompt } from '../prompt/model';
import { roles } from '../prompt/words';
import type { ContentBlock, Message } from '../request/types';
import { insertAt, type Edits } from '../text/edit';
import type { Json } from '../text/json';
import { escapeTokens } from '../text/templateTokens';
import { member } from '../text/tree';
import type { MessagePlace } from './nextTurn';

/**
 * What a prompt file would read, or ask about, as something else than text: sections and their escapes, comments, files, placeholders, words for cache
 * points. It is searched for generously: what is taken for one goes into a fence, where it means the same.
 */
const special = new RegExp(
  `^[ \\t]*(?:#?[ \\t]*(?:${roles.join('|')})[ \\t]*:[ \\t]*$|<!--|\\\\|!?\\[[^\\]]*\\]\\((?!https?:))|\\r|\\{\\{|cache[-_ ]?(?:point|control|break|marker|boundary|checkpoint)`,
  'im',
);

/** Does each fence of a text end in it? One that does not would take what comes after the text along; one of JSON of ours is no text. */
const closesFences = (text: string): boolean => {
  let open: Fence | undefined;
  for (const line of text.split('\n')) {
    const fence = openingFence(line);
    if (fence === undefined) continue;
    if (open === undefined) {
      if (/^converse\b/i.test(fence.info)) return false;
      open = fence;
    } else if (fence.character === open.character && fence.length >= open.length && fence.info === '') open = undefined;
  }
  return open === undefined;
};

const withEscapes = (value: Json): Json => {
  if (typeof value === 'string') return escapeTokens(value);
  if (Array.isArray(value)) return value.map((one: Json) => withEscapes(one));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withEscapes(one)]));
  return value;
};

const fence = (block: Json): string => `\`\`\`converse\n${JSON.stringify(withEscapes(block), null, 2)}\n\`\`\``;

/** A block as lines of a prompt file: a plain text as it is, all else in a fence. Two texts that follow each other would be read as one. */
const blockLines = (block: ContentBlock, wasText: boolean): { readonly lines: string; readonly isText: boolean } => {
  if ('cachePoint' in block && Object.keys(block).length === 1) {
    const { ttl } = block.cachePoint;
    return { lines: `<!-- cachePoint${ttl === undefined ? '' : ` ttl=${ttl}`} -->`, isText: false };
  }
  if ('text' in block && !wasText && !special.test(block.text) && closesFences(block.text) && block.text.trim() === block.text)
    return { lines: block.text, isText: true };
  return { lines: fence(block as unknown as Json), isText: false }; // a block of a request is JSON
};

/** Messages as sections of a prompt file. */
export const sectionsOf = (messages: readonly Message[]): string =>
  messages
    .map(({ role, content }) => {
      let wasText = false;
      const blocks = content.map((block) => {
        const { lines, isText } = blockLines(block, wasText);
        wasText = isText;
        return lines;
      });
      return [`# ${role}:`, ...blocks].join('\n');
    })
    .join('\n\n');

const indented = (text: string, indent: string): string => text.replaceAll('\n', `\n${indent}`);

/** The end of the list of messages of a request in JSON, with the entry written there. */
const jsonEdit = (text: string, prompt: Prompt, messages: readonly Message[]): Edits | undefined => {
  const list = member(wholeRequest(prompt), 'messages');
  if (list?.kind !== 'array') return undefined;
  const last = list.items.at(-1);
  if (last === undefined) return undefined;
  const line = text.slice(text.lastIndexOf('\n', last.span.start) + 1, last.span.start);
  const indent = line.trim() === '' ? line : '';
  const gap = indent === '' ? ' ' : `\n${indent}`;
  const written = messages.map((message) => indented(indent === '' ? JSON.stringify(message) : JSON.stringify(message, null, 2), indent));
  return [insertAt(last.span.end, written.map((one) => `,${gap}${one}`).join(''))];
};

const markerAt = (prompt: Prompt, { message, block }: MessagePlace): MarkerBlock | undefined => {
  const found: Block | undefined = prompt.messages[message]?.content[block];
  return found?.kind === 'cachePoint' ? found : undefined;
};

/**
 * The edits that write new messages to the end of a prompt and take its old cache points away, as one change. `undefined`: the prompt is of a form into
 * which they cannot be written.
 */
export const appendTurn = (
  text: string,
  prompt: Prompt,
  messages: readonly Message[],
  dropped: readonly MessagePlace[],
): Edits | undefined => {
  const added =
    prompt.format === 'bedrock-prompt'
      ? [insertAt(text.length, `${text.endsWith('\n') ? '' : '\n'}\n${sectionsOf(messages)}\n`)]
      : prompt.format === 'converse-json' || prompt.format === 'json'
        ? jsonEdit(text, prompt, messages)
        : undefined;
  if (added === undefined || prompt.messages.length === 0) return undefined;
  const markers = dropped.map((place) => markerAt(prompt, place));
  if (markers.some((marker) => marker === undefined)) return undefined;
  return prompt.write.together([added, ...markers.map((marker) => marker && prompt.write.removeMarker(marker))]);
};
