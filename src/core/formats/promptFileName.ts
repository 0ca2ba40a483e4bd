/** By which a file is known to be a prompt file. */
export const promptEnding = '.bedrock.md';

/**
 * The name that a prompt file has, whatever ending it was given: `triage`, `triage.md` and `triage.bedrock` are `triage.bedrock.md`. So is
 * `triage.bedrock.md.bedrock.md`: the dialog of a remote window adds the ending of its filter to a name that has it.
 */
export const promptFileName = (name: string): string => {
  if (name.endsWith(promptEnding)) return name.replace(/(?:\.bedrock\.md)+$/, promptEnding);
  return `${name.replace(/(?:\.bedrock)?(?:\.(?:md|markdown|txt|prompt))?$/i, '')}${promptEnding}`;
};

/** What can be wrong with a name or path below a folder that a person typed for a new prompt file. */
export type NameFault = 'empty' | 'outside' | 'characters';

/** `undefined`: nothing is wrong with it. */
export const nameFault = (typed: string): NameFault | undefined => {
  const parts = typed.trim().split(/[/\\]/);
  if (typed.trim() === '') return 'empty';
  if (parts.includes('..') || parts.includes('') || /^[A-Za-z]:/.test(typed.trim())) return 'outside';
  return /[<>:"|?*]/.test(typed) ? 'characters' : undefined;
};

const names = { model: /^modelId:[ \t]*\S/m, role: /^#[ \t]*(?:system|user|assistant)[ \t]*:[ \t]*$/im };
const marker = /^[ \t]*<!--[ \t]*cachePoint\b[^>\n]*-->[ \t]*$/m;

/** Is it the text of a prompt file, by its form alone? Prose about prompts has no line that names a role and one that names a model or a cache point. */
export const readsLikePromptFile = (text: string): boolean => {
  if (!names.role.test(text)) return false;
  const head = text.slice(0, 4_000);
  return (/^\uFEFF?---[ \t]*\r?\n/.test(head) && names.model.test(head)) || marker.test(text);
};
