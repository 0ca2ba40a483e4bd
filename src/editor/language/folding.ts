import * as vscode from 'vscode';
import type { Part } from '../../core/formats/parts';
import { onlyPrompt } from '../../core/prompt/model';
import type { Span } from '../../core/text/span';
import type { FeatureDeps } from '../feature';

const spansOf = (part: Part): readonly Span[] => [part.span, ...part.parts.flatMap(spansOf)];

/** Front matter, sections, what stands below a heading, and fences, which nothing else cuts. */
export const foldingOf = (document: vscode.TextDocument, deps: FeatureDeps): vscode.FoldingRange[] => {
  const analysis = deps.store.get(document)?.of(onlyPrompt);
  if (analysis === undefined) return [];
  const { bodyStart, partsOf } = deps.engine();
  const front = analysis.prompt.header.span;
  const { sections, fences } = partsOf(analysis.text, bodyStart(analysis.text, front));
  const lines = ({ start, end }: Span): readonly [number, number] => [document.positionAt(start).line, document.positionAt(end).line];
  return [...(front === undefined ? [] : [{ start: 0, end: front.end }]), ...sections.flatMap(spansOf), ...fences]
    .map(lines)
    .filter(([first, last]) => last > first)
    .map(([first, last]) => new vscode.FoldingRange(first, last, vscode.FoldingRangeKind.Region));
};
