import * as vscode from 'vscode';
import { destinationDialogs } from '../../core/messages/editor/destination';
import type { RunFailure } from '../../core/runs/failure';
import type { Target } from '../../core/runs/port';
import { messageText } from '../../core/text/visible';
import { keepApiKey } from './keepApiKey';
import { chooseProfile, type DestinationDeps } from './destination';
import { nameOf } from './target';
import { useEmulator } from './useEmulator';

/** Has this machine nothing at all to sign a call with? Then there is nothing to fix, and a choice to make. */
const hasNoAws = (failure: RunFailure, { service }: Target): boolean =>
  service === 'aws' && failure.code === 'credentials' && failure.reason === 'missing';

/** The ways on from there; each ends with the prompt running. */
const ways: readonly { readonly label: string; readonly take: (deps: DestinationDeps) => Promise<unknown> }[] = [
  { label: destinationDialogs.useEmulator, take: useEmulator },
  { label: destinationDialogs.chooseProfile, take: chooseProfile },
  { label: destinationDialogs.keepApiKey, take: keepApiKey },
];

const placeOf = (target: Target): string =>
  target.region === undefined ? nameOf(target) : destinationDialogs.placeIn(nameOf(target), target.region);

/**
 * One dialog for a run that has no AWS to go to: it says where the prompt would go, and offers the emulator, which answers at once. Gives whether
 * the prompt is to be run now, since the person chose a way; `undefined`: the failure is another one, and nothing was asked.
 */
export const offerWayOn = async (failure: RunFailure, target: Target, deps: DestinationDeps): Promise<boolean | undefined> => {
  if (!hasNoAws(failure, target)) return undefined;
  const detail = [destinationDialogs.wouldGo(placeOf(target)), destinationDialogs.emulatorAnswers, destinationDialogs.forLiveRuns].join(
    '\n\n',
  );
  const choice = await vscode.window.showInformationMessage(
    messageText(destinationDialogs.noCredentials),
    { modal: true, detail: messageText(detail) },
    ...ways.map(({ label }) => label),
  );
  const way = ways.find(({ label }) => label === choice);
  if (way === undefined) return false;
  const before = stateOf(deps);
  await way.take(deps);
  return stateOf(deps) !== before;
};

/** What decides where the next run goes: a list that was left without an answer changes nothing of it. */
const stateOf = ({ settings, apiKeys }: DestinationDeps): string =>
  JSON.stringify([settings.read().endpoint, settings.chosen('profile') ?? null, settings.chosen('apiKey') ?? null, apiKeys.region ?? null]);
