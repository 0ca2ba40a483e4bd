import * as vscode from 'vscode';
import { markerWord, roles, variesWords, type VariesWord } from '../../core/prompt/words';
import type { PromptAnalysis } from '../../core/analysis';
import { visibleLine } from '../../core/text/visible';
import type { FeatureDeps } from '../feature';
import type { EnginePort } from '../ports';

const item = (label: string, kind: vscode.CompletionItemKind, detail: string, insert?: vscode.SnippetString): vscode.CompletionItem => {
  const completion = new vscode.CompletionItem(label, kind);
  completion.detail = visibleLine(detail);
  if (insert !== undefined) completion.insertText = insert;
  return completion;
};

const variesDetails: { readonly [W in VariesWord]: string } = {
  never: 'Always the same value',
  session: 'Another value in each session',
  request: 'Another value in each request',
  grows: 'The text before, and more: cached only in blocks that are appended',
};

/** Ids that can be called today, profiles first: most newer models are reached through one only. */
const modelItems = (range: vscode.Range, engine: EnginePort): vscode.CompletionItem[] =>
  engine()
    .catalog.filter(({ lifecycle, surfaces }) => lifecycle.kind !== 'retired' && surfaces.includes('runtime'))
    .flatMap((entry) => {
      const caching = entry.caching.kind === 'explicit' ? `caches from ${entry.caching.minimum.likely} tokens` : 'takes no cache points';
      const ids = [...entry.profiles.map((prefix) => `${prefix}.${entry.id}`), ...(entry.onDemand === false ? [] : [entry.id])];
      return ids.map((id) => {
        const completion = item(id, vscode.CompletionItemKind.Value, `${entry.name}: ${caching}`);
        completion.range = range;
        completion.filterText = `${id} ${entry.name}`;
        // Models that cache come first.
        completion.sortText = `${entry.caching.kind === 'explicit' ? 0 : 1}${entry.provider}${id}`;
        return completion;
      });
    });

const variableItems = ({ prompt }: PromptAnalysis): vscode.CompletionItem[] =>
  prompt.header.variables.map(({ name, varies, description }) =>
    item(name, vscode.CompletionItemKind.Variable, description ?? `varies: ${varies}`),
  );

const frontMatterItems = (
  document: vscode.TextDocument,
  position: vscode.Position,
  before: string,
  engine: EnginePort,
): vscode.CompletionItem[] => {
  const modelId = /^modelId:\s*(\S*)$/.exec(before);
  if (modelId !== null) {
    const start = position.translate(0, -(modelId[1]?.length ?? 0));
    const rest = /^\S*/.exec(document.lineAt(position).text.slice(position.character))?.[0] ?? '';
    return modelItems(new vscode.Range(start, position.translate(0, rest.length)), engine);
  }
  if (/varies:\s*\w*$/.test(before))
    return variesWords.map((word) => item(word, vscode.CompletionItemKind.EnumMember, variesDetails[word]));
  if (/^\w*$/.test(before))
    return Object.keys(engine().frontMatterShape.members).map((key) =>
      item(key, vscode.CompletionItemKind.Property, 'Front matter', new vscode.SnippetString(`${key}: $0`)),
    );
  return [];
};

const bodyItems = (before: string, analysis: PromptAnalysis): vscode.CompletionItem[] => {
  if (/\{\{[ \t]*[\w.-]*$/.test(before)) return variableItems(analysis);
  if (/^[ \t]*<!?-?-?[ \t]*\w*$/.test(before) && before.includes('<'))
    return [
      item(`<!-- ${markerWord} -->`, vscode.CompletionItemKind.Keyword, 'Cache point with the default lifetime'),
      item(`<!-- ${markerWord} ttl=1h -->`, vscode.CompletionItemKind.Keyword, 'Cache point that lives an hour'),
    ].map((completion) => ({ ...completion, filterText: String(completion.label) }));
  if (/^#[ \t]*\w*$/.test(before))
    return roles
      .map((role) => item(`# ${role}:`, vscode.CompletionItemKind.Keyword, `Begin a ${role} section`))
      .map((completion) => ({ ...completion, filterText: String(completion.label) }));
  return [];
};

/** Model ids, front matter keys, variables, role lines and cache points, each where it can stand. */
export const completionsAt = (document: vscode.TextDocument, position: vscode.Position, deps: FeatureDeps): vscode.CompletionItem[] => {
  const offset = document.offsetAt(position);
  const analysis = deps.store.get(document)?.at(offset);
  if (analysis === undefined) return [];
  const before = document.lineAt(position).text.slice(0, position.character);
  const front = analysis.prompt.header.span;
  if (front !== undefined && offset >= front.start && offset <= front.end) return frontMatterItems(document, position, before, deps.engine);
  const items = bodyItems(before, analysis);
  const typed = /[<#][^\n]*$/.exec(before);
  if (typed !== null && !/\{\{/.test(before)) {
    const start = position.translate(0, -typed[0].length);
    const closing = /^[ \t]*-*>/.exec(document.lineAt(position).text.slice(position.character))?.[0].length ?? 0;
    for (const completion of items) completion.range = new vscode.Range(start, position.translate(0, closing));
  }
  return items;
};
