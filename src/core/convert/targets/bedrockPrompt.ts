import type { VariableDeclaration } from '../../prompt/model';
import { converseStreamRequest } from '../../service/shapes';
import type { Json, JsonObject } from '../../text/json';
import { converseRequest } from '../converseRequest';
import type { Draft } from '../draft';
import { holesIn, tellUnknown } from '../fill';
import type { Hole } from '../marks';
import { namesFor, variableName } from '../names';
import { sectionLines, type Names } from '../promptBody';
import { blocksAt, messagesOf, optional } from '../request';
import { yamlText } from '../../text/yamlText';
import { fileOf } from './target';
import { noPlaceWording } from '../../wording/noPlace';

const declared = ({ varies, fallback, example, description }: VariableDeclaration): JsonObject => ({
  ...optional('example', example),
  ...optional('default', fallback),
  ...optional('description', description),
  ...(varies === 'request' ? {} : { varies }),
});

const declaration = (hole: Hole): Json => {
  if (hole.kind === 'file') return {};
  // What only a program knows is told by how the program says it.
  return hole.declaration === undefined ? (hole.isUnknown ? { description: hole.name } : {}) : declared(hole.declaration);
};

/** Members of a request that front matter has under the same name. */
const passed = new Set(Object.keys(converseStreamRequest.members).filter((name) => !['messages', 'system'].includes(name)));

const frontMatter = (draft: Draft, request: JsonObject, names: Names): string => {
  const { prompt, options, notes } = draft;
  const { header } = prompt;
  const members = Object.keys(request).filter((name) => name !== 'system' && name !== 'messages');
  const left = members.filter((name) => !passed.has(name));
  if (left.length > 0) notes.push({ code: 'leftOut', members: left });
  const own = Object.fromEntries(members.filter((name) => passed.has(name)).map((name) => [name, request[name] ?? null]));
  const { callsPerHour, burst } = header;
  const traffic = {
    ...optional('callsPerHour', callsPerHour?.value),
    ...(burst === undefined ? {} : { burst: burst.calls, minutes: burst.minutes }),
  };
  return yamlText({
    ...optional('name', header.name),
    ...optional('description', header.description),
    ...(options.modelId === '' ? {} : { modelId: options.modelId }),
    ...own,
    ...(names.size === 0 ? {} : { variables: Object.fromEntries([...names].map(([hole, name]) => [name, declaration(hole)])) }),
    ...(Object.keys(traffic).length === 0 ? {} : { traffic }),
    ...(header.staticTexts === undefined ? {} : { static: header.staticTexts }),
  });
};

/** The variables of the file under their names, in the order of the request. */
export const variableNames = (draft: Draft, request: JsonObject = draft.request): Names => namesFor(holesIn(draft, request), variableName);

const section = (role: string, lines: readonly string[]): string => [`# ${role}:`, ...lines, ''].join('\n');

/** A prompt file of Cachepoint. */
export const bedrockPrompt = fileOf('bedrock-prompt', '.bedrock.md', (draft) => {
  const { prompt, options, refusals } = draft;
  // Already one: its own words, comments and includes stay.
  const [own] = prompt.sources;
  if (prompt.format === 'bedrock-prompt' && options.values === undefined && own !== undefined) return own.text;
  const request = converseRequest(draft);
  const names = variableNames(draft, request);
  tellUnknown(draft, names);
  const system = sectionLines(draft, blocksAt(request, 'system', draft), names, true);
  let before = '';
  const messages = messagesOf(request, draft).map(({ role, content }) => {
    if (role !== 'user' && role !== 'assistant') refusals.push({ code: 'noPlace', what: noPlaceWording.role(role) });
    if (role === before) refusals.push({ code: 'sameRole', role });
    before = role;
    return section(role, sectionLines(draft, content, names, false));
  });
  const front = frontMatter(draft, request, names);
  return [
    ...(front === '' ? [] : [`---\n${front}---\n`]),
    [...(system.length === 0 ? [] : [section('system', system)]), ...messages].join('\n'),
  ].join('');
});
