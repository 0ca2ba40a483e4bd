import * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import type { WireBlock } from '../../core/cache/plan';
import type { Place } from '../../core/request/wirePlace';
import { referencePath } from '../../core/prompt/reference';
import { cover, type Span } from '../../core/text/span';
import { visibleLine } from '../../core/text/visible';
import { toRange } from '../documents/convert';
import type { FeatureDeps } from '../feature';

interface Section {
  readonly name: string;
  readonly kind: vscode.SymbolKind;
  span: Span;
  readonly blocks: WireBlock[];
}

const sectionKey = (place: Place): string => (place.field === 'messages' ? `messages ${place.message}` : place.field);

const sectionsOf = ({ plan, prompt }: PromptAnalysis): readonly Section[] => {
  const sections = new Map<string, Section>();
  for (const wire of plan.blocks) {
    const { place, block } = wire;
    const key = sectionKey(place);
    const known = sections.get(key);
    if (known !== undefined) {
      known.span = cover(known.span, block.span);
      known.blocks.push(wire);
      continue;
    }
    const role = place.field === 'messages' ? (prompt.messages[place.message]?.role ?? 'user') : place.field;
    const kind = place.field === 'tools' ? vscode.SymbolKind.Function : vscode.SymbolKind.Namespace;
    const heading = place.field === 'messages' ? prompt.messages[place.message]?.span : undefined;
    sections.set(key, { name: role, kind, span: heading === undefined ? block.span : cover(heading, block.span), blocks: [wire] });
  }
  return [...sections.values()];
};

const sectionSymbols = (document: vscode.TextDocument, analysis: PromptAnalysis, deps: FeatureDeps): vscode.DocumentSymbol[] =>
  sectionsOf(analysis).map((section) => {
    const tokens = section.blocks.reduce((sum, { own }) => sum + own.likely, 0);
    const range = toRange(document, section.span);
    const symbol = new vscode.DocumentSymbol(
      visibleLine(section.name),
      `${deps.formats.tokens(tokens)} tokens`,
      section.kind,
      range,
      range.with(range.start, range.start),
    );
    symbol.children = analysis.plan.checkpoints
      .filter(({ place }) => sectionKey(place) === sectionKey(section.blocks[0]?.place ?? place))
      .map((point) => {
        const at = toRange(document, point.marker.span);
        const detail = visibleLine(`${deps.formats.tokens(point.prefix.likely)} tokens, ${point.ttl}`);
        return new vscode.DocumentSymbol(`cachePoint ${point.number}`, detail, vscode.SymbolKind.Key, at, at);
      });
    return symbol;
  });

/** The sections of the only prompt, or each prompt with its sections below it; asked for once, so the files that it includes are waited for. */
export const symbolsOf = async (document: vscode.TextDocument, deps: FeatureDeps): Promise<vscode.DocumentSymbol[]> => {
  for (const { id } of deps.store.get(document)?.prompts ?? []) await deps.store.settled({ uri: document.uri, id });
  const held = deps.store.get(document);
  const [first, ...others] = held?.prompts ?? [];
  if (held === undefined || first === undefined) return [];
  if (others.length === 0) return sectionSymbols(document, first, deps);
  return held.reading.prompts.flatMap(({ id, title, head, span }) => {
    const analysis = held.of(id);
    if (analysis === undefined) return [];
    const range = toRange(document, span);
    const symbol = new vscode.DocumentSymbol(title, '', vscode.SymbolKind.String, range, toRange(document, head));
    symbol.children = sectionSymbols(document, analysis, deps);
    return [symbol];
  });
};

/** Links to the files that the prompts of a document refer to. */
export const linksOf = (document: vscode.TextDocument, deps: FeatureDeps): vscode.DocumentLink[] => {
  const analysis = deps.store.get(document);
  if (analysis === undefined || document.uri.scheme === 'untitled') return [];
  return analysis.files.map(({ value, span }) => {
    const target = document.uri.with({ path: referencePath(document.uri.path, value) });
    const link = new vscode.DocumentLink(toRange(document, span), target);
    link.tooltip = visibleLine(`Open ${value}`);
    return link;
  });
};

/** The way from a variable to its declaration. */
export const definitionAt = (document: vscode.TextDocument, position: vscode.Position, deps: FeatureDeps): vscode.Location | undefined => {
  const analysis = deps.store.get(document)?.at(document.offsetAt(position));
  const range = document.getWordRangeAtPosition(position, /\{\{[ \t]*[A-Za-z_][\w.-]*[ \t]*\}\}/);
  if (analysis === undefined || range === undefined) return undefined;
  const name = document.getText(range).replace(/[{}\s]/g, '');
  const declaration = analysis.prompt.header.variables.find((variable) => variable.name === name);
  return declaration && new vscode.Location(document.uri, toRange(document, declaration.span));
};
