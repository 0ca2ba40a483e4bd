/**
 * Characters that no one sees and that change what is seen: control characters but tab and line ends (Unicode category Cc), those that turn the
 * direction of the text around them (Unicode Standard Annex 9, section 2), and the two separators that break lines.
 */
const unseen = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g;

/** Text of a prompt, a file name or a service for people: what cannot be seen stands as its code, as `⟨U+202E⟩`. Lines and tabs stay. */
export const visible = (text: string): string =>
  text.replace(unseen, (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);

/** The same on one line. */
export const visibleLine = (text: string): string => visible(text.replace(/[\t\r\n]+/g, ' '));

/** The beginning of a link's address, after which VS Code makes a link of `[…](…)` in notifications and input boxes, also one that runs a command. */
const linkAddress = /\]\((?=\s*[a-z][a-z0-9+.-]*:)/gi;

/** Text of a notification or of an input box's prompt: nothing in it becomes a link. */
export const messageText = (text: string): string => visible(text).replace(linkAddress, '] (');

/** Text of a label, one line, in which VS Code would make a picture of `$(…)`. */
export const labelText = (text: string): string => visibleLine(text).replaceAll('$(', '\\$(');
