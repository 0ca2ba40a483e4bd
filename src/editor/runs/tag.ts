import * as vscode from 'vscode';
import { onlyPrompt } from '../../core/prompt/model';
import type { Settings } from '../../core/settings';
import type { PromptRef } from '../promptRef';

/** By which id the service's logs know a prompt: its file in the workspace, and its own id where the file holds several. `undefined`: they are not told. */
export const tagOf = ({ uri, id }: PromptRef, { requestMetadata }: Pick<Settings, 'requestMetadata'>): string | undefined =>
  requestMetadata ? `${vscode.workspace.asRelativePath(uri)}${id === onlyPrompt ? '' : `#${id}`}` : undefined;
