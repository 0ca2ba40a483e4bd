import type { Span } from '../../text/span';
import type { Evaluator } from '../evaluate/evaluator';
import type { CallSite, Module, Scope } from '../form';
import { armsAt } from '../evaluate/steps';
import { callsNamed, holdsAny, namesAround } from '../parts';

/*
 * Calls that are started at once over one prefix: none of them finds what another is still writing. A call before them that is waited for warms the
 * prefix for all.
 */

/** How many functions lie between a fan-out and the call at most. */
const deepest = 3;

/** Functions in which a prompt is sent, and those that call them. */
const sendersOf = (document: Module, site: CallSite): ReadonlySet<string> => {
  const names = new Set(namesAround(site.scope));
  for (let round = 1; round < deepest; round += 1)
    for (const part of document.parts)
      if (holdsAny(part, names))
        for (const { name, around } of part.names.calls) if (names.has(name)) for (const outer of around) names.add(outer);
  return names;
};

const pools = /ThreadPoolExecutor|ProcessPoolExecutor|\bPool\(\)|ThreadPool\(\)/;

const inLoop = ({ call, scope }: CallSite): boolean =>
  (scope.sort === 'function' && scope.name === '') || armsAt(scope, call.at.start).some(({ isLoop }) => isLoop);

/** What a call that starts many others may be called. */
const starting = /^(?:gather|all|allSettled|create_task|map|submit)$/;

/** Does a call start what it is given many times and at once? */
const startsMany = (ev: Evaluator, document: Module, site: CallSite, text: string): boolean => {
  const { callee } = site.call;
  if (callee.kind === 'name') return callee.name === 'gather' && isMany(text);
  if (callee.kind !== 'member') return false;
  const owner = callee.object.kind === 'name' ? callee.object.name : '';
  if (callee.name === 'gather') return owner === 'asyncio' && isMany(text);
  if (/^all(?:Settled)?$/.test(callee.name)) return owner === 'Promise' && isMany(text);
  if (callee.name === 'create_task') return inLoop(site);
  if (callee.name !== 'map' && callee.name !== 'submit') return false;
  const pool = ev.valueOf(callee.object, ev.frameOf(site.scope, document, false));
  return pool.kind === 'symbol' && pools.test(pool.name) && (callee.name === 'map' || inLoop(site));
};

const isMany = (text: string): boolean => /\bfor\b|\.map\(|\bmap\(|\*\w|\.\.\.\w/.test(text);

const mentions = (text: string, names: ReadonlySet<string>): boolean =>
  [...text.matchAll(/[\p{L}_$][\p{L}\d_$]*/gu)].some(([word]) => names.has(word));

const functionAround = (scope: Scope): Scope => {
  let at = scope;
  while (at.parent !== undefined && (at.sort !== 'function' || at.name === '')) at = at.parent;
  return at;
};

/** Where many calls of a prompt are started at once, with none before them in the same function. */
export const findTogether = (ev: Evaluator, document: Module, site: CallSite): readonly Span[] => {
  const { text } = document.source;
  const senders = sendersOf(document, site);
  const isStarting = (name: string): boolean => starting.test(name);
  return callsNamed(document, isStarting, (part) => holdsAny(part, senders)).flatMap((one): readonly Span[] => {
    const { at, callee } = one.call;
    const own = text.slice(callee.at.end, at.end);
    const holds = at.start <= site.call.at.start && site.call.at.end <= at.end;
    if (!startsMany(ev, document, one, own) || !(holds || mentions(own, senders))) return [];
    const around = functionAround(one.scope);
    const before = text.slice(around.sort === 'module' ? at.start : around.at.start, at.start);
    const isOwnName = (name: string): boolean => name === around.name;
    const called = new Set([...senders].filter((name) => !isOwnName(name)));
    return !holds && mentions(before, called) ? [] : [callee.at];
  });
};
