import * as vscode from 'vscode';
import { inclusionsOf, type Inclusion } from '../../core/editing/included';
import type { HighlightStyle } from '../../core/cache/highlights';
import type { ModelEntry } from '../../core/models/types';
import { referencePath } from '../../core/prompt/reference';
import { baseName } from '../../core/text/path';
import { labelText } from '../../core/text/visible';
import { debounce } from '../debounce';
import { DisposableStore } from '../dispose';
import { findDocument } from '../documents/openDocuments';
import type { FeatureDeps } from '../feature';
import { attempt } from '../commands';

/** More prompt files are not looked through for what they include. */
const most = { files: 200, analyzed: 50 };

/** Changes of prompts are followed after a pause: what they include seldom changes. */
const pauseMs = 1_500;

/** A prompt that brings a file in. */
interface Including extends Inclusion {
  readonly uri: vscode.Uri;
  readonly name: string;
  readonly range: vscode.Range;
  readonly model: ModelEntry | undefined;
}

/** What is known of files that prompts include. */
export interface IncludedFiles extends vscode.Disposable {
  /** How the prompts that include a document tint its text; `undefined` where none does. */
  styleOf(document: vscode.TextDocument): HighlightStyle | undefined;
  readonly onDidChange: vscode.Event<void>;
}

const textAt = async (uri: vscode.Uri): Promise<string> => {
  const open = findDocument(uri);
  return open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
};

const rangeIn = (text: string, { at }: Inclusion): vscode.Range => {
  const position = (offset: number): vscode.Position => {
    const before = text.slice(0, offset).split('\n');
    return new vscode.Position(before.length - 1, before.at(-1)?.length ?? 0);
  };
  return new vscode.Range(position(at.start), position(at.end));
};

/** The prompts of the document's folder that bring it in, those that name it first. */
const findIncluding = async (document: vscode.TextDocument, deps: FeatureDeps): Promise<readonly Including[]> => {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  if (folder === undefined || !vscode.workspace.isTrusted) return [];
  const pattern = new vscode.RelativePattern(folder, '**/*.bedrock.md');
  const uris = await vscode.workspace.findFiles(pattern, '**/node_modules/**', most.files);
  const texts = await Promise.all(uris.map(async (uri) => ({ uri, text: await textAt(uri) })));
  const own = baseName(document.uri.path);
  const candidates = texts
    .filter(({ text }) => text.includes('{{>') || text.includes('toolConfig:') || text.includes('file:'))
    .sort((a, b) => Number(b.text.includes(own)) - Number(a.text.includes(own)))
    .slice(0, most.analyzed);
  const found: Including[] = [];
  for (const { uri, text } of candidates) {
    const [analysis] = (await deps.store.readSettled({ uri, languageId: 'bedrock-prompt' }, 'bedrock-prompt', text)).prompts;
    if (analysis === undefined) continue;
    const { prompt, plan } = analysis;
    const isMeant = (path: string): boolean => referencePath(uri.path, path) === document.uri.path;
    for (const inclusion of inclusionsOf(prompt, plan, isMeant))
      found.push({
        ...inclusion,
        uri,
        name: prompt.header.name ?? baseName(uri.path).replace(/\.bedrock\.md$/, ''),
        range: rangeIn(text, inclusion),
        model: plan.model,
      });
  }
  return found;
};

/** Says above a file which prompts include it, and how its text is cached there. */
export const registerIncludedFiles = (deps: FeatureDeps): IncludedFiles => {
  const owned = new DisposableStore();
  const changed = owned.add(new vscode.EventEmitter<void>());
  const known = new WeakMap<vscode.TextDocument, readonly Including[]>();

  const mayBeIncluded = (document: vscode.TextDocument): boolean =>
    document.uri.scheme === 'file' && !deps.store.holdsPrompt(document) && vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
  const search = async (): Promise<void> => {
    for (const { document } of vscode.window.visibleTextEditors)
      if (mayBeIncluded(document)) known.set(document, await findIncluding(document, deps));
    changed.fire();
  };
  const searching = owned.add(debounce(() => void attempt(deps.log, 'Looking for prompts that include a file', search)));

  const lensOf = (document: vscode.TextDocument): vscode.CodeLens[] => {
    const prompts = known.get(document) ?? [];
    const [first] = prompts;
    if (first === undefined || !deps.settings.read(document.uri).codeLens) return [];
    const engine = deps.engine();
    const tokens = engine.tokensOfText(document.getText(), first.model);
    const named = prompts.map(({ name, point }) => ({ name, isCached: point !== undefined }));
    const start = new vscode.Position(0, 0);
    const places = prompts.map(({ uri, range }) => new vscode.Location(uri, range));
    return [
      new vscode.CodeLens(new vscode.Range(start, start), {
        title: labelText(engine.includedTitle(named, tokens, deps.formats)),
        command: 'editor.action.showReferences',
        arguments: [document.uri, start, places],
      }),
    ];
  };

  owned.add(vscode.window.onDidChangeVisibleTextEditors(() => searching.soon()));
  owned.add(deps.store.onDidChange(() => searching.soon(pauseMs)));
  owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => searching.soon()));
  owned.add(
    vscode.languages.registerCodeLensProvider(
      { scheme: 'file' },
      { onDidChangeCodeLenses: changed.event, provideCodeLenses: (document) => lensOf(document) },
    ),
  );
  searching.soon(0);
  return {
    styleOf: (document) => known.get(document)?.[0]?.style,
    onDidChange: changed.event,
    dispose: () => owned.dispose(),
  };
};
