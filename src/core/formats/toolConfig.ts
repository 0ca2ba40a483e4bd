import type { Block } from '../prompt/model';
import type { Json } from '../text/json';
import { parseJsonTree, type JsonAnswer } from '../text/jsonTree';
import { memoByText } from '../text/memo';
import { extensionOf } from '../text/path';
import { theDocument, type SourceId } from '../text/place';
import { span, type Span } from '../text/span';
import { member, stringValue, toJson, type Tree } from '../text/tree';
import { parseYamlTree, type YamlAnswer } from '../text/yamlTree';
import { readBlock, toolMembers, type Origin } from './converseBlocks';
import { given, readSource, wrongValue, type FrontMatterWork } from './frontMatterWork';
import { expectedWording } from '../wording/promptFile';

/** The tools of a prompt and how the model is to choose among them. */
export interface Tools {
  readonly tools: readonly Block[];
  readonly toolChoice: Json | undefined;
}

const noTools: Tools = { tools: [], toolChoice: undefined };

// A tools file stays the same while its prompt is written.
const startOf = (text: string): number => (text.startsWith('\uFEFF') ? 1 : 0);
const jsonTree = memoByText<JsonAnswer>((text) => parseJsonTree(text.slice(startOf(text)), startOf(text)), 16);
const yamlTree = memoByText<YamlAnswer>((text) => parseYamlTree(text.slice(startOf(text)), startOf(text)), 16);

interface ToolFile {
  readonly config: Tree;
  readonly source: SourceId;
}

const readToolFile = (path: string, at: Span, work: FrontMatterWork): ToolFile | undefined => {
  const source = readSource(work, path, at);
  if (source === undefined) return undefined;
  const text = work.sources.all[source]?.text ?? '';
  const answer = /^jsonc?$/.test(extensionOf(path)) ? jsonTree(text) : yamlTree(text);
  if (answer.tooDeep) work.problems.push({ code: 'syntax/too-deep', span: at, data: {} });
  const [error] = answer.errors;
  if (error !== undefined)
    work.problems.push({
      code: 'syntax/json',
      span: at,
      foreign: { source, span: span(error.start, error.end) },
      data: { detail: `${path}: ${error.detail}` },
    });
  return answer.tree && { config: member(answer.tree, 'toolConfig') ?? answer.tree, source };
};

/** The tools below `toolConfig`: a mapping in Converse's shape, a list, or the path of a JSON or YAML file that holds either. */
export const readTools = (tree: Tree | undefined, work: FrontMatterWork): Tools => {
  if (tree === undefined) return noTools;
  const path = stringValue(tree);
  const file = path === undefined ? undefined : readToolFile(path, tree.span, work);
  const config = path === undefined ? tree : file?.config;
  if (config === undefined) return noTools;
  const origin: Origin = {
    sources: work.sources.all,
    templated: false,
    ...(file === undefined ? { source: theDocument } : { source: file.source, via: tree.span }),
  };
  const list = config.kind === 'array' ? config : given(config, 'tools');
  const choice = given(config, 'toolChoice');
  // `tools:` without entries is half typed, or the last one was just removed.
  if (list === undefined && path === undefined && member(config, 'tools') !== undefined) return noTools;
  if (list?.kind !== 'array') {
    wrongValue(work, 'toolConfig', tree.span, expectedWording.tools);
    return noTools;
  }
  // Without a tool nothing of it is sent.
  if (list.items.length > 0)
    work.written.push({
      path: config === list ? ['toolConfig', 'tools'] : ['toolConfig'],
      at: { source: origin.source, tree: config },
      ...(path === undefined ? {} : { via: tree.span }),
    });
  const tools = list.items.flatMap((item) => readBlock(item, toolMembers, origin) ?? []);
  return { tools, toolChoice: choice === undefined ? undefined : toJson(choice) };
};
