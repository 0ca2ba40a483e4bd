import { type Prompt, segmentsOf } from '../prompt/model';
import { wireOrder } from '../request/build';
import { nearestAmong } from '../text/nearest';
import { oncePer } from '../text/once';
import { type VariableSegment, shownSpan } from '../text/segment';

interface Variables {
  readonly uses: readonly VariableSegment[];
  readonly byStart: ReadonlyMap<number, VariableSegment>;
  readonly declared: ReadonlySet<string>;
  /** The declaration that a used name was surely meant to be. */
  readonly nearestDeclared: (name: string) => string | undefined;
  /** The used name without a declaration that was surely meant to be a declared one. */
  readonly nearestUnknown: (name: string) => string | undefined;
}

/** What a prompt uses and declares. */
export const variablesOf = oncePer((prompt: Prompt): Variables => {
  const uses = wireOrder(prompt).flatMap(({ block }) => segmentsOf(block).filter((one): one is VariableSegment => one.kind === 'variable'));
  const declared = new Set(prompt.header.variables.map(({ name }) => name));
  const unknown = [...new Set(uses.map(({ name }) => name))].filter((name) => !declared.has(name));
  return {
    uses,
    byStart: new Map(uses.map((use) => [shownSpan(use).start, use])),
    declared,
    nearestDeclared: nearestAmong(declared),
    nearestUnknown: nearestAmong(unknown),
  };
});
