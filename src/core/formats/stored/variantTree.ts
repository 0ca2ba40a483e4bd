import { entryOf, member, type Tree, type TreeEntry } from '../../text/tree';
import { arrayOf, entryAt, objectOf, pointOf, renamed, textBlockOf, wordAt } from '../converseTree';

/** A text alone is the only message, with its cache point after it. */
const textMessages = (text: Tree | undefined): TreeEntry | undefined => {
  const entry = entryOf(text, 'text');
  if (text === undefined || entry === undefined) return undefined;
  const content = [textBlockOf(entry.value), ...pointOf(renamed(text, 'cachePoint'))];
  const message = objectOf(text.span, [
    entryAt('role', entry.key.span, wordAt(entry.key.span, 'user')),
    entryAt('content', text.span, arrayOf(text.span, content)),
  ]);
  return entryAt('messages', text.span, arrayOf(text.span, [message]));
};

/** The template of a variant: as a text or as a conversation. */
export const templateOf = (variant: Tree): { readonly chat: Tree | undefined; readonly text: Tree | undefined } => {
  const template = member(variant, 'templateConfiguration');
  return { chat: member(template, 'chat'), text: member(template, 'text') };
};

/**
 * A variant of Prompt Management as the Converse request that says the same. Source: PromptVariant in the API reference of Amazon Bedrock Agents,
 * read 2026-11.
 */
export const fromVariant = (variant: Tree): Tree => {
  const { chat, text } = templateOf(variant);
  return objectOf(variant.span, [
    renamed(chat, 'system'),
    renamed(chat, 'messages') ?? textMessages(text),
    renamed(chat, 'toolConfiguration', 'toolConfig'),
    renamed(member(variant, 'inferenceConfiguration'), 'text', 'inferenceConfig'),
    renamed(variant, 'additionalModelRequestFields'),
  ]);
};
