import type { CacheField } from '../models/types';

/** Phrases that the sentences of several rules have. */

export const inField: { readonly [F in CacheField]: string } = {
  tools: 'among the tools',
  system: 'in the system text',
  messages: 'in the message',
};

/** A stretch of somebody's text, as long as a sentence can carry. */
export const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Ends a sentence about a name that is not known; empty where nothing is near. */
export const didYouMean = (nearest: string | undefined): string => (nearest === undefined ? '' : ` Did you mean ${nearest}?`);
