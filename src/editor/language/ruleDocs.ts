import * as vscode from 'vscode';
import { ruleLines } from '../../core/messages/ruleSections';
import type { RuleCode } from '../../core/prompt/problems';

/** Where each rule is explained: its section in the `docs/rules.md` that is installed with the extension, so that it opens offline. */
export interface RuleDocs {
  addressOf(code: RuleCode): vscode.Uri;
}

/** The file is read once, behind the first problem; until `loaded` is called an address leads to its beginning. */
export const createRuleDocs = (extension: vscode.Uri, loaded: () => void): RuleDocs => {
  const file = vscode.Uri.joinPath(extension, 'docs', 'rules.md');
  let lines: ReadonlyMap<string, number> | undefined;
  let reading = false;
  const read = async (): Promise<void> => {
    reading = true;
    lines = ruleLines(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
    loaded();
  };
  return {
    addressOf(code) {
      // A copy without its docs still has its problems.
      if (!reading) read().catch(() => undefined);
      const line = lines?.get(code);
      return line === undefined ? file : file.with({ fragment: `L${line}` });
    },
  };
};
