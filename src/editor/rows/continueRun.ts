import * as vscode from 'vscode';
import { rowsDialogs } from '../../core/messages/editor/rows';
import { appendTurn } from '../../core/chat/appendTurn';
import { movePoints, nextRequest, userBlocks, type UserTurn } from '../../core/chat/nextTurn';
import { schemaFaults } from '../../core/chat/schemaFaults';
import { chatTitles, continuedText, continueRefusals, resultNotJson, resultPrompt, resultTitle } from '../../core/messages/chatText';
import type { ContentBlock, ConverseRequest, ToolResultContent } from '../../core/request/types';
import type { RunRecord } from '../../core/runs/record';
import type { JsonObject } from '../../core/text/json';
import { messageText } from '../../core/text/visible';
import { toWorkspaceEdit } from '../documents/convert';
import { openDocument } from '../documents/openDocuments';
import type { PromptRef } from '../promptRef';
import { cachePlace } from '../runs/target';
import type { Analyses } from '../feature';
import type { RowsDeps } from './ports';

/** A run that a conversation can go on from. */
export interface ContinuedRun {
  readonly record: RunRecord;
  /** As *Preview Request* shows it. */
  readonly request: string;
}

/** What going on with a conversation needs. */
export type ContinueDeps = Pick<RowsDeps, 'engine' | 'formats' | 'warm' | 'readyTarget'> & {
  readonly store: Pick<Analyses, 'settled' | 'get'>;
};

type ToolUse = Extract<ContentBlock, { readonly toolUse: unknown }>['toolUse'];

const isJsonLike = (text: string): boolean => /^\s*[{[]/.test(text);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const schemaOf = ({ toolConfig }: ConverseRequest, name: string): unknown => {
  const tool = toolConfig?.tools.find((one) => 'toolSpec' in one && one.toolSpec.name === name);
  return tool !== undefined && 'toolSpec' in tool ? tool.toolSpec.inputSchema.json : undefined;
};

/** What a tool gave, as a person types it. */
const askResult = async (
  use: ToolUse,
  at: number,
  of: number,
  request: ConverseRequest,
): Promise<readonly ToolResultContent[] | undefined> => {
  const text = await vscode.window.showInputBox({
    title: messageText(resultTitle(use.name, at, of)),
    prompt: messageText(resultPrompt(JSON.stringify(use.input), schemaFaults(schemaOf(request, use.name), use.input))),
    ignoreFocusOut: true,
    validateInput: (typed) => (isJsonLike(typed) && parsed(typed) === undefined ? resultNotJson : undefined),
  });
  if (text === undefined) return undefined;
  const value = isJsonLike(text) ? parsed(text) : undefined;
  // The service takes an object as JSON; a list goes as its text.
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? [{ json: value as JsonObject }] // what JSON holds
    : [{ text: text === '' ? '(nothing)' : text }];
};

const askTurn = async (uses: readonly ToolUse[], request: ConverseRequest): Promise<UserTurn | undefined> => {
  const results: UserTurn['results'][number][] = [];
  for (const [at, use] of uses.entries()) {
    const content = await askResult(use, at + 1, uses.length, request);
    if (content === undefined) return undefined;
    results.push({ toolUseId: use.toolUseId, content });
  }
  const text = await vscode.window.showInputBox({
    title: messageText(chatTitles.turn),
    prompt: messageText(uses.length > 0 ? chatTitles.turnPrompt : rowsDialogs.sentAfterAnswer),
    ignoreFocusOut: true,
    validateInput: (typed) => (uses.length === 0 && typed.trim() === '' ? rowsDialogs.nothingTyped : undefined),
  });
  return text === undefined ? undefined : { results, text };
};

const usesOf = (answer: readonly ContentBlock[]): readonly ToolUse[] =>
  answer.flatMap((block) => ('toolUse' in block ? [block.toolUse] : []));

/** What the next call will likely read and cost, from what calls of this window have left. */
const tellNext = async (ref: PromptRef, deps: ContinueDeps): Promise<void> => {
  const analysis = await deps.store.settled(ref);
  if (analysis === undefined) return;
  const { planRequest, predictCall, usdOfPrediction } = deps.engine();
  const { plan, request } = planRequest(analysis, deps.warm.valuesOf(ref) ?? {});
  const target = await deps.readyTarget();
  const prediction = predictCall(
    { request: { ...request, modelId: plan.modelId }, plan, where: cachePlace(target), at: Date.now() },
    deps.warm.prefixes,
  );
  const run = rowsDialogs.run;
  const usd = usdOfPrediction(prediction, plan)?.likely;
  const text = continuedText(prediction.cacheRead.likely, usd, deps.formats);
  const choice = await vscode.window.showInformationMessage(messageText(text), run);
  if (choice === run) await vscode.commands.executeCommand('cachepoint.run', ref);
};

/** Asks for the next turn and writes it, with the answer before it, into the prompt or into a document of its own. */
export const continueRun = async (ref: PromptRef, run: ContinuedRun | undefined, deps: ContinueDeps): Promise<vscode.Uri | undefined> => {
  const refuse = (text: string): undefined => void vscode.window.showInformationMessage(messageText(text));
  if (run === undefined) return refuse(continueRefusals.noRun);
  if (run.record.api !== undefined && run.record.api !== 'converse') return refuse(continueRefusals.api);
  if (run.record.content === undefined) return refuse(continueRefusals.content);
  const request = JSON.parse(run.request) as ConverseRequest; // as it was built and sent
  const answer = run.record.content as unknown as readonly ContentBlock[]; // blocks of an answer of Converse
  const turn = await askTurn(usesOf(answer), request);
  if (turn === undefined) return undefined;
  const document = await openDocument(ref.uri);
  const analysis = document && (await deps.store.settled(ref));
  const caching = run.record.caching;
  const next = nextRequest(request, answer, turn, caching);
  const { dropped } = movePoints(request, [...answer, ...userBlocks(turn)], caching);
  const edits = analysis && appendTurn(analysis.text, analysis.prompt, (next.messages ?? []).slice(-2), dropped);
  const edit = document && edits && toWorkspaceEdit(document, edits);
  const file = {
    label: rowsDialogs.inPrompt,
    detail: rowsDialogs.inPromptDetail,
    toFile: true,
  };
  const fresh = {
    label: rowsDialogs.inDocument,
    detail: rowsDialogs.inDocumentDetail,
    toFile: false,
  };
  const where = edit === undefined ? fresh : await vscode.window.showQuickPick([file, fresh], { title: chatTitles.where });
  if (where === undefined) return undefined;
  if (where.toFile && document !== undefined && edit !== undefined) {
    await vscode.workspace.applyEdit(edit);
    // The new turn is where one goes on to write.
    const end = document.positionAt(document.getText().length);
    for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) editor.revealRange(new vscode.Range(end, end));
    void tellNext(ref, deps);
    return ref.uri;
  }
  const content = JSON.stringify(next, null, 2);
  const opened = await vscode.workspace.openTextDocument({ language: 'json', content });
  await vscode.window.showTextDocument(opened);
  const own = deps.store.get(opened)?.reading.prompts[0];
  if (own !== undefined) void tellNext({ uri: opened.uri, id: own.id }, deps);
  return opened.uri;
};
