import * as vscode from 'vscode';
import type { FeatureDeps } from '../feature';

/** A section folds from its role line to the line before the next one; front matter folds between its fences. */
export const foldingOf = (document: vscode.TextDocument, deps: FeatureDeps): vscode.FoldingRange[] => {
  const analysis = deps.store.get(document)?.at(0);
  if (analysis === undefined) return [];
  const front = analysis.prompt.header.span;
  const lines = deps
    .engine()
    .roleLines(analysis.text, front?.end ?? 0)
    .map(({ start }) => document.positionAt(start).line);
  const ranges = lines.map(
    (line, index) => new vscode.FoldingRange(line, (lines[index + 1] ?? document.lineCount) - 1, vscode.FoldingRangeKind.Region),
  );
  if (front !== undefined) ranges.unshift(new vscode.FoldingRange(0, document.positionAt(front.end).line));
  return ranges;
};
