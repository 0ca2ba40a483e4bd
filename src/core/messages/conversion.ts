import type { TargetId } from '../convert/targetIds';
import type { ConvertNote, Refusal } from '../convert/types';
import { visibleLine } from '../text/visible';

/** What a conversion says: what it is called, what a person should know of its result, and why there is none. */

/** What each target is called. */
export const targetTitles: { readonly [T in TargetId]: string } = {
  converse: 'Converse request (JSON)',
  messages: 'Anthropic Messages body (JSON)',
  boto3: 'Python with boto3',
  'aws-sdk-js': 'TypeScript with the AWS SDK',
  'ai-sdk': 'TypeScript with the AI SDK',
  'anthropic-sdk': 'Python or TypeScript with the Anthropic SDK',
  langchain: 'Python with LangChain',
  strands: 'Python with Strands',
  'aws-cli': 'AWS CLI command',
  'prompt-management': 'Prompt Management (JSON)',
  cloudformation: 'CloudFormation template (YAML)',
  'bedrock-prompt': 'Prompt file (.bedrock.md)',
};

const longest = 60;
const short = (text: string, most = longest): string => {
  const line = visibleLine(text).trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
};

const mostNamed = 6;
const listed = (words: readonly string[]): string => {
  const shown = words.slice(0, mostNamed).map((word) => short(word, 40));
  const more = words.length - shown.length;
  const all = more > 0 ? [...shown, `${more} more`] : shown;
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
};

/** A note as one sentence. */
export const describeNote = (note: ConvertNote): string => {
  switch (note.code) {
    case 'filled':
      return `There are no variables here: ${listed(note.names)} ${note.names.length === 1 ? 'has its value or example' : 'have their values or examples'}.`;
    case 'placeholders':
      return `Without a value, so written as {{name}}: ${listed(note.names)}.`;
    case 'unknownParts': {
      const parts = note.parts.map(({ name, source }) => `${name} for ${short(source)}`);
      return `What only the program knows is a variable now: ${listed(parts)}.`;
    }
    case 'partly':
      return 'The program may send more than can be read from its code, or some of it only sometimes.';
    case 'defaults':
      return `Variables have no defaults here: give ${listed(note.names)} with each call.`;
    case 'renamed':
      return `Renamed, because names have only letters, digits, - and _ here: ${listed(note.pairs.map(({ from, to }) => `${from} to ${to}`))}.`;
    case 'leftOut':
      return `Left out, because there is no place for it here: ${listed(note.members)}.`;
    case 'lifetime':
      return `The lifetime ${short(note.ttl)} is left out: cache points have no lifetime of their own here.`;
    case 'pointLeftOut':
      return note.why === 'tools'
        ? 'The cache point after the tools is left out, because there is no place for it here; one in the system text covers the tools too.'
        : 'Of cache points straight after each other only one is left.';
    case 'maxTokens':
      return `max_tokens is ${note.value}, because a body must have one and the prompt has none.`;
    case 'noModel':
      return 'The prompt names no model, so it has to be given.';
    case 'reader':
      return `The code reads the prompt file with ${note.fileName}, which needs the package ${note.needs}.`;
    case 'included':
      return `There are no includes here: the text of ${listed(note.paths)} is part of the prompt, and follows the ${note.paths.length === 1 ? 'file' : 'files'} no more.`;
    case 'files':
      return `The code reads ${listed(note.paths)} from the folder in which it runs.`;
  }
};

/** Why a prompt is not converted, as one sentence. */
export const describeRefusal = (target: TargetId, reason: Refusal): string => {
  const title = targetTitles[target];
  const none = `The prompt cannot be written as ${title}`;
  switch (reason.code) {
    case 'inDoubt':
      return 'The prompt cannot be converted, because its text cannot be read as a whole. Fix its syntax first.';
    case 'file':
      return `The prompt cannot be converted, because ${short(reason.path)} cannot be read.`;
    case 'open':
      return `The prompt cannot be converted, because a part of it that is no text is known only when the program runs: ${short(reason.source)}.`;
    case 'noPlace':
      return `${none}, because there is no place for ${short(reason.what)} in it.`;
    case 'malformed':
      return `The prompt cannot be converted, because ${short(reason.what)} is not what the API takes there.`;
    case 'model':
      return `${none}, because ${short(reason.model)} does not read such a body.`;
    case 'novaBody':
      return `${none}, because it is a body for Amazon Nova, which reads no other.`;
    case 'pointFirst':
      return `${none}, because a cache point stands first in its list, with nothing before it.`;
    case 'tooManyVariables':
      return `${none}, because it has ${reason.count} variables, and ${reason.most} are allowed.`;
    case 'tooLong':
      return `${none}, because its texts have ${reason.count} characters, and ${reason.most} are allowed.`;
    case 'text':
      return `${none}, because "${short(reason.text)}" would be read with a variable in it.`;
    case 'sameRole':
      return `${none}, because two messages of the role ${short(reason.role)} that follow each other would become one.`;
  }
};
