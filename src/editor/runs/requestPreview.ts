import * as vscode from 'vscode';
import { draftRequest, requestText } from '../../core/request/build';
import type { AnalysisStore } from '../documents/analysisStore';
import { requestScheme } from '../documents/promptDocuments';

/** Shows the Converse request of a prompt as a read-only JSON document that follows the prompt while it changes. */
export class RequestPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #store: AnalysisStore;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #owned: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(store: AnalysisStore) {
    this.#store = store;
    this.#owned = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(requestScheme, this),
      store.onDidChange((document) => this.#changed.fire(previewUri(document.uri))),
      this.#changed,
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const source = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.query);
    const analysis = source && this.#store.get(source);
    if (analysis === undefined) return '// The prompt is not open any more.\n';
    return `${requestText(draftRequest(analysis.prompt))}\n`;
  }

  async show(document: vscode.TextDocument): Promise<void> {
    await this.#store.settled(document);
    const uri = previewUri(document.uri);
    this.#changed.fire(uri);
    const preview = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(preview, 'json');
    await vscode.window.showTextDocument(preview, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

const previewUri = (prompt: vscode.Uri): vscode.Uri =>
  vscode.Uri.from({ scheme: requestScheme, path: `${prompt.path}.request.json`, query: prompt.toString() });
