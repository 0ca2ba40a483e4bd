import * as vscode from 'vscode';
import { onlyPrompt } from '../../core/prompt/model';
import type { AnalysisStore } from '../documents/analysisStore';
import type { EnginePort } from '../ports';
import { requestScheme } from '../documents/promptDocuments';
import type { PromptRef } from '../promptRef';

/** Shows the request of a prompt as a read-only JSON document that follows the prompt while it changes. */
export class RequestPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #engine: EnginePort;
  readonly #store: AnalysisStore;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #owned: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(engine: EnginePort, store: AnalysisStore) {
    this.#engine = engine;
    this.#store = store;
    this.#owned = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(requestScheme, this),
      store.onDidChange(({ uri }) => this.#tell(uri)),
      this.#changed,
    );
  }

  provideTextDocumentContent(preview: vscode.Uri): string {
    const analysis = this.#store.of({ uri: vscode.Uri.parse(preview.query), id: preview.fragment || onlyPrompt });
    if (analysis === undefined) return '// The prompt is not open any more.\n';
    const { prompt, plan } = analysis;
    const { callText, declaredValues, wireCall } = this.#engine();
    return `${callText(wireCall(prompt, declaredValues(prompt.header.variables, true), plan.modelId, plan.door))}\n`;
  }

  async show(ref: PromptRef): Promise<void> {
    await this.#store.settled(ref);
    const uri = previewUri(ref);
    this.#changed.fire(uri);
    const preview = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(preview, 'json');
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

const previewUri = ({ uri, id }: PromptRef): vscode.Uri =>
  vscode.Uri.from({
    scheme: requestScheme,
    path: `${uri.path}.request.json`,
    query: uri.toString(),
    fragment: id === onlyPrompt ? '' : id,
  });
