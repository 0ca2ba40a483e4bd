import * as vscode from 'vscode';
import { visible } from '../../core/text/visible';

/** A title and sentences as a hover. Text of a prompt is data: it enters as text that can be seen, never as Markdown. `links`: Markdown of our own. */
export const toHover = ([title = '', ...lines]: readonly string[], range: vscode.Range, links = ''): vscode.Hover => {
  const content = new vscode.MarkdownString();
  content.appendMarkdown('**');
  content.appendText(visible(title));
  content.appendMarkdown('**\n\n');
  for (const line of lines) {
    content.appendText(visible(line));
    content.appendMarkdown('\n\n');
  }
  content.appendMarkdown(links);
  return new vscode.Hover(content, range);
};
