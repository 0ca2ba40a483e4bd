import type { FileSource } from '../prompt/files';
import { emptyHeader, type Block, type Message, type Openness, type Prompt, type ReadPrompt, type Written } from '../prompt/model';
import type { Role } from '../prompt/words';
import type { SyntaxProblem } from '../prompt/problems';
import { parseJsonTree } from '../text/jsonTree';
import { joinPath } from '../text/path';
import { theDocument } from '../text/place';
import { span, type Located, type Span } from '../text/span';
import { bedrockPromptWriter } from './bedrockPromptWriter';
import { contentMembers, readBlock, systemMembers } from './converseBlocks';
import type { Format } from './format';
import { ignoresAmong, ignoresInYaml } from './ignoreComment';
import { isNamed } from './names';
import { nameFromFile } from './nameFromFile';
import { readFrontMatter, type FrontMatter } from './frontMatter';
import { readPromptLines, type PromptLine } from './promptLines';
import { segmentsOfRegion, trimUnsentLines, type Expansion } from './promptText';
import { sourceList } from './sourceList';
import { wholeDocument } from './wholeDocument';
import { promptFileWording } from '../wording/promptFile';

/** What grows while the body is read. */
interface Work extends Expansion {
  readonly written: Written[];
}

/** Where the front matter stands and where the body begins. */
interface Parts {
  readonly front: Span | undefined;
  readonly body: number;
  readonly problems: readonly SyntaxProblem[];
}

const opening = /---[ \t]*(?:\r?\n|$)/y;
const closing = /\n---[ \t]*(?:\r?\n|\r?$)/y;

const splitFrontMatter = (text: string): Parts => {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  opening.lastIndex = start;
  if (!opening.test(text)) return { front: undefined, body: start, problems: [] };
  const from = opening.lastIndex;
  for (let at = text.indexOf('\n---', from - 1); at !== -1; at = text.indexOf('\n---', at + 1)) {
    closing.lastIndex = at;
    if (closing.test(text)) return { front: span(from, at + 1), body: closing.lastIndex, problems: [] };
  }
  const data = { detail: promptFileWording.openFrontMatter };
  return { front: undefined, body: from, problems: [{ code: 'syntax/front-matter', span: span(start, start + 3), data }] };
};

interface Section {
  readonly role: Role;
  readonly span: Span;
  readonly blocks: readonly Block[];
}

/** Reads one section's lines into blocks. */
const readSection = (text: string, region: Span, role: Role, lines: readonly PromptLine[], work: Work): readonly Block[] => {
  const blocks: Block[] = [];
  let leftOut: Span[] = [];
  let unsent: Span[] = [];
  let from = region.start;
  const closeText = (until: number) => {
    const at = trimUnsentLines(text, span(from, Math.max(from, until)), unsent);
    if (at.end > at.start) blocks.push({ kind: 'text', segments: segmentsOfRegion(text, at, leftOut, work), span: at });
    leftOut = [];
    unsent = [];
  };
  for (const line of lines) {
    if (line.kind === 'escapedRole') leftOut.push(span(line.backslash, line.backslash + 1));
    if (line.kind === 'ignore') {
      const newline = text.indexOf('\n', line.span.end);
      const whole = span(line.span.start, newline === -1 ? text.length : newline + 1);
      leftOut.push(whole);
      unsent.push(whole);
      work.ignores.push(line.code);
      continue;
    }
    // The system field holds text only: an image or document line there is text.
    if (line.kind === 'role' || line.kind === 'escapedRole' || (line.kind === 'media' && role === 'system')) continue;
    closeText(line.span.start);
    from = line.span.end;
    const block =
      line.kind === 'converse' ? readConverse(text, line, role, work) : line.kind === 'media' ? readMedia(line, work) : markerOf(line);
    if (block !== undefined) blocks.push(block);
  }
  closeText(region.end);
  return blocks;
};

const markerOf = ({ ttl, span: at }: Extract<PromptLine, { kind: 'marker' }>): Block => ({ kind: 'cachePoint', ttl, span: at });

const readMedia = (line: Extract<PromptLine, { kind: 'media' }>, work: Work): Block => {
  const name = line.name.trim() === '' ? nameFromFile(line.target) : line.name;
  const base = { kind: 'media', member: line.member, format: line.format, name, span: line.span } as const;
  if (line.target.startsWith('s3://')) return { ...base, source: { kind: 's3', uri: line.target } };
  const path = joinPath('', line.target);
  work.used.push({ value: path, span: line.span });
  const answer = work.files(path, 'bytes');
  if (answer.kind === 'refused')
    work.problems.push({ code: 'request/include', span: line.span, data: { path: line.target, reason: answer.reason } });
  return { ...base, source: { kind: 'file', path, bytes: answer.kind === 'bytes' ? answer.bytes : undefined } };
};

