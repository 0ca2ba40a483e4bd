import * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import { segmentsOf } from '../../core/prompt/model';
import { shownSpan } from '../../core/text/segment';
import { span, touches } from '../../core/text/span';
import { offsetOf, toRange } from '../documents/convert';
import { promptSelector } from '../documents/promptSelector';
import type { FeatureDeps } from '../feature';
import type { PromptRef } from '../promptRef';
import { guarded } from '../workspace/log';
import { toHover } from './markdown';

/** The values that a prompt was sent with last. */
type LastValues = (prompt: PromptRef) => Readonly<Record<string, string>> | undefined;

const hoverAt = (
  document: vscode.TextDocument,
  offset: number,
  analysis: PromptAnalysis,
  deps: FeatureDeps,
  lastValues: LastValues,
): vscode.Hover | undefined => {
  const { plan, prompt } = analysis;
  const checkpoint = plan.checkpoints.find(({ marker }) => touches(marker.span, offset));
  if (checkpoint !== undefined) {
    const lines = deps.engine().checkpointHover(checkpoint, plan, analysis.input.traffic, deps.formats);
    return toHover(lines, toRange(document, checkpoint.marker.span), deps.engine().sourceLinks(plan.model));
  }
  for (const { block } of plan.blocks) {
    if (!touches(block.span, offset)) continue;
    const variable = segmentsOf(block).find((segment) => segment.kind === 'variable' && touches(shownSpan(segment), offset));
    if (variable?.kind === 'variable') {
      const sent = lastValues({ uri: document.uri, id: analysis.id })?.[variable.name];
      return toHover(deps.engine().variableHover(variable.name, prompt.header, sent), toRange(document, shownSpan(variable)));
    }
  }
  const index = plan.blocks.findIndex(({ block }) => touches(block.span, offset));
  if (index === -1) return undefined;
  // The range is the place under the cursor only: a whole block would light up as one.
  return toHover(
    deps.engine().blockHover(index, plan, deps.formats),
    document.getWordRangeAtPosition(toRange(document, span(offset, offset)).start) ?? toRange(document, span(offset, offset)),
  );
};

/** Facts at markers, variables and blocks: the same that the colors show. */
export const registerHover = (deps: FeatureDeps, lastValues: LastValues): vscode.Disposable =>
  vscode.languages.registerHoverProvider(promptSelector, {
    provideHover: (document, position) =>
      guarded(
        deps.log,
        'Hover',
        () => {
          const offset = offsetOf(document, position);
          const analysis = deps.store.get(document)?.at(offset);
          return analysis && hoverAt(document, offset, analysis, deps, lastValues);
        },
        undefined,
      ),
  });
