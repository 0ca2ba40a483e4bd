import type { PromptAnalysis } from '../../core/analysis';
import type { UsedValue } from '../../core/panel/valuesProtocol';
import type { EnginePort } from '../ports';

/** Longer ones are shown as far as this. */
const mostShown = 4000;

/** The values of the variables that a call uses and that are not always the same, as they are sent. */
export const usedValues = (
  { prompt }: Pick<PromptAnalysis, 'prompt'>,
  values: Readonly<Record<string, string>>,
  engine: EnginePort,
): readonly UsedValue[] => {
  const { variables } = prompt.header;
  const fixed = new Map(variables.map(({ name, fixed: value }) => [name, value]));
  const { missingValues, runValues } = engine();
  const textOf = runValues(variables, values);
  return missingValues(prompt, (name) => fixed.get(name)).flatMap((name) => {
    const text = textOf(name);
    return text === undefined ? [] : [{ name, text: text.length > mostShown ? `${text.slice(0, mostShown)}…` : text }];
  });
};
