import * as vscode from 'vscode';
import { gestureText } from '../../core/messages/editor/gestures';
import { headingTokens } from '../../core/editing/headingTokens';
import { onlyPrompt } from '../../core/prompt/model';
import { span } from '../../core/text/span';
import type { FeatureDeps } from '../feature';

/** "≈ 310 tok" after each role line and heading in this range, where the setting wants it. The files that the prompt includes are waited for. */
export const headingHintsOf = async (
  document: vscode.TextDocument,
  range: vscode.Range,
  deps: FeatureDeps,
): Promise<vscode.InlayHint[]> => {
  const analysis = await deps.store.settled({ uri: document.uri, id: onlyPrompt });
  if (analysis === undefined || analysis.text !== document.getText()) return []; // it is asked for again
  const { bodyStart, partsOf, tokensOfText } = deps.engine();
  const { sections } = partsOf(analysis.text, bodyStart(analysis.text, analysis.prompt.header.span));
  const seen = span(document.offsetAt(range.start), document.offsetAt(range.end));
  return headingTokens(analysis, sections, seen, (text) => tokensOfText(text, analysis.plan.model)).map(({ at, tokens }) => {
    const hint = new vscode.InlayHint(document.positionAt(at), gestureText.headingTokens(deps.formats.tokens(Math.round(tokens))));
    hint.paddingLeft = true;
    hint.tooltip = gestureText.headingTokensHint;
    return hint;
  });
};
