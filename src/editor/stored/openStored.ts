import * as vscode from 'vscode';
import { storedDialogs } from '../../core/messages/editor/stored';
import { openedAsJson } from '../../core/messages/storedPrompts';
import { noFiles } from '../../core/prompt/files';
import { onlyPrompt } from '../../core/prompt/model';
import type { StoredPrompt } from '../../core/runs/storedPrompts';
import { messageText } from '../../core/text/visible';
import { conversions } from '../convert/conversions';
import { frontFolder } from '../workspace/workspaceFolder';
import type { StoredDeps } from './ask';
import { keepLink } from './links';
import { getStored, pickStored, pickVariant, pickVersion } from './pick';

interface LocalForm {
  readonly text: string;
  readonly fileName: string;
  readonly notes: readonly string[];
}

/** Its own text, as JSON that CreatePrompt takes. */
const asJson = ({ prompt, name }: StoredPrompt, notes: readonly string[]): LocalForm => ({
  text: `${JSON.stringify(prompt, undefined, 2)}\n`,
  fileName: `${name}.prompt.json`,
  notes,
});

/** A variant as a prompt file; where it cannot be one, the whole prompt as JSON. */
export const localForm = (stored: StoredPrompt, variant: string, { engine, settings }: StoredDeps): LocalForm => {
  const json = asJson(stored, []);
  const document = { name: json.fileName, text: json.text, files: noFiles, settings: settings.read() };
  const none = () => ({ prompts: [], problems: [], files: [] }); // no code is read here
  const found = engine()
    .analyzeFile(document, 'json', none, {})
    .prompts.find(({ title }) => title === variant);
  if (found === undefined) return json;
  const { prompt, plan } = found;
  const name = stored.name;
  const result = conversions().convertPrompt(prompt, 'bedrock-prompt', { modelId: plan.modelId, model: plan.model, name });
  return result.kind === 'refused' ? asJson(stored, [openedAsJson(result.reason)]) : result;
};

/** Opens a stored prompt as a file of this machine, and remembers where it came from. */
export const openStoredPrompt = async (deps: StoredDeps): Promise<void> => {
  const summary = (await pickStored(storedDialogs.openTitle, undefined, deps))?.summary;
  const version = summary && (await pickVersion(summary, deps));
  const stored = version && (await getStored(summary.id, version, deps));
  if (!stored) return;
  const variant = await pickVariant(stored);
  if (variant === undefined) return;
  const { text, fileName, notes } = localForm(stored, variant, deps);
  const folder = frontFolder() ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: storedDialogs.placeTitle,
    saveLabel: storedDialogs.openButton,
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, fileName) }),
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const link = { id: stored.id, name: stored.name, variant, updatedAt: stored.version === 'DRAFT' ? stored.updatedAt : 0 };
  await keepLink({ uri: target, id: onlyPrompt }, link, deps);
  await vscode.window.showTextDocument(target);
  if (notes.length > 0) void vscode.window.showInformationMessage(messageText(notes.join(' ')));
};
