import type { Evaluator } from '../evaluate/evaluator';
import type { CallExpr, CallSite, Module, Scope } from '../form';
import type { Sent } from '../apis/sent';
import { maySend, recognize } from './recognize';
import { saysSomething } from './rests';
import { createWrapperFinder } from './wrappers';

/** A prompt of the document: what is sent, and the call at which it is told. */
export interface FoundPrompt {
  readonly sent: Sent;
  readonly site: CallSite;
}

const titleOf = (scope: Scope | undefined): string | undefined => {
  for (let at = scope; at !== undefined; at = at.parent) if (at.sort === 'function' && at.name !== '') return at.name;
  return undefined;
};

/** What a prompt is called: the function that sends it, else the name that its result is given. */
export const promptTitle = ({ site }: FoundPrompt): string => {
  const own = titleOf(site.scope);
  if (own !== undefined) return own;
  const named = site.scope.steps.find(
    ({ kind, path, at, value }) =>
      kind === 'set' && path.length === 0 && value !== undefined && at.start <= site.call.at.start && site.call.at.end <= at.end,
  );
  if (named !== undefined) return named.root;
  const { callee } = site.call;
  return callee.kind === 'member' || callee.kind === 'name' ? callee.name : 'prompt';
};

/** The prompts of a document, in the order of the text. */
export const findPrompts = (ev: Evaluator, document: Module): readonly FoundPrompt[] => {
  const { wrappedBy } = createWrapperFinder(ev);
  const own: FoundPrompt[] = [];
  const through: FoundPrompt[] = [];
  const covered = new Set<CallExpr>();
  for (const site of document.calls) {
    const frame = ev.frameOf(site.scope, document, false);
    const sent = maySend(site) ? recognize({ ev, site, frame }) : undefined;
    if (sent !== undefined) {
      own.push({ sent, site });
      continue;
    }
    for (const { sent: wrapped, inner } of wrappedBy(site.call, frame)) {
      if (!saysSomething(wrapped)) continue;
      covered.add(wrapped.site.call).add(inner);
      through.push({ sent: wrapped, site });
    }
  }
  const all = [...own.filter(({ site }) => !covered.has(site.call)), ...through.filter(({ site }) => !covered.has(site.call))];
  return all.sort((a, b) => a.site.call.at.start - b.site.call.at.start);
};
