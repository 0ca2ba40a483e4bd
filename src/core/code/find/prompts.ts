import { encloses } from '../../text/span';
import { langchainChain } from '../apis/langchain';
import type { Sent } from '../apis/sent';
import type { Evaluator } from '../evaluate/evaluator';
import type { CallExpr, CallSite, Module, Part, Scope } from '../form';
import { callsNamed, chainsOf, holdsAny } from '../parts';
import { mayBeSender, maySend, recognize, senders } from './recognize';
import { saysSomething, saysTheSame } from './rests';
import { createWrapperFinder } from './wrappers';
import { titleWording } from '../../wording/promptFile';

/** A prompt of the document: what is sent, and the call at which it is told. */
export interface FoundPrompt {
  readonly sent: Sent;
  readonly site: CallSite;
  /** What it is called, where that is not told by its place. */
  readonly title?: string;
}

/** What a file calls something that is made of a function without a name: a handler in a wrapper. */
const nameAround = ({ at, parent }: Scope): string | undefined =>
  parent?.sort === 'module'
    ? parent.steps.find((step) => step.kind === 'set' && step.path.length === 0 && encloses(step.at, at))?.root
    : undefined;

const functionOf = (scope: Scope | undefined): string | undefined => {
  for (let at = scope; at !== undefined; at = at.parent) {
    const name = at.sort !== 'function' ? undefined : at.name === '' ? nameAround(at) : at.name;
    if (name !== undefined) return name;
  }
  return undefined;
};

/** The name that the result of a call is given. */
const nameOf = ({ site: { call, scope } }: FoundPrompt): string | undefined =>
  scope.steps.findLast((step) => step.kind === 'set' && encloses(step.at, call.at) && step.path.length === 0 && step.value !== undefined)
    ?.root;

/** What a prompt is called: the function that sends it; an agent by its own name; at the top of a file, what its result is called. */
export const promptTitle = (found: FoundPrompt): string => {
  const { sent, site, title } = found;
  if (title !== undefined) return title;
  const [fn, name] = [functionOf(site.scope), nameOf(found)];
  if (fn !== undefined) return sent.isAgent && name !== undefined ? titleWording.inFunction(name, fn) : `${fn}()`;
  if (name !== undefined) return name;
  const { callee } = site.call;
  return callee.kind === 'member' || callee.kind === 'name' ? `${callee.name}()` : titleWording.unnamed;
};

/** Is it the function around it that is called? */
const isRecursive = ({ call: { callee }, scope }: CallSite): boolean => {
  const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' && callee.object.kind === 'self' ? callee.name : undefined;
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent)
    if (at.sort === 'function' && at.name !== '' && at.name === name) return true;
  return false;
};

const chainsIn = (ev: Evaluator, document: Module): readonly FoundPrompt[] =>
  chainsOf(document).flatMap(({ expr, scope }): readonly FoundPrompt[] => {
    const site: CallSite = { call: { kind: 'call', at: expr.at, callee: expr, args: [], isNew: false }, scope };
    const sent = langchainChain({ ev, site, frame: ev.frameOf(scope, document, false) }, expr);
    return sent === undefined ? [] : [{ sent, site }];
  });

/** A call of what a call gives, or of an element: it has no name. */
const nameless = /[)\]]\s*\(/;

const holdsLeading = (part: Part, leading: ReadonlySet<string>): boolean =>
  leading.size > 0 && (part.holds(nameless) || holdsAny(part, leading));

/** The prompts of a document, in the order of the text. */
export const findPrompts = (ev: Evaluator, document: Module): readonly FoundPrompt[] => {
  const { wrappedBy, leadingIn } = createWrapperFinder(ev);
  const leading = leadingIn(document);
  const own: FoundPrompt[] = [];
  const through: FoundPrompt[] = [];
  const covered = new Set<CallExpr>();
  const isWanted = (name: string): boolean => mayBeSender(name) || leading.has(name);
  const mayHold = (part: Part): boolean => part.holds(senders) || holdsLeading(part, leading);
  for (const site of callsNamed(document, isWanted, mayHold)) {
    const frame = ev.frameOf(site.scope, document, false);
    const sent = maySend(site) ? recognize({ ev, site, frame }) : undefined;
    if (sent !== undefined) {
      own.push({ sent, site });
      continue;
    }
    if (isRecursive(site)) continue;
    for (const { sent: wrapped, inner, isOnly, isParted, addsNothing, isReached } of wrappedBy(site.call, frame)) {
      // A prompt of another file that has all of its text there is one of that file.
      if (addsNothing === true && isParted !== true && wrapped.frame.module !== document) continue;
      if (isOnly === undefined && isParted !== true && !saysSomething(wrapped)) continue;
      covered.add(wrapped.site.call).add(inner);
      if (isReached && !through.some((one) => one.site === site && saysTheSame(one.sent, wrapped))) through.push({ sent: wrapped, site });
    }
  }
  const all = [...own, ...through].filter(({ site }) => !covered.has(site.call));
  return [...all, ...chainsIn(ev, document)].sort((a, b) => a.site.call.at.start - b.site.call.at.start);
};
