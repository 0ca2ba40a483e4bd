import * as vscode from 'vscode';
import { sharedText } from '../../core/messages/editor/shared';
import { accountDialogs } from '../../core/messages/editor/account';
import { modelOffers } from '../../core/editing/modelOffers';
import { labelText } from '../../core/text/visible';
import type { OpenPrompt } from '../documents/choosePrompt';
import { chooseAccountModel } from './accountModels';
import type { AccountDeps } from './ask';
import { useModel } from './useModel';

interface Item extends vscode.QuickPickItem {
  /** Absent for what leads to the models of the account. */
  readonly modelId?: string;
}

const ofAccount: Item = {
  label: accountDialogs.ofAccount,
  detail: accountDialogs.ofAccountDetail,
  alwaysShow: true,
};

/** Offers the models of the catalog that can be called from where runs go, those that cache first; and the way to those of the account. */
export const chooseModel = async (open: OpenPrompt, deps: AccountDeps): Promise<void> => {
  const analysis = await deps.store.settled(open.ref);
  if (analysis === undefined) return;
  const { region, neverGlobal } = deps.settings.read(open.ref.uri);
  const models = deps.engine().catalogWith(analysis.planOptions.overrides ?? []);
  const from = { region: region === '' ? undefined : region, reach: neverGlobal ? 'geography' : 'anywhere' } as const;
  const offers = [...modelOffers(models, from, { start: 0, end: 0 }, deps.formats)].sort((a, b) => (a.sort < b.sort ? -1 : 1));
  const items = offers.map(({ label, detail }): Item => ({
    label: labelText(label),
    description: label === analysis.plan.modelId ? sharedText.current : '',
    detail: labelText(detail),
    modelId: label,
  }));
  const picked = await vscode.window.showQuickPick([ofAccount, ...items], {
    title: accountDialogs.modelTitle,
    placeHolder: analysis.plan.modelId || accountDialogs.namesNone,
    matchOnDetail: true,
  });
  if (picked === undefined) return;
  if (picked.modelId === undefined) await chooseAccountModel(open, deps);
  else await useModel(open, picked.modelId, deps);
};
