import type * as vscode from 'vscode';
import { promptLanguages } from './promptDocuments';

/** Every language a prompt can be in, for providers. */
export const promptSelector: vscode.DocumentSelector = promptLanguages().map((language) => ({ language }));
