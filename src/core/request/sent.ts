import type { Prompt, VariableDeclaration } from '../prompt/model';
import { span } from '../text/span';

/** The prompt as it is sent with these values: what is estimated, planned and built of it is about them, and not about its examples. */
export const withValues = (prompt: Prompt, values: Readonly<Record<string, string>>): Prompt => {
  const { variables } = prompt.header;
  const declared = new Set(variables.map(({ name }) => name));
  const nowhere = span(0, 0);
  const others = Object.entries(values)
    .filter(([name]) => !declared.has(name))
    .map(([name, fixed]): VariableDeclaration => ({ name, span: nowhere, entrySpan: nowhere, varies: 'request', fixed }));
  const given = variables.map((one): VariableDeclaration => ({
    ...one,
    ...(Object.hasOwn(values, one.name) ? { fixed: values[one.name] } : {}),
  }));
  return { ...prompt, header: { ...prompt.header, variables: [...given, ...others] } };
};