const readConverse = (text: string, line: Extract<PromptLine, { kind: 'converse' }>, role: Role, work: Work): Block | undefined => {
  const answer = parseJsonTree(text.slice(line.body.start, line.body.end), line.body.start);
  for (const ignore of ignoresAmong(text, answer.comments, '//')) work.ignores.push(ignore);
  if (answer.tooDeep) work.problems.push({ code: 'syntax/too-deep', span: line.span, data: {} });
  const [error] = answer.errors;
  if (error !== undefined) work.problems.push({ code: 'syntax/json', span: span(error.start, error.end), data: { detail: error.detail } });
  const { tree } = answer;
  if (tree === undefined) {
    if (error === undefined && !answer.tooDeep)
      work.problems.push({ code: 'syntax/json', span: line.span, data: { detail: promptFileWording.emptyFence } });
    return undefined;
  }
  const block = readBlock(tree, role === 'system' ? systemMembers : contentMembers, {
    sources: work.sources.all,
    source: theDocument,
    templated: true,
  });
  work.written.push({ path: role === 'system' ? ['system', '*'] : ['messages', '*', 'content', '*'], at: { source: theDocument, tree } });
  return block && { ...block, span: line.span };
};

const readSections = (text: string, body: number, work: Work): readonly Section[] => {
  const { lines, problems } = readPromptLines(text, body);
  for (const problem of problems) work.problems.push(problem);
  const sections: Section[] = [];
  let role: Role = 'system';
  let from = body;
  let at = span(body, body);
  let own: PromptLine[] = [];
  let named = false;
  const close = (until: number) => {
    const blocks = readSection(text, span(from, until), role, own, work);
    if (named || blocks.length > 0) sections.push({ role, span: at, blocks });
  };
  for (const line of lines) {
    if (line.kind !== 'role') {
      own.push(line);
      continue;
    }
    close(line.span.start);
    ({ role } = line);
    at = line.span;
    from = line.span.end;
    own = [];
    named = true;
  }
  close(text.length);
  return sections;
};

const toMessages = (sections: readonly Section[], work: Expansion): { system: readonly Block[]; messages: readonly Message[] } => {
  const system: Block[] = [];
  const messages: { role: Role; span: Span; content: Block[] }[] = [];
  for (const section of sections) {
    if (section.role === 'system') {
      if (messages.length > 0 && section.blocks.length > 0) work.problems.push({ code: 'syntax/role-order', span: section.span, data: {} });
      for (const block of section.blocks) system.push(block);
      continue;
    }
    const last = messages.at(-1);
    if (last?.role === section.role) for (const block of section.blocks) last.content.push(block);
    else messages.push({ role: section.role, span: section.span, content: [...section.blocks] });
  }
  return { system, messages };
};

const noFrontMatter: FrontMatter = { header: emptyHeader, tools: [], toolChoice: undefined, problems: [], files: [], written: [] };

/** What stands in files that are not read before the workspace is trusted is not known. */
const opennessOf = ({ problems }: Work, tools: Span | undefined): Openness | undefined => {
  const isOpen = problems.some((one) => one.code === 'request/include' && one.data.reason === 'untrusted');
  if (!isOpen) return undefined;
  const gaps = tools === undefined ? [] : [{ field: 'tools', index: 0, source: undefined, at: tools } as const];
  return { gaps, model: false, partly: true, mayMark: false };
};

const parse = (text: string, files: FileSource): Prompt => {
  const parts = splitFrontMatter(text);
  const sources = sourceList(text);
  const front = parts.front === undefined ? noFrontMatter : readFrontMatter(sources, parts.front, files);
  const used: Located<string>[] = [...front.files];
  const work: Work = {
    files,
    sources,
    problems: [...parts.problems, ...front.problems],
    used,
    included: 0,
    ignores: [...ignoresInYaml(text, parts.front ?? span(0, 0))],
    written: [...front.written],
  };
  const { system, messages } = toMessages(readSections(text, parts.body, work), work);
  const open = opennessOf(work, front.unreadTools);
  const prompt: ReadPrompt = {
    format: 'bedrock-prompt',
    api: 'converse',
    sources: sources.all,
    header: front.header,
    tools: front.tools,
    toolChoice: front.toolChoice,
    system,
    messages,
    problems: work.problems,
    written: work.written,
    files: used,
    ...(open === undefined ? {} : { open }),
    ...(work.ignores.length === 0 ? {} : { ignores: work.ignores }),
  };
  return { ...prompt, write: bedrockPromptWriter(text, prompt) };
};

/** Our own prompt file: front matter, role lines, Markdown, and a comment as cache marker. */
export const bedrockPrompt: Format = {
  id: 'bedrock-prompt',
  detects: (path) => isNamed('bedrock-prompt', path),
  read: (text, files) => wholeDocument(text, parse(text, files), 'Prompt'),
};
