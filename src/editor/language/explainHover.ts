import * as vscode from 'vscode';
import { languageText } from '../../core/messages/editor/language';
import { touches } from '../../core/text/span';
import { offsetOf, rangeOf } from '../documents/convert';
import { promptSelector } from '../documents/promptSelector';
import type { FeatureDeps } from '../feature';
import { guarded } from '../workspace/log';

const linkTo = (code: string): string =>
  `[${languageText.explain(code)}](command:cachepoint.explainRule?${encodeURIComponent(JSON.stringify([code]))})`;

/** Links to the rendered pages of the rules whose problems stand at a place. The code of a problem itself opens its page as text. */
export const registerExplainHover = (deps: FeatureDeps): vscode.Disposable => {
  const provide = (document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined => {
    const offset = offsetOf(document, position);
    const here = deps.store.get(document)?.problems.filter(({ span }) => touches(span, offset)) ?? [];
    const [first] = here;
    if (first === undefined || !deps.settings.read(document.uri).problems) return undefined;
    const content = new vscode.MarkdownString([...new Set(here.map(({ code }) => linkTo(code)))].join(' · '));
    content.isTrusted = { enabledCommands: ['cachepoint.explainRule'] };
    return new vscode.Hover(content, rangeOf(document, first.span));
  };
  return vscode.languages.registerHoverProvider(promptSelector, {
    provideHover: (document, position) => guarded(deps.log, 'Explanation', () => provide(document, position), undefined),
  });
};
