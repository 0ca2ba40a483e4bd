import type * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import type { FrontMatterFacts } from '../../core/editing/frontMatterOffers';
import { segmentsOf, type Prompt } from '../../core/prompt/model';
import type { FeatureDeps } from '../feature';

/** Names of variables in the order of their first use. */
export const usedVariables = ({ system, messages, tools }: Prompt): readonly string[] => [
  ...new Set(
    [...tools, ...system, ...messages.flatMap(({ content }) => content)]
      .flatMap(segmentsOf)
      .flatMap((segment) => (segment.kind === 'variable' ? [segment.name] : [])),
  ),
];

/** What completion and hovers in the front matter of a prompt are made of. */
export const frontMatterFacts = (
  { prompt, planOptions }: PromptAnalysis,
  { uri }: vscode.TextDocument,
  { engine, settings, formats }: FeatureDeps,
): FrontMatterFacts => {
  const { frontMatterShape, shapeAt, catalogWith } = engine();
  const { region, neverGlobal } = settings.read(uri);
  return {
    shapeAt: (path) => shapeAt(frontMatterShape, path),
    models: catalogWith(planOptions.overrides ?? []),
    from: { region: region === '' ? undefined : region, reach: neverGlobal ? 'geography' : 'anywhere' },
    variables: [...new Set([...prompt.header.variables.map(({ name }) => name), ...usedVariables(prompt)])],
    formats,
  };
};
