import { knownText, type Value } from '../values/value';
import { dataIn } from './data';
import { argumentAt, spotAt } from './evaluator';
import { first, type Library } from './libraryCall';
import { textOfFile } from './methods';
import { asPath, joinPaths, parentOf } from './paths';

/* Paths, and the texts of files that they lead to. */

const same: Library = (ev, call, frame) => first(ev, call, frame);

const joinAll: Library = (ev, call, frame) =>
  joinPaths(
    call.args.map(({ value }) => ev.valueOf(value, frame)),
    spotAt(call, frame),
  ) ?? undefined;

const onPath =
  (change: (path: NonNullable<ReturnType<typeof asPath>>) => Value): Library =>
  (ev, call, frame) => {
    const path = asPath(first(ev, call, frame), spotAt(call, frame));
    return path && change(path);
  };

const newPath: Library = (ev, call, frame) => {
  const parts = call.args.map(({ value }) => ev.valueOf(value, frame));
  return parts.length > 1 ? joinPaths(parts, spotAt(call, frame)) : asPath(parts[0], spotAt(call, frame));
};

const readFile: Library = (ev, call, frame) => textOfFile(ev, first(ev, call, frame), call, frame);

/** `open(…).read()` */
const readOpened: Library = (ev, call, frame, { object }) => {
  const opened = object?.object?.call ?? object?.call;
  return opened && textOfFile(ev, first(ev, opened.expr, opened.frame), call, frame, opened.expr);
};

/** What a text or a file of data says, given as its text, its path opened, or what was opened. */
const readData =
  (isYaml: boolean): Library =>
  (ev, call, frame) => {
    const given = first(ev, call, frame);
    const opened = given?.kind === 'symbol' && given.name.endsWith('open()') ? given.call : undefined;
    const text = opened === undefined ? given : textOfFile(ev, first(ev, opened.expr, opened.frame), call, frame, opened.expr);
    return text?.kind === 'text' ? dataIn(text.pieces, isYaml) : undefined;
  };

const [readJson, readYaml] = [readData(false), readData(true)];

/** `new URL('./rules.md', import.meta.url)`: beside the file. */
const besideFile: Library = (ev, call, frame) => {
  const base = argumentAt(call, 1);
  const [name, from] = [first(ev, call, frame), base && ev.valueOf(base, frame)];
  return name === undefined || from?.kind !== 'path' ? undefined : joinPaths([parentOf(from, 1), name], spotAt(call, frame));
};

/** Where a program is started. */
const here: Library = (_ev, call, frame) => ({ kind: 'path', path: '', from: 'start', spot: spotAt(call, frame) });

/** The folder of a package, by its name. */
const packageFolder: Library = (ev, call, frame) => {
  const name = knownText(first(ev, call, frame));
  return name === undefined ? undefined : { kind: 'path', path: name.replaceAll('.', '/'), from: 'start', spot: spotAt(call, frame) };
};

/** By the names of their functions. */
export const fileFunctions: Readonly<Record<string, Library>> = {
  'os.path.join': joinAll,
  'os.path.dirname': onPath((path) => parentOf(path, 1)),
  'os.path.abspath': onPath((path) => path),
  'os.path.realpath': onPath((path) => path),
  'os.path.normpath': onPath((path) => path),
  'pathlib.Path': newPath,
  'pathlib.Path.cwd': here,
  'os.getcwd': here,
  'process.cwd': here,
  'importlib.resources.files': packageFolder,
  'pathlib.PurePath': newPath,
  'open().read': readOpened,
  'fs.readFileSync': readFile,
  'fs.readFile': readFile,
  'fs.promises.readFile': readFile,
  'fs/promises.readFile': readFile,
  'path.join': joinAll,
  'path.resolve': joinAll,
  'path.dirname': onPath((path) => parentOf(path, 1)),
  'url.fileURLToPath': same,
  'json.load': readJson,
  'json.loads': readJson,
  'orjson.loads': readJson,
  'JSON.parse': readJson,
  'yaml.safe_load': readYaml,
  'yaml.load': readYaml,
  'yaml.full_load': readYaml,
  'yaml.parse': readYaml,
  'yaml.default.parse': readYaml,
  'js-yaml.load': readYaml,
  'js-yaml.default.load': readYaml,
  URL: besideFile,
  'url.URL': besideFile,
};
