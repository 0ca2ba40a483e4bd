import * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import { segmentsOf } from '../../core/prompt/model';
import { shownSpan } from '../../core/text/segment';
import { span, touches } from '../../core/text/span';
import { visible } from '../../core/text/visible';
import { offsetOf, toRange } from '../documents/convert';
import { promptSelector } from '../documents/promptSelector';
import type { FeatureDeps } from '../feature';
import { guarded } from '../workspace/log';

/** Text of a prompt is data: it enters a hover as text that can be seen, never as Markdown. */
export const toHover = (title: string, lines: readonly string[], range: vscode.Range): vscode.Hover => {
  const content = new vscode.MarkdownString();
  content.appendMarkdown('**');
  content.appendText(visible(title));
  content.appendMarkdown('**\n\n');
  for (const line of lines) {
    content.appendText(visible(line));
    content.appendMarkdown('\n\n');
  }
  return new vscode.Hover(content, range);
};

const hoverAt = (document: vscode.TextDocument, offset: number, analysis: PromptAnalysis, deps: FeatureDeps): vscode.Hover | undefined => {
  const { plan, prompt } = analysis;
  const checkpoint = plan.checkpoints.find(({ marker }) => touches(marker.span, offset));
  if (checkpoint !== undefined) {
    const [title = '', ...lines] = deps.engine().checkpointHover(checkpoint, plan, analysis.input.traffic, deps.formats);
    return toHover(title, lines, toRange(document, checkpoint.marker.span));
  }
  for (const { block } of plan.blocks) {
    if (!touches(block.span, offset)) continue;
    const variable = segmentsOf(block).find((segment) => segment.kind === 'variable' && touches(shownSpan(segment), offset));
    if (variable?.kind === 'variable') {
      const [title = '', ...lines] = deps.engine().variableHover(variable.name, prompt.header.variables);
      return toHover(title, lines, toRange(document, shownSpan(variable)));
    }
  }
  const index = plan.blocks.findIndex(({ block }) => touches(block.span, offset));
  if (index === -1) return undefined;
  const [title = '', ...lines] = deps.engine().blockHover(index, plan, deps.formats);
  // The range is the place under the cursor only: a whole block would light up as one.
  return toHover(
    title,
    lines,
    document.getWordRangeAtPosition(toRange(document, span(offset, offset)).start) ?? toRange(document, span(offset, offset)),
  );
};

/** Facts at markers, variables and blocks: the same that the colors show. */
export const registerHover = (deps: FeatureDeps): vscode.Disposable =>
  vscode.languages.registerHoverProvider(promptSelector, {
    provideHover: (document, position) =>
      guarded(
        deps.log,
        'Hover',
        () => {
          const offset = offsetOf(document, position);
          const analysis = deps.store.get(document)?.at(offset);
          return analysis && hoverAt(document, offset, analysis, deps);
        },
        undefined,
      ),
  });
