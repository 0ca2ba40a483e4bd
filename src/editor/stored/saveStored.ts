import * as vscode from 'vscode';
import { sharedText } from '../../core/messages/editor/shared';
import { storedDialogs } from '../../core/messages/editor/stored';
import { sameText, savedText, saveDetail } from '../../core/messages/storedPrompts';
import type { StoredPrompt } from '../../core/runs/storedPrompts';
import type { JsonObject } from '../../core/text/json';
import { messageText } from '../../core/text/visible';
import { conversions, optionsFor } from '../convert/conversions';
import type { OpenPrompt } from '../documents/choosePrompt';
import { askStore, type StoredDeps } from './ask';
import { keepLink, linkOf, type StoredLink } from './links';
import { getStored, pickStored, pickVariant } from './pick';

/** A local prompt in the form of CreatePrompt, with what is lost on the way; `undefined`: it has none, which has been said. */
const madeOf = async ({ document, ref }: OpenPrompt, deps: StoredDeps) => {
  const analysis = await deps.store.settled(ref);
  if (analysis === undefined) return undefined;
  const result = conversions().convertPrompt(analysis.prompt, 'prompt-management', optionsFor(analysis, document.uri));
  if (result.kind === 'refused') {
    void vscode.window.showWarningMessage(messageText(storedDialogs.notSavedAs(result.reason)));
    return undefined;
  }
  // Written by us, as JSON of an object.
  return { prompt: JSON.parse(result.text) as JsonObject, notes: result.notes };
};

/** The stored prompt that a local one belongs to: as it is remembered, else as the person picks it. `fresh`: a new one is wished. */
const storedFor = async (
  { ref }: OpenPrompt,
  fresh: string | undefined,
  deps: StoredDeps,
): Promise<{ readonly stored: StoredPrompt | undefined; readonly variant: string; readonly link: StoredLink | undefined } | undefined> => {
  const link = linkOf(ref, deps);
  if (link !== undefined) {
    const stored = await getStored(link.id, 'DRAFT', deps);
    return stored && { stored, variant: link.variant, link };
  }
  const picked = await pickStored(storedDialogs.whichPrompt, fresh, deps);
  if (picked === undefined) return undefined;
  if (picked.summary === undefined) return { stored: undefined, variant: 'default', link: undefined };
  const stored = await getStored(picked.summary.id, 'DRAFT', deps);
  const variant = stored && (await pickVariant(stored));
  return stored && variant !== undefined ? { stored, variant, link: undefined } : undefined;
};

/** What would be written, and how it differs from what is stored. */
const changeOf = (made: JsonObject, stored: StoredPrompt | undefined, variant: string) => {
  const { comparedText, mergeVariant } = conversions();
  if (stored === undefined) return { prompt: made, becomesChat: false, before: '', after: comparedText(made, variant) };
  const merged = mergeVariant(stored.prompt, variant, made);
  return { ...merged, before: comparedText(stored.prompt, variant), after: comparedText(merged.prompt, variant) };
};

type Change = ReturnType<typeof changeOf>;

const showChange = ({ before, after }: Change, name: string, deps: StoredDeps): Promise<void> =>
  deps.showBeside(before, after, storedDialogs.compared(name));

/** Shows how the stored draft differs from what the local prompt would be there. */
export const compareStoredPrompt = async (open: OpenPrompt, deps: StoredDeps): Promise<void> => {
  const made = await madeOf(open, deps);
  const found = made && (await storedFor(open, undefined, deps));
  if (found?.stored === undefined) return;
  const { stored, variant, link } = found;
  if (link === undefined) await keepLink(open.ref, { id: stored.id, name: stored.name, variant, updatedAt: stored.updatedAt }, deps);
  await showChange(changeOf(made?.prompt ?? {}, stored, variant), stored.name, deps);
  if (made !== undefined && made.notes.length > 0) void vscode.window.showInformationMessage(messageText(made.notes.join(' ')));
};

/** Writes a local prompt to Prompt Management as the draft or as a version, after what is lost was named and the person agreed. */
export const saveStoredPrompt = async (open: OpenPrompt, deps: StoredDeps): Promise<void> => {
  const made = await madeOf(open, deps);
  const found = made && (await storedFor(open, storedDialogs.newPrompt, deps));
  if (made === undefined || found === undefined) return;
  const { stored, variant, link } = found;
  const change = changeOf(made.prompt, stored, variant);
  const name = stored?.name ?? String(made.prompt['name']);
  const isSame = change.before === change.after;
  const [draft, version, show] = [storedDialogs.saveDraft, storedDialogs.saveVersion, storedDialogs.showDifference];
  const changedSince = link !== undefined && link.updatedAt > 0 && stored !== undefined && stored.updatedAt > link.updatedAt;
  const detail = saveDetail(made.notes, { becomesChat: change.becomesChat, changedSince, isNew: stored === undefined });
  const choice = await vscode.window.showWarningMessage(
    messageText(isSame ? sameText(name) : storedDialogs.saveQuestion(name)),
    { modal: true, detail: messageText(detail) },
    ...(isSame ? [version] : [draft, version, show]),
  );
  if (choice === show) await showChange(change, name, deps);
  if (choice !== draft && choice !== version) return;
  const saved = await askStore(
    {
      title: storedDialogs.saving,
      refused: storedDialogs.notSaved,
      action: stored === undefined ? 'bedrock:CreatePrompt' : storedDialogs.updateActions,
    },
    (port, target, signal) => port.saveStored(stored?.id, change.prompt, choice === version, target, signal),
    deps,
  );
  if (saved === undefined) return;
  const { answer } = saved;
  await keepLink(open.ref, { id: answer.id, name: answer.name, variant, updatedAt: answer.updatedAt }, deps);
  const copy = sharedText.copyArn;
  const next = await vscode.window.showInformationMessage(messageText(savedText(answer.name, answer.version)), copy);
  if (next === copy) await vscode.env.clipboard.writeText(answer.arn);
};
