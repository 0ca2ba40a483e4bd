import type * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import type { FrontMatterFacts } from '../../core/editing/frontMatterOffers';
import { segmentsOf, type Prompt } from '../../core/prompt/model';
import type { AssistDeps } from '../feature';

/** Names of variables in the order of their first use. */
export const usedVariables = ({ system, messages, tools }: Prompt): readonly string[] => [
  ...new Set(
    [...tools, ...system, ...messages.flatMap(({ content }) => content)]
      .flatMap(segmentsOf)
      .flatMap((segment) => (segment.kind === 'variable' ? [segment.name] : [])),
  ),
];

/** The models that can be offered in a document: those of the catalog, and what the account has told when it was asked. */
export const modelFacts = (
  { uri }: vscode.TextDocument,
  options: PromptAnalysis['planOptions'] | undefined,
  { engine, settings, formats, account }: AssistDeps,
): Pick<FrontMatterFacts, 'models' | 'from' | 'formats' | 'account'> => {
  const { catalogWith, entryOf, resolveModel } = engine();
  const { region, neverGlobal } = settings.read(uri);
  return {
    models: catalogWith(options?.overrides ?? []),
    from: { region: region === '' ? undefined : region, reach: neverGlobal ? 'geography' : 'anywhere' },
    formats,
    account: { facts: account.facts, entryOf: (id) => entryOf(resolveModel(id)) },
  };
};

/** What completion and hovers in the front matter of a prompt are made of. */
export const frontMatterFacts = (
  { prompt, planOptions }: PromptAnalysis,
  document: vscode.TextDocument,
  deps: AssistDeps,
): FrontMatterFacts => {
  const { frontMatterShape, shapeAt } = deps.engine();
  return {
    ...modelFacts(document, planOptions, deps),
    shapeAt: (path) => shapeAt(frontMatterShape, path),
    variables: [...new Set([...prompt.header.variables.map(({ name }) => name), ...usedVariables(prompt)])],
  };
};
