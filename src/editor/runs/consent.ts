import * as vscode from 'vscode';
import { actionLabels } from '../../core/messages/failureText';
import type { PromptAnalysis } from '../../core/analysis';
import { pricesCheckedOf } from '../../core/money/oldPrices';
import type { PlannedCalls } from '../../core/traffic/planned';
import type { CallPlace, Target } from '../../core/runs/port';
import type { RunRecord } from '../../core/runs/record';
import { messageText } from '../../core/text/visible';
import type { AccountMemory } from '../account/memory';
import type { FeatureDeps } from '../feature';
import type { Spending } from './spending';
import { leavesMachine } from './target';

export interface ConsentDeps extends Pick<FeatureDeps, 'engine' | 'settings' | 'formats'> {
  /** Of the workspace: where its prompts may go was agreed to for it alone. */
  readonly state: Pick<vscode.Memento, 'get' | 'update'>;
  readonly spending: Spending;
  /** What accounts told of their profiles. */
  readonly account: Pick<AccountMemory, 'of'>;
}

/** Calls that are about to be made. */
export interface LiveCalls {
  readonly analysis: PromptAnalysis;
  readonly values: Readonly<Record<string, string>>;
  readonly calls: number;
  readonly target: Target;
  readonly place: CallPlace;
}

/** Calls that may be made; what they may cost is counted. */
export interface Agreement {
  /** They are over: what they cost is counted in its place, where they tell it. */
  settle(records: readonly RunRecord[]): Promise<void>;
}

const agreedKey = 'cachepoint.agreedPlaces';

/** More places than these are asked about again. */
const mostAgreed = 20;

const placeKey = ({ identity, region, address }: CallPlace, operation: string): string =>
  JSON.stringify([identity, region, address, operation]);

/** Places to which the workspace's prompts may go, as a person agreed to, by the key under which the workspace's state has them. */
export const agreedPlaces = (state: Pick<vscode.Memento, 'get' | 'update'>, key: string) => {
  const kept = state.get<unknown>(key);
  const places = Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  return {
    has: (place: CallPlace, operation: string): boolean => places.includes(placeKey(place, operation)),
    add: (place: CallPlace, operation: string): Thenable<void> => {
      const added = placeKey(place, operation);
      return state.update(key, [added, ...places.filter((one) => one !== added)].slice(0, mostAgreed));
    },
  };
};

const plannedOf = ({ analysis, values, calls }: LiveCalls, { engine, settings }: ConsentDeps): PlannedCalls =>
  engine().plannedCallsOf(analysis, values, calls, settings.own());

const ask = async (live: LiveCalls, planned: PlannedCalls, deps: ConsentDeps): Promise<boolean> => {
  const { place, analysis, target } = live;
  const { door, model, modelId, resolution } = analysis.plan;
  const settings = deps.settings.read();
  const { title, detail, send } = deps.engine().consentText(
    {
      place,
      door,
      leaves: leavesMachine(target),
      modelName: model === undefined ? modelId : `${model.name} (${modelId})`,
      profileKind: 'profileKind' in resolution ? resolution.profileKind : undefined,
      processed: deps.account.of(modelId, place.region),
      planned,
      pricesChecked: model && pricesCheckedOf(model),
      now: Date.now(),
      spent: await deps.spending.today(),
      limits: settings,
      verdict: await deps.spending.judge(planned),
    },
    deps.formats,
  );
  const choice = await vscode.window.showWarningMessage(messageText(title), { modal: true, detail: messageText(detail) }, send);
  return choice === send;
};

/** Says that the day has cost enough, with the way to the limit. */
export const tellLimit = async (text: string): Promise<void> => {
  const open = actionLabels.openSettings;
  const choice = await vscode.window.showWarningMessage(messageText(text), open);
  if (choice === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'cachepoint.run.dailyLimitUsd');
};

/**
 * Asks before calls go to a place for the first time in this workspace, and whenever they may cost more than the person's own settings allow unasked;
 * then counts what they may cost. `undefined`: the person turned back, or the day has cost enough, which has been said.
 */
export const agreeToCalls = async (live: LiveCalls, deps: ConsentDeps): Promise<Agreement | undefined> => {
  const planned = plannedOf(live, deps);
  const verdict = await deps.spending.judge(planned);
  const refuse = (over: typeof verdict): undefined => {
    if (over.kind === 'overLimit') void tellLimit(deps.engine().overLimitText(over, planned, deps.formats));
    return undefined;
  };
  if (verdict.kind === 'overLimit') return refuse(verdict);
  const { door } = live.analysis.plan;
  const agreed = agreedPlaces(deps.state, agreedKey);
  const isKnown = agreed.has(live.place, door) || !leavesMachine(live.target);
  if (!isKnown || verdict.kind === 'ask') {
    if (!(await ask(live, planned, deps))) return undefined;
    await agreed.add(live.place, door);
  }
  const booking = await deps.spending.book(planned);
  if (booking === undefined) return refuse(await deps.spending.judge(planned));
  return { settle: (records) => booking.settle(deps.engine().paidFor(records, planned.prices)) };
};
