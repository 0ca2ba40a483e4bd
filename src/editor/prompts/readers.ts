import * as vscode from 'vscode';
import { readBy } from '../../core/messages/promptsView';
import { labelText } from '../../core/text/visible';
import { baseName } from '../../core/text/path';
import type { FeatureDeps } from '../feature';
import { guarded } from '../workspace/log';
import type { IndexClient } from './indexClient';
import { readersOf } from './nodes';

type Deps = Pick<FeatureDeps, 'documents' | 'settings' | 'log'>;

const languages: vscode.DocumentSelector = [{ language: 'markdown' }, { language: 'plaintext' }, { language: 'instructions' }];

/** Above a text of a prompt the code that reads it, which the index knows; a click leads there. */
export const registerReaders = ({ documents, settings, log }: Deps, client: IndexClient): vscode.Disposable => {
  const changed = new vscode.EventEmitter<void>();
  const lenses = (document: vscode.TextDocument): vscode.CodeLens[] => {
    if (documents.formatOf(document) !== 'plain-text' || document.uri.scheme !== 'file') return [];
    if (!settings.read(document.uri).codeLens) return [];
    client.ensure();
    const readers = readersOf(client.index, document.uri.with({}).fsPath.replaceAll('\\', '/'));
    const [first] = readers;
    if (first === undefined) return [];
    const places = readers.map(
      ({ path, at }) => new vscode.Location(vscode.Uri.file(path), new vscode.Position(at.start.line - 1, at.start.column - 1)),
    );
    const title = labelText(readBy(readers.map((row) => ({ title: row.title, file: baseName(row.path) }))));
    const start = new vscode.Position(0, 0);
    const command = { title, command: 'editor.action.peekLocations', arguments: [document.uri, start, places, 'peek'] };
    return [new vscode.CodeLens(new vscode.Range(start, start), command)];
  };
  return vscode.Disposable.from(
    changed,
    client.onDidChange(() => {
      if (client.state.kind !== 'searching') changed.fire();
    }),
    vscode.languages.registerCodeLensProvider(languages, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => guarded(log, 'Readers', () => lenses(document), []),
    }),
  );
};
