import * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import { onlyPrompt } from '../../core/prompt/model';
import type { WireCall } from '../../core/request/types';
import type { AnalysisStore } from '../documents/analysisStore';
import type { EnginePort } from '../ports';
import { requestScheme } from '../documents/promptDocuments';
import type { PromptRef } from '../promptRef';
import type { SettingsReader } from '../workspace/settings';
import { tagOf } from './tag';

/** Shows the request of a prompt as a read-only JSON document that follows the prompt while it changes. */
export class RequestPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #engine: EnginePort;
  readonly #settings: SettingsReader;
  readonly #store: AnalysisStore;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #owned: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(engine: EnginePort, store: AnalysisStore, settings: SettingsReader) {
    this.#settings = settings;
    this.#engine = engine;
    this.#store = store;
    this.#owned = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(requestScheme, this),
      store.onDidChange(({ uri }) => this.#tell(uri)),
      this.#changed,
    );
  }

  provideTextDocumentContent(preview: vscode.Uri): string {
    const analysis = this.#store.of(refOf(preview));
    if (analysis === undefined) return '// The prompt is not open any more.\n';
    const { callHeaders, callText } = this.#engine();
    const call = this.#callOf(analysis, tagOf(refOf(preview), this.#settings.read()));
    const headers = Object.entries(callHeaders(call)).map(([name, value]) => `// ${name}: ${value}\n`);
    return `${headers.join('')}${callText(call)}\n`;
  }

  #callOf(analysis: PromptAnalysis, tag: string | undefined): WireCall {
    const { prompt, plan } = analysis;
    const { declaredValues, planRequest, wireCall, withTags } = this.#engine();
    const call = wireCall(prompt, declaredValues(prompt.header.variables, true), plan.modelId, plan.door);
    return tag === undefined ? call : withTags(call, { prompt: tag, ...planRequest(analysis, {}) });
  }

  async show(ref: PromptRef): Promise<void> {
    await this.#store.settled(ref);
    const uri = previewUri(ref);
    this.#changed.fire(uri);
    const preview = await vscode.workspace.openTextDocument(uri);
    // What goes into headers stands in comments.
    await vscode.languages.setTextDocumentLanguage(preview, 'jsonc');
    await vscode.window.showTextDocument(preview, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }

  /** A document changed: so did the request of each of its prompts. */
  #tell(document: vscode.Uri): void {
    for (const { uri } of vscode.workspace.textDocuments)
      if (uri.scheme === requestScheme && uri.query === document.toString()) this.#changed.fire(uri);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

const refOf = ({ query, fragment }: vscode.Uri): PromptRef => ({ uri: vscode.Uri.parse(query), id: fragment || onlyPrompt });

const previewUri = ({ uri, id }: PromptRef): vscode.Uri =>
  vscode.Uri.from({
    scheme: requestScheme,
    path: `${uri.path}.request.json`,
    query: uri.toString(),
    fragment: id === onlyPrompt ? '' : id,
  });
