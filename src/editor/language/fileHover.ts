import * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import { gestureText } from '../../core/messages/editor/gestures';
import { segmentsOf } from '../../core/prompt/model';
import { touches } from '../../core/text/span';
import { visible, visibleLine } from '../../core/text/visible';
import { offsetOf, rangeOf } from '../documents/convert';
import { cellScheme } from '../documents/wholes';
import type { AssistDeps } from '../feature';
import { fileOf } from './includedFiles';

/** More prompts with the same text are not told of. */
const mostTold = 3;

/** Which block of a prompt has its text from a file. */
const blockFrom = ({ plan, prompt }: PromptAnalysis, path: string): number =>
  plan.blocks.findIndex(({ block }) =>
    segmentsOf(block).some((segment) => segment.kind === 'text' && prompt.sources[segment.at.source]?.path === path),
  );

/** Beside a cell means beside its notebook. */
const targetOf = (uri: vscode.Uri, path: string): vscode.Uri =>
  fileOf(uri.scheme === cellScheme ? uri.with({ scheme: 'file', fragment: '' }) : uri, path);

/** Where code reads the text of a file: a link to the file, and what that text costs in each prompt that is made with it. */
export const fileHoverAt = (document: vscode.TextDocument, position: vscode.Position, deps: AssistDeps): vscode.Hover | undefined => {
  const analysis = deps.store.get(document);
  const offset = offsetOf(document, position);
  const file = analysis?.files.find((one) => one.span.end > one.span.start && touches(one.span, offset));
  if (analysis === undefined || file === undefined) return undefined;
  const content = new vscode.MarkdownString();
  content.appendMarkdown('[');
  content.appendText(visibleLine(gestureText.open(file.value)));
  content.appendMarkdown(`](${targetOf(document.uri, file.value).toString()})\n\n`);
  const uses = analysis.prompts.flatMap((prompt) => {
    const index = blockFrom(prompt, file.value);
    return index === -1 ? [] : [{ prompt, index }];
  });
  for (const { prompt, index } of uses.slice(0, mostTold)) {
    content.appendMarkdown('**');
    content.appendText(visible(gestureText.partOf(prompt.title)));
    content.appendMarkdown('**\n\n');
    for (const line of deps.engine().blockHover(index, prompt.plan, deps.formats)) {
      content.appendText(visible(line));
      content.appendMarkdown('\n\n');
    }
  }
  if (uses.length === 0) content.appendText(gestureText.inNoPrompt);
  return new vscode.Hover(content, rangeOf(document, file.span));
};
