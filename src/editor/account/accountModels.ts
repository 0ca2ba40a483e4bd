import * as vscode from 'vscode';
import { sharedText } from '../../core/messages/editor/shared';
import { accountDialogs } from '../../core/messages/editor/account';
import { callableTitles, closedText, placesText, ungivenText } from '../../core/messages/account';
import { cachingWords } from '../../core/messages/modelHelp';
import type { AccountModels, Callable, CallableKind, ModelAccess } from '../../core/runs/account';
import type { Target } from '../../core/runs/port';
import { labelText, messageText } from '../../core/text/visible';
import type { OpenPrompt } from '../documents/choosePrompt';
import { askAccount, type AccountDeps } from './ask';
import { useModel } from './useModel';

interface Item extends vscode.QuickPickItem {
  readonly callable?: Callable;
}

const order = Object.keys(callableTitles) as readonly CallableKind[]; // the table has exactly these keys

/** The model's own id, by which access is asked for. */
const baseIds = ({ modelIds }: Callable, { engine }: AccountDeps): readonly string[] =>
  modelIds.flatMap((id) => engine().entryOf(engine().resolveModel(id))?.id ?? []);

type AccessOf = ReadonlyMap<string, ModelAccess>;

const closedOf = (callable: Callable, access: AccessOf, deps: AccountDeps): ModelAccess | undefined =>
  baseIds(callable, deps)
    .map((id) => access.get(id))
    .find((one) => one?.kind === 'closed');

/** "Claude Sonnet 4.6: caches from 1,024 tokens". */
const modelWords = ({ modelIds, name }: Callable, { engine, formats }: AccountDeps): string => {
  const entries = modelIds.flatMap((id) => engine().entryOf(engine().resolveModel(id)) ?? []);
  const [entry, ...others] = entries;
  if (entry === undefined) return name;
  return others.length > 0 ? accountDialogs.oneOf(entries.map((one) => one.name)) : `${entry.name}: ${cachingWords(entry, formats)}`;
};

const itemOf = (callable: Callable, current: string, access: AccessOf, deps: AccountDeps): Item => {
  const isArn = callable.id.startsWith('arn:');
  const closed = closedOf(callable, access, deps) === undefined ? [] : [accountDialogs.noAccess];
  const description = [callable.id === current ? sharedText.current : '', isArn ? labelText(callable.id) : '', ...closed];
  return {
    callable,
    label: labelText(isArn ? callable.name : callable.id),
    description: description.filter((part) => part !== '').join(' · '),
    detail: labelText([modelWords(callable, deps), placesText(callable)].filter((part) => part !== '').join(' · ')),
  };
};

/** Models that the catalog knows to cache stand before others, each group by its ids. */
const rankOf = (callable: Callable, { engine }: AccountDeps): number => {
  const [id = ''] = callable.modelIds;
  const entry = engine().entryOf(engine().resolveModel(id));
  return entry === undefined ? 2 : entry.caching.kind === 'explicit' ? 0 : 1;
};

/** The list as it is shown, with what is known of access so far. */
export const itemsOf = (
  models: AccountModels,
  current: string,
  access: AccessOf,
  neverGlobal: boolean,
  deps: AccountDeps,
): readonly Item[] =>
  order.flatMap((kind) => {
    const own = models.callables
      .filter((one) => one.kind === kind && !(neverGlobal && one.worldwide))
      .map((one) => ({ one, rank: rankOf(one, deps) }))
      .sort((a, b) => a.rank - b.rank || (a.one.id < b.one.id ? -1 : 1));
    const heading: Item = { label: callableTitles[kind], kind: vscode.QuickPickItemKind.Separator };
    return own.length === 0 ? [] : [heading, ...own.map(({ one }) => itemOf(one, current, access, deps))];
  });

/** Milliseconds between two drawings of the list while answers about access come in. */
const drawEveryMs = 300;

/** Lets the person pick; access is asked for while the list is shown, and no longer. */
const pick = (models: AccountModels, current: string, target: Target, neverGlobal: boolean, deps: AccountDeps) =>
  new Promise<{ readonly callable: Callable; readonly access: AccessOf } | undefined>((resolve) => {
    const access = new Map<string, ModelAccess>();
    const list = vscode.window.createQuickPick<Item>();
    const controller = new AbortController();
    let picked: Callable | undefined;
    const draw = (): void => {
      const active = list.activeItems[0]?.callable?.id;
      list.keepScrollPosition = true;
      list.items = itemsOf(models, current, access, neverGlobal, deps);
      list.activeItems = list.items.filter(({ callable }) => callable !== undefined && callable.id === active);
    };
    list.title = accountDialogs.listTitle(models.region);
    list.placeholder = ungivenText(models.ungiven) || accountDialogs.listHint;
    list.matchOnDescription = true;
    list.matchOnDetail = true;
    list.items = itemsOf(models, current, access, neverGlobal, deps);
    list.onDidAccept(() => {
      picked = list.selectedItems[0]?.callable;
      list.hide();
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    list.onDidHide(() => {
      controller.abort();
      clearTimeout(timer);
      list.dispose();
      resolve(picked && { callable: picked, access });
    });
    list.busy = true;
    list.show();
    const ids = [...new Set(list.items.flatMap(({ callable }) => (callable === undefined ? [] : baseIds(callable, deps))))];
    const noteAccess = (id: string, answer: ModelAccess): void => {
      access.set(id, answer);
      if (answer.kind === 'closed') timer ??= setTimeout(() => ((timer = undefined), draw()), drawEveryMs);
    };
    // Without the right to ask, nothing is said of access.
    void deps
      .bedrock()
      .then((port) => port.modelAccess(ids, target, controller.signal, noteAccess))
      .catch((error: unknown) => deps.log.error('Access to models was not asked', error))
      .finally(() => {
        if (!controller.signal.aborted) list.busy = false;
      });
  });

/** Lists what the account can call, remembers it, and writes what the person picks into the prompt. */
export const chooseAccountModel = async (open: OpenPrompt, deps: AccountDeps): Promise<void> => {
  const asked = await askAccount(
    {
      title: accountDialogs.listing,
      refused: accountDialogs.notListed,
      action: 'bedrock:ListInferenceProfiles',
      work: (port, target, signal) => port.listModels(target, signal),
    },
    deps,
  );
  if (asked === undefined) return;
  const { answer, target } = asked;
  deps.account.remember(answer.callables, answer.region);
  const current = deps.store.of(open.ref)?.plan.modelId ?? '';
  const picked = await pick(answer, current, target, deps.settings.read(open.ref.uri).neverGlobal, deps);
  if (picked === undefined) return;
  const { callable, access } = picked;
  await useModel(open, callable.id, deps);
  const closed = closedOf(callable, access, deps);
  if (closed !== undefined) void vscode.window.showWarningMessage(messageText(closedText(callable.name, closed)));
};
