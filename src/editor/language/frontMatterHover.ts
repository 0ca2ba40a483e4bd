import type * as vscode from 'vscode';
import { frontMatterTopic } from '../../core/editing/frontMatterHover';
import { accountLine } from '../../core/messages/account';
import { toRange } from '../documents/convert';
import type { AssistDeps } from '../feature';
import { toHover } from './markdown';

/** What the account told of a model when it was asked. */
const accountLines = (modelId: string, { uri }: vscode.TextDocument, { account, settings }: AssistDeps): readonly string[] => {
  const { region } = settings.read(uri);
  const fact = account.of(modelId, region === '' ? undefined : region);
  return fact === undefined ? [] : [accountLine(fact)];
};

/** What a key, a value, a variable or the model in front matter means. */
export const frontMatterHoverAt = (
  document: vscode.TextDocument,
  position: vscode.Position,
  deps: AssistDeps,
): vscode.Hover | undefined => {
  const offset = document.offsetAt(position);
  const analysis = deps.store.get(document)?.at(offset);
  const front = analysis?.prompt.header.span;
  if (analysis === undefined || front === undefined || offset < front.start || offset >= front.end) return undefined;
  const topic = frontMatterTopic(analysis.text.slice(front.start, front.end), front.start, offset);
  if (topic === undefined) return undefined;
  const range = toRange(document, topic.span);
  const { modelHover, sourceLinks, variableHover } = deps.engine();
  switch (topic.kind) {
    case 'model':
      return toHover(
        [...modelHover(analysis.plan, deps.formats), ...accountLines(analysis.plan.modelId, document, deps)],
        range,
        sourceLinks(analysis.plan.model),
      );
    case 'variable':
      return toHover(variableHover(topic.name, analysis.prompt.header), range);
    default:
      return toHover([topic.title, topic.help], range);
  }
};
