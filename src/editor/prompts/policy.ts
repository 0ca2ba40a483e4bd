import * as vscode from 'vscode';
import { policyDialogs } from '../../core/messages/editor/policy';
import { leastPolicy, policyText, type PolicyFacts } from '../../core/advice/policy';
import { describePolicyNote } from '../../core/messages/policyNotes';
import type { Callable } from '../../core/runs/account';
import type { RunFailure } from '../../core/runs/failure';
import type { Target } from '../../core/runs/port';
import { messageText } from '../../core/text/visible';
import type { FeatureDeps } from '../feature';
import type { BedrockPort } from '../ports';
import { withSignal } from '../runs/cancel';
import type { PromptRow } from '../../core/report/promptIndex';
import type { IndexClient, SearchState } from './indexClient';

export interface PolicyDeps extends Pick<FeatureDeps, 'engine' | 'formats'> {
  readonly bedrock: () => Promise<Pick<BedrockPort, 'callerIdentity' | 'listModels'>>;
  /** Where runs go now. */
  readonly target: () => Promise<Target>;
}

/** Work that a person can end, with a notification that says what is going on. */
const withProgress = <T>(title: string, work: (signal: AbortSignal) => Promise<T>): Thenable<T> => {
  const controller = new AbortController();
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (_progress, token) =>
    withSignal(token, controller, () => work(controller.signal)),
  );
};

/** What of the search is needed here. */
interface SearchedClient extends Pick<IndexClient, 'onDidChange' | 'ensure'> {
  readonly state: Pick<SearchState, 'kind'>;
  readonly index: { readonly rows: readonly Pick<PromptRow, 'use'>[] };
}

const isOver = ({ state }: Pick<SearchedClient, 'state'>): boolean => state.kind !== 'idle' && state.kind !== 'searching';

/** Resolves when the search for prompts is over, or the person does not want to wait longer. */
const searched = (client: SearchedClient, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const finish = (): void => {
      listener.dispose();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const listener = client.onDidChange(() => {
      if (isOver(client)) finish();
    });
    signal.addEventListener('abort', finish);
    client.ensure();
    if (isOver(client) || signal.aborted) finish();
  });

type FromAccount = Pick<PolicyFacts, 'account'> & { readonly region: string; readonly callables: readonly Callable[] };

const askAccount = async (target: Target, signal: AbortSignal, { bedrock }: PolicyDeps): Promise<FromAccount | RunFailure> => {
  const { callerIdentity, listModels } = await bedrock();
  const caller = await callerIdentity(target, signal);
  if ('code' in caller) return caller;
  const models = await listModels(target, signal);
  if ('code' in models) return models;
  return { account: caller.accountId, region: caller.region, callables: models.callables };
};

const factsOf = (target: Target, asked: FromAccount | undefined): PolicyFacts => ({
  region: asked?.region ?? target.region,
  account: asked?.account,
  withApiKey: target.apiKey !== undefined,
  destinationsOf: (id) => asked?.callables.find((one) => one.id === id),
});

const choices = [
  {
    label: policyDialogs.fromPrompts,
    detail: policyDialogs.fromPromptsDetail,
    asks: false,
  },
  {
    label: policyDialogs.fromAws,
    detail: policyDialogs.fromAwsDetail,
    asks: true,
  },
] as const;

/** Writes the least IAM policy with which the prompts of the workspace can be run and counted, into a new document. */
export const writePolicy = async (client: SearchedClient, deps: PolicyDeps): Promise<void> => {
  await withProgress(policyDialogs.looking, (signal) => searched(client, signal));
  const { rows } = client.index;
  const uses = rows.flatMap(({ use }) => use ?? []);
  if (uses.length === 0) {
    void vscode.window.showInformationMessage(policyDialogs.nothingToAllow);
    return;
  }
  const choice = await vscode.window.showQuickPick(choices, { title: policyDialogs.title });
  if (choice === undefined) return;
  const target = await deps.target();
  const asked = choice.asks ? await withProgress(policyDialogs.asking, (signal) => askAccount(target, signal, deps)) : undefined;
  if (asked !== undefined && 'code' in asked) {
    if (asked.code === 'canceled') return;
    const { title, text } = deps.engine().describeFailure(asked, { service: target.service, formats: deps.formats, answered: false });
    void vscode.window.showErrorMessage(messageText(`${title}. ${text}`));
    return;
  }
  const { policy, notes } = leastPolicy(uses, rows.length - uses.length, factsOf(target, asked));
  const document = await vscode.workspace.openTextDocument({ content: policyText(policy), language: 'json' });
  await vscode.window.showTextDocument(document);
  if (notes.length > 0) void vscode.window.showInformationMessage(messageText(notes.map(describePolicyNote).join(' ')));
};
