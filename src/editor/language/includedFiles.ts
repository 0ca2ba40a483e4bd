import * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import { inclusionsOf, type ForeignPlace, type Inclusion } from '../../core/editing/included';
import type { HighlightStyle } from '../../core/cache/highlights';
import { referencePath } from '../../core/prompt/reference';
import { lineIndex } from '../../core/text/lines';
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
  readonly analysis: PromptAnalysis;
}

/** A prompt that brings a file in, and what is known of it. */
export type IncludingPrompt = Pick<Including, 'uri' | 'name' | 'analysis'>;

/** How prompt files that are looked through are read. */
export const includingLanguage = 'bedrock-prompt';

/** What is known of files that prompts include. */
export interface IncludedFiles extends vscode.Disposable {
  /** How the prompts that include a document tint its text; `undefined` where none does. */
  styleOf(document: vscode.TextDocument): HighlightStyle | undefined;
  /** The prompts that include a document. */
  promptsOf(document: vscode.TextDocument): readonly IncludingPrompt[];
  /** Prompts that are not open and include a document that is in sight. */
  closed(): readonly IncludingPrompt[];
  readonly onDidChange: vscode.Event<void>;
}

const textAt = async (uri: vscode.Uri): Promise<string> => {
  const open = findDocument(uri);
  return open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
};

/** A file by the path that a document names it with. */
export const fileOf = (document: vscode.Uri, path: string): vscode.Uri => document.with({ path: referencePath(document.path, path) });

/** A place in a text that need not be open. */
export const foreignRange = ({ text, span }: Pick<ForeignPlace, 'text' | 'span'>): vscode.Range => {
  const lines = lineIndex(text);
  const position = (offset: number): vscode.Position => {
    const { line, column } = lines.positionOf(offset);
    return new vscode.Position(line - 1, column - 1);
  };
  return new vscode.Range(position(span.start), position(span.end));
};

/** What a prompt is called where it is one of several. */
export const promptName = ({ path }: vscode.Uri, { prompt }: PromptAnalysis): string =>
  prompt.header.name ?? baseName(path).replace(/\.bedrock\.md$/, '');

/** Where a prompt file brings a document in. */
const includingIn = async (
  document: vscode.TextDocument,
  uri: vscode.Uri,
  text: string,
  { store }: FeatureDeps,
): Promise<readonly Including[]> => {
  const [analysis] = (await store.readSettled({ uri, languageId: includingLanguage }, includingLanguage, text)).prompts;
  if (analysis === undefined) return [];
  const isMeant = (path: string): boolean => referencePath(uri.path, path) === document.uri.path;
  return inclusionsOf(analysis.prompt, analysis.plan, isMeant).map((inclusion) => ({
    ...inclusion,
    uri,
    name: promptName(uri, analysis),
    range: foreignRange({ text, span: inclusion.at }),
    analysis,
  }));
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
  for (const { uri, text } of candidates) found.push(...(await includingIn(document, uri, text, deps)));
  return found;
};

/** Each prompt once: it may bring a file in at several places. */
const eachOnce = (found: readonly Including[]): readonly Including[] =>
  found.filter(({ uri }, at) => found.findIndex((one) => one.uri.toString() === uri.toString()) === at);

/** Says above a file which prompts include it, and how its text is cached there. */
export const registerIncludedFiles = (deps: FeatureDeps): IncludedFiles => {
  const owned = new DisposableStore();
  const changed = owned.add(new vscode.EventEmitter<void>());
  const known = new WeakMap<vscode.TextDocument, readonly Including[]>();

  // The text of a prompt may be a part of other prompts.
  const isText = (document: vscode.TextDocument): boolean => deps.documents.formatOf(document) === 'plain-text';
  const mayBeIncluded = (document: vscode.TextDocument): boolean =>
    document.uri.scheme === 'file' &&
    (isText(document) || !deps.store.holdsPrompt(document)) &&
    vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
  const inSight = (): readonly vscode.TextDocument[] => [...new Set(vscode.window.visibleTextEditors.map(({ document }) => document))];
  const search = async (): Promise<void> => {
    for (const document of inSight()) if (mayBeIncluded(document)) known.set(document, await findIncluding(document, deps));
    changed.fire();
  };
  /** Reads again only those that are known to bring a document in: after a change of its text they are the same. */
  const readAgain = async (document: vscode.TextDocument): Promise<void> => {
    const found: Including[] = [];
    for (const { uri } of eachOnce(known.get(document) ?? [])) found.push(...(await includingIn(document, uri, await textAt(uri), deps)));
    known.set(document, found);
    changed.fire();
  };
  const typed = new Set<vscode.TextDocument>();
  const following = owned.add(
    debounce(() => {
      for (const document of typed) void attempt(deps.log, 'Reading prompts that include a file', () => readAgain(document));
      typed.clear();
    }),
  );
  const searching = owned.add(debounce(() => void attempt(deps.log, 'Looking for prompts that include a file', search)));

  const lensOf = (document: vscode.TextDocument): vscode.CodeLens[] => {
    const prompts = known.get(document) ?? [];
    const [first] = prompts;
    if (first === undefined || !deps.settings.read(document.uri).codeLens) return [];
    const engine = deps.engine();
    const tokens = engine.tokensOfText(document.getText(), first.analysis.plan.model);
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
  owned.add(
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if ((known.get(document) ?? []).length === 0) return;
      typed.add(document);
      following.soon();
    }),
  );
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
    // Where it is a prompt of its own, that says how it is tinted.
    styleOf: (document) => (isText(document) ? undefined : known.get(document)?.[0]?.style),
    promptsOf: (document) => eachOnce(known.get(document) ?? []),
    closed: () => eachOnce(inSight().flatMap((document) => known.get(document) ?? [])).filter(({ uri }) => findDocument(uri) === undefined),
    onDidChange: changed.event,
    dispose: () => owned.dispose(),
  };
};
