import type * as vscode from 'vscode';
import { codePath } from '../../core/formats/codeText';

/** What is read as one: a document, or the cells of Python of a notebook, whose names count in the cells after them. */
export interface Whole {
  /** Of the file. */
  readonly uri: vscode.Uri;
  /** In the order of the text. */
  readonly documents: readonly vscode.TextDocument[];
}

/** The scheme of documents that are cells. VS Code gives each an address with its notebook's path. */
export const cellScheme = 'vscode-notebook-cell';

/** As `vscode.NotebookCellKind.Code`. */
const codeKind: vscode.NotebookCellKind.Code = 2;

/** What a document is read with, of these notebooks. A cell is there a moment before its notebook, and is then read alone. */
export const wholeIn = (notebooks: readonly vscode.NotebookDocument[], document: vscode.TextDocument): Whole => {
  const { uri, languageId } = document;
  if (uri.scheme === cellScheme && languageId === 'python')
    for (const notebook of notebooks) {
      const cells = notebook.getCells().filter((cell) => cell.kind === codeKind && cell.document.languageId === languageId);
      const documents = cells.map((cell) => cell.document);
      if (documents.includes(document)) return { uri: notebook.uri, documents };
    }
  return { uri, documents: [document] };
};

/** Another one whenever a text, or the order of the cells, is another. */
export const versionOf = ({ documents }: Whole): string => documents.map(({ uri, version }) => `${uri.fragment}@${version}`).join(' ');

/** The path of a document of code, with an ending that tells its language. */
export const documentPath = ({ scheme, path }: vscode.Uri, languageId: string): string =>
  scheme === cellScheme ? `${path}.py` : codePath(path, languageId);
