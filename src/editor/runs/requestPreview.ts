import * as vscode from 'vscode';
import { commandText } from '../../core/messages/editor/commands';
import type { PromptAnalysis } from '../../core/analysis';
import { onlyPrompt } from '../../core/prompt/model';
import type { WireCall } from '../../core/request/types';
import type { AssistPort } from '../assistPort';
import type { Analyses } from '../feature';
import type { EnginePort } from '../ports';
import { requestScheme } from '../documents/documentFormat';
import type { PromptRef } from '../promptRef';
import type { SettingsReader } from '../workspace/settings';
import type { PreviewChoice } from './choosePreview';
import { tagOf } from './tag';

/** Shows the request of a prompt as a read-only document that follows the prompt while it changes. */
export class RequestPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #assist: AssistPort;
  readonly #engine: EnginePort;
  readonly #settings: SettingsReader;
  readonly #store: Analyses;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #owned: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(engine: EnginePort, store: Analyses, settings: SettingsReader, assist: AssistPort) {
    this.#assist = assist;
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
    if (analysis === undefined) return `// ${commandText.notOpen}\n`;
    const { callHeaders, callText } = this.#engine();
    const { sample, form } = choiceOf(preview);
    const call = this.#callOf(analysis, sample, tagOf(refOf(preview), this.#settings.read()));
    if (form === 'text') return `${this.#assist().readableCall(call)}\n`;
    const headers = Object.entries(callHeaders(call)).map(([name, value]) => `// ${name}: ${value}\n`);
    return `${headers.join('')}${callText(call)}\n`;
  }

  #callOf(analysis: PromptAnalysis, sample: number | undefined, tag: string | undefined): WireCall {
    const { prompt, plan } = analysis;
    const { declaredValues, planRequest, runValues, wireCall, withTags } = this.#engine();
    const { variables, samples } = prompt.header;
    // A row that is gone since shows what there is without it.
    const row = sample === undefined ? undefined : samples[sample]?.value;
    const examples = declaredValues(variables, true);
    const given = row && runValues(variables, row);
    const call = wireCall(prompt, (name) => given?.(name) ?? examples(name), plan.modelId, plan.door);
    return tag === undefined ? call : withTags(call, { prompt: tag, ...planRequest(analysis, row ?? {}) });
  }

  /** Beside the prompt, which keeps the focus. */
  async show(ref: PromptRef, choice: PreviewChoice = { form: 'json' }): Promise<void> {
    await this.#store.settled(ref);
    const uri = previewUri(ref, choice);
    this.#changed.fire(uri);
    const preview = await vscode.workspace.openTextDocument(uri);
    // What goes into headers stands in comments.
    await vscode.languages.setTextDocumentLanguage(preview, choice.form === 'json' ? 'jsonc' : 'plaintext');
    await vscode.window.showTextDocument(preview, { viewColumn: vscode.ViewColumn.Beside, preview: true, preserveFocus: true });
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

/** The name of a preview says what it shows: `desk.bedrock.md.sample-2.request.txt`. */
const choiceOf = ({ path }: vscode.Uri): PreviewChoice => {
  const [, sample, ending] = /(?:\.sample-(\d+))?\.request\.(json|txt)$/.exec(path) ?? [];
  return { sample: sample === undefined ? undefined : Number(sample) - 1, form: ending === 'txt' ? 'text' : 'json' };
};

const previewUri = ({ uri, id }: PromptRef, { sample, form }: PreviewChoice): vscode.Uri =>
  vscode.Uri.from({
    scheme: requestScheme,
    path: `${uri.path}${sample === undefined ? '' : `.sample-${sample + 1}`}.request.${form === 'json' ? 'json' : 'txt'}`,
    query: uri.toString(),
    fragment: id === onlyPrompt ? '' : id,
  });
