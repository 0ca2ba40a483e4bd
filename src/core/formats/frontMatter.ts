import type { FileSource } from '../prompt/files';
import { emptyHeader, type Header, type Written } from '../prompt/model';
import type { SyntaxProblem } from '../prompt/problems';
import { memoByText } from '../text/memo';
import { theDocument } from '../text/place';
import { span, type Located, type Span } from '../text/span';
import { stringValue, toJson, type Tree } from '../text/tree';
import { parseYamlTree, type YamlAnswer } from '../text/yamlTree';
import { frontMatterShape, passedKeys, trafficShape } from './frontMatterShape';
import { given, wrongValue, type FrontMatterWork } from './frontMatterWork';
import type { SourceList } from './sourceList';
import { readTools, type Tools } from './toolConfig';
import { checkKeys } from './unknownKeys';
import { readSamples, readVariables } from './variables';
import { expectedWording, promptFileWording } from '../wording/promptFile';

const frontMatterKeys = Object.keys(frontMatterShape.members);

/** What front matter gives: the header, the tools, and beside them what is wrong and which files were asked for. */
export interface FrontMatter extends Tools {
  readonly header: Header;
  readonly problems: readonly SyntaxProblem[];
  readonly files: readonly Located<string>[];
  readonly written: readonly Written[];
  /** Where a file of tools is named that is not read before the workspace is trusted. */
  readonly unreadTools?: Span;
}

const optional = <K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: T }); // exactly this key

const readCalls = (tree: Tree | undefined, work: FrontMatterWork): Located<number> | undefined => {
  if (tree === undefined) return undefined;
  if (tree.kind !== 'object') return wrongValue(work, 'traffic', tree.span, expectedWording.traffic);
  checkKeys(work.problems, tree, Object.keys(trafficShape.members));
  const calls = given(tree, 'callsPerHour');
  if (calls === undefined) return undefined;
  const value = calls.kind === 'scalar' && typeof calls.value === 'number' ? calls.value : -1;
  if (value >= 0 && Number.isFinite(value)) return { value, span: calls.span };
  return wrongValue(work, 'traffic.callsPerHour', calls.span, expectedWording.calls);
};

/** Calls that come together: `traffic: { burst: 40, minutes: 10 }`. */
const readBurst = (tree: Tree | undefined, work: FrontMatterWork): Header['burst'] => {
  const calls = tree?.kind === 'object' ? given(tree, 'burst') : undefined;
  if (tree === undefined || calls === undefined) return undefined;
  const amount = (part: Tree | undefined): number | undefined =>
    part?.kind === 'scalar' && typeof part.value === 'number' && part.value > 0 && Number.isFinite(part.value) ? part.value : undefined;
  const minutes = given(tree, 'minutes');
  const count = amount(calls);
  const span = minutes === undefined ? 5 : amount(minutes);
  if (count === undefined) return wrongValue(work, 'traffic.burst', calls.span, expectedWording.calls);
  if (span === undefined) return wrongValue(work, 'traffic.minutes', (minutes ?? calls).span, expectedWording.minutes);
  return { calls: count, minutes: span };
};

const readStatic = (tree: Tree | undefined, work: FrontMatterWork): readonly string[] | undefined => {
  if (tree === undefined) return undefined;
  if (tree.kind !== 'array') return wrongValue(work, 'static', tree.span, expectedWording.texts);
  return tree.items.flatMap((item) => {
    if (item.kind === 'scalar' && item.value !== null) return [String(item.value)];
    return wrongValue(work, 'static', item.span, expectedWording.texts) ?? [];
  });
};

const readHeader = (tree: Tree, at: Span, work: FrontMatterWork): Header => {
  const located = (key: string): Located<string> | undefined => {
    const value = given(tree, key);
    if (value === undefined) return undefined;
    const text = stringValue(value);
    return text === undefined ? wrongValue(work, key, value.span, expectedWording.text) : { value: text, span: value.span };
  };
  const fields = passedKeys.flatMap((key) => {
    const value = given(tree, key);
    if (value === undefined) return [];
    work.written.push({ path: [key], at: { source: theDocument, tree: value } });
    return [[key, { value: toJson(value), span: value.span }] as const];
  });
  return {
    span: at,
    modelId: located('modelId'),
    fields: Object.fromEntries(fields),
    name: located('name')?.value,
    description: located('description')?.value,
    variables: readVariables(given(tree, 'variables'), work),
    samples: readSamples(given(tree, 'samples'), work),
    callsPerHour: readCalls(given(tree, 'traffic'), work),
    ...optional('burst', readBurst(given(tree, 'traffic'), work)),
    ...optional('staticTexts', readStatic(given(tree, 'static'), work)),
  };
};

// Most edits are made in the body, and front matter stays the same meanwhile. Read together with its opening line, its offsets are the document's.
const treeOf = memoByText<YamlAnswer>((text) => parseYamlTree(text), 16);

/** Reads the YAML between the fences; `at` is where it stands in the document, which has nothing before it but the opening line. */
export const readFrontMatter = (sources: SourceList, at: Span, files: FileSource): FrontMatter => {
  const document = sources.all[theDocument]?.text ?? '';
  const answer = treeOf(document.slice(0, at.end));
  const problems: SyntaxProblem[] = answer.errors.map((error) => ({
    code: 'syntax/front-matter',
    span: span(error.start, Math.max(error.start, error.end)),
    data: { detail: error.detail },
  }));
  if (answer.tooDeep) problems.push({ code: 'syntax/too-deep', span: at, data: {} });
  const { tree } = answer;
  const work: FrontMatterWork = { sources, files, problems, used: [], unread: [], written: [] };
  if (tree?.kind !== 'object') {
    const empty = tree === undefined || (tree.kind === 'scalar' && tree.value === null);
    if (!empty && problems.length === 0)
      problems.push({ code: 'syntax/front-matter', span: tree.span, data: { detail: promptFileWording.noKeys } });
    return { header: { ...emptyHeader, span: at }, tools: [], toolChoice: undefined, problems, files: [], written: [] };
  }
  checkKeys(work.problems, tree, frontMatterKeys);
  const header = readHeader(tree, at, work);
  const config = given(tree, 'toolConfig');
  const tools = readTools(config, work);
  const unreadTools = config !== undefined && work.unread.includes(config.span) ? { unreadTools: config.span } : {};
  return { header, ...tools, ...unreadTools, problems, files: work.used, written: work.written };
};
