import * as vscode from 'vscode';
import { documentHighlights, highlightStyles, type HighlightStyle } from '../../core/cache/highlights';
import type { DocumentAnalysis, PromptAnalysis } from '../../core/analysis';
import type { CachePlan, Checkpoint } from '../../core/cache/plan';
import { span, type Span } from '../../core/text/span';
import { rangeOf } from '../documents/convert';
import { debounce } from '../debounce';
import type { FeatureDeps } from '../feature';
import type { IncludedFiles } from './includedFiles';
import { createTyping } from './typing';
import { guarded } from '../workspace/log';

type Painted = Exclude<HighlightStyle, 'tail'>;

const createTint = (style: Painted): vscode.TextEditorDecorationType => {
  const name = style === 'varyingBlock' ? 'varying' : style;
  const border = new vscode.ThemeColor(`cachepoint.${name}Border`);
  const base: vscode.DecorationRenderOptions = {
    backgroundColor: new vscode.ThemeColor(`cachepoint.${name}Background`),
    overviewRulerColor: border,
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  };
  // What varies is part of a line; blocks are whole lines with a bar at the left, which high contrast shows too.
  return vscode.window.createTextEditorDecorationType(
    style === 'varying'
      ? { ...base, border: '0 0 1px 0; border-style: none none dotted none', borderColor: border, borderRadius: '2px' }
      : { ...base, isWholeLine: true, borderColor: border, borderStyle: 'solid', borderWidth: '0 0 0 2px' },
  );
};

const gutterName = ({ verdict, reuse, number, isOpen }: Checkpoint): string =>
  (isOpen === true || (verdict.kind === 'caches' && verdict.sure)) && reuse.kind !== 'never' ? String(Math.min(4, number)) : 'warning';

const createGutters = (extension: vscode.Uri): ReadonlyMap<string, vscode.TextEditorDecorationType> =>
  new Map(
    ['1', '2', '3', '4', 'warning'].map((name) => [
      name,
      vscode.window.createTextEditorDecorationType({
        dark: { gutterIconPath: vscode.Uri.joinPath(extension, 'media', `gutter-${name}-dark.svg`) },
        light: { gutterIconPath: vscode.Uri.joinPath(extension, 'media', `gutter-${name}-light.svg`) },
        gutterIconSize: 'contain',
      }),
    ]),
  );

/** A sign stands once, where its marker begins: a marker in JSON can be several lines long. */
const signPlace = (document: vscode.TextDocument, { start }: Span): vscode.Range | undefined => rangeOf(document, span(start, start));

/** Ranges of this document: of a notebook's, other cells have the others. */
const present = <T>(all: readonly (T | undefined)[]): T[] => all.filter((one) => one !== undefined);

/** The cache map: tints, gutter signs and figures at the markers of every visible prompt. */
export const registerDecorations = (deps: FeatureDeps, extension: vscode.Uri, included: IncludedFiles): vscode.Disposable => {
  const painted = highlightStyles.filter((style): style is Painted => style !== 'tail');
  const tints = new Map(painted.map((style) => [style, createTint(style)]));
  const gutters = createGutters(extension);
  const figures = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('cachepoint.inlineForeground'), fontStyle: 'italic' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
  });

  const typing = createTyping(() => updating.soon(0));
  /** Is a name half typed? It is taken for a variable that nobody declared, and would turn all that it stands before red for a moment. */
  const isHalfTyped = (document: vscode.TextDocument, { text, problems }: DocumentAnalysis): boolean => {
    const undeclared = problems.filter(({ code }) => code === 'request/undefined-variable');
    return typing.told(document, text, undeclared).length < undeclared.length;
  };

  const paint = (editor: vscode.TextEditor, prompts: readonly PromptAnalysis[]): void => {
    const { document } = editor;
    if (!deps.store.isComplete(document)) return;
    const settings = deps.settings.read(document.uri);
    const style = included.styleOf(document);
    // The text of a file that a prompt includes is tinted as the prompt around it.
    const brought = style === undefined ? [] : [{ style, span: span(0, document.getText().length) }];
    const highlights = settings.cacheMap ? [...documentHighlights(prompts.map(({ plan }) => plan)), ...brought] : [];
    for (const [style, type] of tints)
      editor.setDecorations(
        type,
        present(highlights.filter((highlight) => highlight.style === style).map(({ span: at }) => rangeOf(document, at))),
      );
    const checkpoints = prompts.flatMap(({ plan }) => plan.checkpoints);
    for (const [name, type] of gutters)
      editor.setDecorations(
        type,
        settings.cacheMap
          ? present(checkpoints.filter((point) => gutterName(point) === name).map(({ marker }) => signPlace(document, marker.span)))
          : [],
      );
    editor.setDecorations(
      figures,
      settings.inlineFigures
        ? present(prompts.flatMap(({ plan }) => plan.checkpoints.map((point) => figureOf(document, point, plan))))
        : [],
    );
  };
  const figureOf = (document: vscode.TextDocument, point: Checkpoint, plan: CachePlan): vscode.DecorationOptions | undefined => {
    const range = rangeOf(document, point.marker.span);
    if (range === undefined) return undefined;
    return {
      range: range.with(range.end),
      renderOptions: { after: { contentText: deps.engine().inlineFigure(point, plan, deps.formats) } },
    };
  };
  const update = (editor: vscode.TextEditor): void =>
    guarded(
      deps.log,
      'Cache map',
      () => {
        const analysis = deps.store.get(editor.document);
        // What is painted moves with the text until then.
        if (analysis === undefined || !isHalfTyped(editor.document, analysis)) paint(editor, analysis?.prompts ?? []);
      },
      undefined,
    );
  const updateAll = (): void => {
    for (const editor of vscode.window.visibleTextEditors) update(editor);
  };
  const updating = debounce(updateAll);
  // The analysis is not part of activation: it begins a moment later.
  updating.soon(0);
  return vscode.Disposable.from(
    ...tints.values(),
    ...gutters.values(),
    figures,
    deps.store.onDidChange(() => updating.soon()),
    included.onDidChange(() => updating.soon()),
    deps.settings.onDidChange(updateAll),
    vscode.window.onDidChangeVisibleTextEditors(updateAll),
    vscode.workspace.onDidCloseTextDocument((document) => typing.forget(document)),
    typing,
    updating,
  );
};
