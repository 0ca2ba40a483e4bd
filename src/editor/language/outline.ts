import * as vscode from 'vscode';
import { gestureText } from '../../core/messages/editor/gestures';
import type { PromptAnalysis } from '../../core/analysis';
import type { CachePlan, Checkpoint } from '../../core/cache/plan';
import { selectionsAt } from '../../core/editing/selection';
import type { Part } from '../../core/formats/parts';
import { onlyPrompt } from '../../core/prompt/model';
import { referencePath } from '../../core/prompt/reference';
import { cover, type Span } from '../../core/text/span';
import { visibleLine } from '../../core/text/visible';
import { toRange } from '../documents/convert';
import type { FeatureDeps } from '../feature';

const detailOf = (tokens: number, deps: FeatureDeps): string => gestureText.tokens(deps.formats.tokens(tokens));

const pointSymbol = (document: vscode.TextDocument, point: Checkpoint, deps: FeatureDeps): vscode.DocumentSymbol => {
  const at = toRange(document, point.marker.span);
  const detail = visibleLine(`${detailOf(point.prefix.likely, deps)}, ${point.ttl}`);
  return new vscode.DocumentSymbol(`cachePoint ${point.number}`, detail, vscode.SymbolKind.Key, at, at);
};

const byPlace = (a: vscode.DocumentSymbol, b: vscode.DocumentSymbol): number => a.range.start.compareTo(b.range.start);

/** The tools, which front matter holds or names. */
const toolsSymbol = (document: vscode.TextDocument, { plan }: PromptAnalysis, deps: FeatureDeps): readonly vscode.DocumentSymbol[] => {
  const [first, ...others] = plan.blocks.filter(({ place }) => place.field === 'tools');
  if (first === undefined) return [];
  const range = toRange(
    document,
    others.reduce((all, { block }) => cover(all, block.span), first.block.span),
  );
  const tokens = [first, ...others].reduce((sum, { own }) => sum + own.likely, 0);
  const symbol = new vscode.DocumentSymbol('tools', detailOf(tokens, deps), vscode.SymbolKind.Function, range, range);
  symbol.children = plan.checkpoints.filter(({ place }) => place.field === 'tools').map((point) => pointSymbol(document, point, deps));
  return [symbol];
};

const partSymbol = (document: vscode.TextDocument, part: Part, plan: CachePlan, deps: FeatureDeps): vscode.DocumentSymbol => {
  const inside = ({ start, end }: Span): boolean => part.span.start <= start && end <= part.span.end;
  const isSection = part.kind === 'section';
  const tokens = plan.blocks.reduce((sum, { block, own }) => (inside(block.span) ? sum + own.likely : sum), 0);
  const kind = isSection ? vscode.SymbolKind.Namespace : vscode.SymbolKind.String;
  const range = toRange(document, part.span);
  const name = visibleLine(part.name) || '#';
  const symbol = new vscode.DocumentSymbol(name, isSection ? detailOf(tokens, deps) : '', kind, range, toRange(document, part.head));
  const points = isSection ? plan.checkpoints.filter(({ marker }) => inside(marker.span)) : [];
  symbol.children = [
    ...part.parts.map((one) => partSymbol(document, one, plan, deps)),
    ...points.map((point) => pointSymbol(document, point, deps)),
  ].sort(byPlace);
  return symbol;
};

/** Sections with their tokens, headings and cache points. It is asked for once, so the files that the prompt includes are waited for. */
export const symbolsOf = async (document: vscode.TextDocument, deps: FeatureDeps): Promise<vscode.DocumentSymbol[]> => {
  const analysis = await deps.store.settled({ uri: document.uri, id: onlyPrompt });
  if (analysis === undefined) return [];
  const { bodyStart, partsOf } = deps.engine();
  const { sections } = partsOf(analysis.text, bodyStart(analysis.text, analysis.prompt.header.span));
  return [...toolsSymbol(document, analysis, deps), ...sections.map((part) => partSymbol(document, part, analysis.plan, deps))];
};

/** Links to the files that the prompts of a document refer to. */
export const linksOf = (document: vscode.TextDocument, deps: FeatureDeps): vscode.DocumentLink[] => {
  const analysis = deps.store.get(document);
  if (analysis === undefined || document.uri.scheme === 'untitled') return [];
  return analysis.files.map(({ value, span }) => {
    const target = document.uri.with({ path: referencePath(document.uri.path, value) });
    const link = new vscode.DocumentLink(toRange(document, span), target);
    link.tooltip = visibleLine(gestureText.open(value));
    return link;
  });
};

/** What can be selected around each position, from the line outward. */
export const selectionRangesOf = (
  document: vscode.TextDocument,
  positions: readonly vscode.Position[],
  deps: FeatureDeps,
): vscode.SelectionRange[] => {
  const analysis = deps.store.get(document)?.of(onlyPrompt);
  if (analysis === undefined) return [];
  const { bodyStart, partsOf } = deps.engine();
  const parts = partsOf(analysis.text, bodyStart(analysis.text, analysis.prompt.header.span));
  return positions.map((position) => {
    const spans = selectionsAt(analysis.text, parts, document.offsetAt(position));
    const chain = spans.reduceRight<vscode.SelectionRange | undefined>(
      (parent, span) => new vscode.SelectionRange(toRange(document, span), parent),
      undefined,
    );
    return chain ?? new vscode.SelectionRange(new vscode.Range(position, position));
  });
};
