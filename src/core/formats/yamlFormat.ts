import type { SyntaxProblem } from '../prompt/problems';
import { span } from '../text/span';
import { parseYamlTree, type YamlAnswer } from '../text/yamlTree';
import { noPrompts, type Format } from './format';
import { ignoresInYaml } from './ignoreComment';
import { kindOf, mayBePromptFile, mayHoldStored } from './names';
import { readStored } from './stored/readStored';

/** What is wrong with YAML as such. */
const problemsOf = ({ errors, tooDeep }: YamlAnswer, text: string): readonly SyntaxProblem[] => [
  ...errors.map((error): SyntaxProblem => ({
    code: 'syntax/front-matter',
    span: span(error.start, error.end),
    data: { detail: error.detail, file: true },
  })),
  ...(tooDeep ? [{ code: 'syntax/too-deep', span: span(0, text.length), data: {} } as const] : []),
];

/** YAML that keeps prompts for something else: a service, a tool, a test. */
export const yaml: Format = {
  id: 'yaml',
  detects: (path, text) => kindOf(path) === 'yaml' && (mayHoldStored(text) || mayBePromptFile(text)),
  read(text) {
    const start = text.startsWith('\uFEFF') ? 1 : 0;
    const answer = parseYamlTree(text.slice(start), start, true);
    if (answer.tree === undefined) return noPrompts;
    const ignores = ignoresInYaml(text, span(0, text.length));
    return readStored({
      text,
      tree: answer.tree,
      isJson: false,
      problems: problemsOf(answer, text),
      ignores: ignores.length === 0 ? undefined : ignores,
    });
  },
};
