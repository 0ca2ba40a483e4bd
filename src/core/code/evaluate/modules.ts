import type { Expr, Module, Step } from '../form';
import { joinPath } from '../../text/path';
import type { Source } from '../../text/place';
import { wholeFile } from '../values/pieces';
import { memberOf, textValue, type Frame, type PathValue, type Spot, type Value } from '../values/value';
import { dataIn } from './data';
import { unknownAt, type Evaluator } from './evaluator';
import { hasName, moduleName } from './lookup';
import { stepsOf } from './steps';

const wholeExports = (module: Module): Expr | undefined =>
  stepsOf(module.scope, 'module').findLast(({ kind, path }) => kind === 'set' && path.length === 1 && path[0] === 'exports')?.value;

/** What CommonJS gives out under a name. */
const commonExport = (ev: Evaluator, module: Module, name: string, frame: Frame): Value | undefined => {
  const whole = wholeExports(module);
  if (whole !== undefined) return memberOf(ev.valueOf(whole, frame), name)?.value();
  const single = [
    ...stepsOf(module.scope, 'exports').filter(({ path }) => path[0] === name && path.length === 1),
    ...stepsOf(module.scope, 'module').filter(({ path }) => path[0] === 'exports' && path[1] === name),
  ];
  const value = single.at(-1)?.value;
  return value && ev.valueOf(value, frame);
};

/** What a file of the workspace says of a name. */
export const moduleMember = (ev: Evaluator, module: Module, name: string, spot: Spot, user: Frame): Value => {
  const frame = ev.frameOf(module.scope, module, user.probes);
  const at: Expr = { kind: 'other', at: spot.at };
  if (hasName(module.scope, name)) return ev.follow(at, user, () => moduleName(ev, name, frame, at, user));
  const common = module.language === 'typescript' ? commonExport(ev, module, name, frame) : undefined;
  if (common !== undefined) return common;
  const below = module.language === 'python' ? ev.program.moduleFor(module, `.${name}`) : undefined;
  if (below !== undefined) return { kind: 'module', module: below, spot };
  for (const star of module.stars) {
    const next = ev.program.moduleFor(module, star);
    if (next !== undefined && next !== module) {
      const found = ev.follow(at, user, () => moduleMember(ev, next, name, spot, user));
      if (found.kind !== 'unknown') return found;
    }
  }
  return unknownAt(spot);
};

/** Files that bundlers bring in as their text, or as the data that they hold. */
const asText = /^(?:\.{1,2}|[@~])\/.*(?:\?raw|\.(?:md|txt|json|prompt|xml|hbs|mustache|j2)(?:\?\w+)?)$/;

const isData = (path: string): boolean => path.endsWith('.json');

/** The text of a file that a module names: from where it lies itself, or from the folder of its program. */
const textBeside = (ev: Evaluator, path: string, spot: Spot, { module }: Frame): Source | undefined => {
  const name = path.replace(/\?.*$/, '');
  const places: readonly (readonly [string, PathValue['from']])[] = name.startsWith('.')
    ? [[joinPath(module.path, name), 'document']]
    : [
        [`src${name.slice(1)}`, 'start'],
        [name.slice(2), 'start'],
      ];
  for (const [at, from] of places) {
    const found = ev.program.textAt({ kind: 'path', path: at, from, spot }, module, spot.at);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** All that a file of data says, or one member of it. */
const ofData = (source: Source, name: string, spot: Spot): Value => {
  const data = dataIn([wholeFile(source)], false);
  return (name === '' || name === 'default' ? data : memberOf(data, name)?.value()) ?? unknownAt(spot);
};

/** What an import brings in: a module, something of one, or something of a library, which is known by its name alone. */
export const imported = (ev: Evaluator, { module: path, name }: NonNullable<Step['from']>, spot: Spot, frame: Frame): Value => {
  const module = ev.program.moduleFor(frame.module, path);
  if (module !== undefined && name === '') return { kind: 'module', module, spot };
  if (module !== undefined) return moduleMember(ev, module, name, spot, frame);
  const inside =
    name !== '' && frame.module.language === 'python'
      ? ev.program.moduleFor(frame.module, path.endsWith('.') ? `${path}${name}` : `${path}.${name}`)
      : undefined;
  if (inside !== undefined) return { kind: 'module', module: inside, spot };
  const text = asText.test(path) && (name === 'default' || isData(path)) ? textBeside(ev, path, spot, frame) : undefined;
  if (text !== undefined) return isData(path) ? ofData(text, name, spot) : textValue([wholeFile(text)]);
  return { kind: 'symbol', name: name === '' ? path : `${path}.${name}`, call: undefined, object: undefined, spot };
};
