/** What is said of prompts in Prompt Management. */

export const keysRefusedText =
  'Prompt Management takes no Bedrock API key. Choose an AWS profile with the right to read and write prompts, then try again.';

export const noStoredPrompts = (region: string): string =>
  `There is no prompt in Prompt Management${region === '' ? '' : ` of ${region}`} yet. Save one there with “Save Prompt to Prompt Management…”.`;

/** What a person agrees to before a prompt is written, in paragraphs: what is lost first. */
export const saveDetail = (
  notes: readonly string[],
  { becomesChat, changedSince, isNew }: { readonly becomesChat: boolean; readonly changedSince: boolean; readonly isNew: boolean },
): string =>
  [
    ...(changedSince ? ['Somebody has changed the draft since you opened it here; their change would be lost.'] : []),
    ...notes,
    ...(becomesChat ? ['The variant was a plain text and becomes a conversation.'] : []),
    isNew
      ? 'A prompt is made in your account. A version never changes; the draft can be written again.'
      : 'The draft is written over. A version is made of it and never changes.',
  ].join('\n\n');

export const savedText = (name: string, version: string): string =>
  version === 'DRAFT' ? `The draft of ${name} is saved.` : `Version ${version} of ${name} is saved.`;

export const sameText = (name: string): string => `The draft of ${name} says the same already: there is nothing to save.`;

/** A variant that a prompt file cannot hold. */
export const openedAsJson = (reason: string): string => `It is opened as JSON: ${reason}`;
