import type { NumberFormats } from '../figures/numbers';
import type { InvokeApi } from '../prompt/api';
import type { DocumentFault, FieldFault, PairingFault } from '../prompt/problems';

/** Sentences on what is wrong with parts of a request. */

const inPath = (path: string): string => (path === '' ? '' : `in ${path} `);

/** Few names help, many do not. */
const whatInstead = (known: readonly string[]): string =>
  known.length === 0 || known.length > 4 ? ' Remove it, or write the name that is meant.' : ` Use one of ${known.join(', ')}.`;

const lengthWords = ({ least, most, unit }: Extract<FieldFault, { kind: 'length' }>, formats: NumberFormats): string => {
  const size = (count: number): string =>
    unit === 'entries' ? formats.tokens(count) : `${formats.tokens(count)} ${count === 1 ? 'character' : 'characters'}`;
  if (most === Infinity) return least === 1 ? 'must not be empty' : `must have at least ${size(least)}`;
  return least === 0 ? `may have at most ${size(most)}` : `must have ${formats.tokens(least)} to ${size(most)}`;
};

/** What the service model's patterns ask for, by the member that has one. */
const patternWords = (path: string): string => {
  switch (/[^.]*$/.exec(path)?.[0]) {
    case 'toolUseId':
      return 'made of letters, digits and _ . : -';
    case 'name':
    case 'id':
    case 'tool_use_id':
      return 'made of letters, digits, _ and -';
    case 'uri':
      return 'an address such as s3://bucket/key';
    case 'bucketOwner':
      return 'the twelve digits of an account';
    case 'guardrailIdentifier':
      return 'the id or the ARN of a guardrail';
    case 'guardrailVersion':
      return 'a version number or DRAFT';
    default:
      return 'made of letters, digits, white space and these signs: _@$#=/+:,.-';
  }
};

const fails = (why: string, isSure = true): string => `The call ${isSure ? 'fails' : 'may fail'}, because ${why}.`;

/** The service says so itself, and names no place. `more` follows the name of its error. */
const isInvalid = (why: string, more = ''): string => fails(`${why} (ValidationException)${more}`);

const bodyNames: { readonly [A in InvokeApi]: string } = { messages: 'a Messages body', nova: 'a body for Nova' };

/** A marker that a body of InvokeModel does not have, or not there. */
export const describeBodyMarker = (found: string, reason: 'name' | 'place', api: InvokeApi): string => {
  const own = api === 'messages' ? '"cache_control": { "type": "ephemeral" }' : '"cachePoint": { "type": "default" }';
  return reason === 'place'
    ? `InvokeModel takes no ${found} for the whole body, so the call fails (ValidationException). Put it into the last block that it covers: ${own}.${api === 'messages' ? ' On bedrock-mantle it is one (setting cachepoint.run.door).' : ''}`
    : `This is not a cache point, so the call fails (ValidationException): in ${bodyNames[api]} one is a member of the block that it comes after, ${own}.`;
};

export const describeFault = (path: string, fault: FieldFault, formats: NumberFormats, api?: InvokeApi): string => {
  switch (fault.kind) {
    case 'unknown':
      if (api !== undefined) return isInvalid(`${bodyNames[api]} has no member ${path} on Bedrock`) + whatInstead(fault.known);
      return `Converse has no member ${path}: boto3 refuses the call, and the SDK for JavaScript leaves it out without a word.${whatInstead(fault.known)}`;
    case 'missing':
      return `${fails(`${inPath(path)}${fault.members.join(' and ')} is missing here`)} Add it.`;
    case 'noMember':
      return fails(`nothing is set here: it needs one of ${fault.expected.join(', ')}`);
    case 'severalMembers':
      return fails(`only one of these may be set here: ${fault.found.join(', ')}`);
    case 'length':
      return fails(`${path} ${lengthWords(fault, formats)}`);
    case 'pattern':
      return fails(`${path} must be ${patternWords(path)}`);
    case 'base64':
      return fault.padding
        ? `The call may fail, because the base64 of ${path} lacks the = signs at its end. Some readers take that, others do not. Add them.`
        : fails(`${path} is not base64. It takes the letters alone, without "data:" or line breaks`);
    case 'dialect':
      return '';
    case 'type':
      return fails(`${path} must be ${fault.expected}`);
    case 'value':
      return fails(`${path} must be ${fault.expected.length === 1 ? '' : 'one of '}${fault.expected.join(', ')}`, fault.isSure);
    case 'range':
      return fault.most === Infinity
        ? fails(`${path} must be at least ${formats.tokens(fault.least)}`)
        : fails(`${path} must lie between ${formats.tokens(fault.least)} and ${formats.tokens(fault.most)}`);
  }
};

export const describePairing = (reason: PairingFault, ids: string): string => {
  switch (reason) {
    case 'noConfig':
      return isInvalid('tool calls and results need a toolConfig with the tools', '. Add it');
    case 'unanswered':
      return isInvalid('each tool call needs its result in the very next message of the user', `. Add a result for ${ids}`);
    case 'surplus':
      return isInvalid('the message before has no tool call for this result', `: ${ids}. Remove it, or add the call`);
    case 'duplicateId':
      return isInvalid('two blocks of one message have the same toolUseId', `: ${ids}. Give one of them another`);
    case 'duplicateName':
      return isInvalid('two tools have the same name', `: ${ids}. Rename one of them`);
    case 'noSuchTool':
      return isInvalid(`no tool is named ${ids}`, '. Name one that there is');
    case 'inputNotObject':
      return isInvalid('the input of a tool call must be an object, not its JSON as a text');
    case 'schemaNotObject':
      return isInvalid('the input schema of a tool must have "type": "object" at its top');
  }
};

export const describeDocument = (reason: DocumentFault, name: string): string => {
  switch (reason) {
    case 'name':
      return isInvalid(
        'the name of a document takes letters, digits, single spaces, - _ ( ) [ ] only',
        `: ${name}. Leave the ending of a file name away`,
      );
    case 'duplicate':
      return isInvalid('two documents of the request have the same name', `: ${name}. Rename one of them`);
    case 'similar':
      return `The call may fail, because the names of two documents differ only in the case of letters: ${name}. Rename one of them.`;
    case 'count':
      return isInvalid('a request may hold at most 5 documents', '. Send fewer');
    case 'noText':
      return isInvalid('a document needs a text block in the same message', '. Add one');
    case 'role':
      return isInvalid('images and documents stand in messages of the user only', '. Move it there');
    case 'unread':
      return 'Claude is not shown this PDF: over Converse, one that is all a tool result holds is left out. Put a text beside it in the result.';
  }
};
