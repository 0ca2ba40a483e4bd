import type { FileSource } from '../prompt/files';
import { extensionOf, joinPath } from '../text/path';
import type { Source } from '../text/place';
import type { Span } from '../text/span';
import type { Program } from './evaluate/evaluator';
import type { LanguageId, Module } from './form';
import { readImported } from './imports';
import { languageOf } from './languages';
import type { PathValue } from './values/value';

/** Files of one reading: so many, and none longer. */
const most = { files: 40, characters: 1_000_000 };

/** Packages that every program of this kind uses: no file of the workspace has their names. */
const libraries =
  /^(?:__future__|boto3|botocore|aioboto3|aws_lambda_powertools|anthropic|openai|litellm|strands|strands_tools|langchain\w*|langgraph|pydantic\w*|fastapi|flask|django|streamlit|numpy|pandas|dotenv|requests|httpx|yaml|jinja2|opentelemetry|pytest|os|json|sys|re|typing\w*|datetime|time|uuid|logging|asyncio|pathlib|textwrap|inspect|string|functools|collections|dataclasses|enum|abc|concurrent|threading|random|base64|io|copy|itertools|math|hashlib|secrets|subprocess|tempfile|shutil|contextlib|traceback|argparse|warnings|importlib|urllib|csv)(?:\.|$)/;

/** How many folders up from a file a package of its program may begin. */
const levels = ['', '../', '../../', '../../../', '../../../../'];

const pythonPlaces = (from: Module, name: string): readonly string[] => {
  const dots = /^\.*/.exec(name)?.[0].length ?? 0;
  const rest = name.slice(dots).replaceAll('.', '/');
  const ends = (base: string): readonly string[] =>
    rest === '' ? [`${base}__init__.py`] : [`${base}${rest}.py`, `${base}${rest}/__init__.py`];
  if (dots > 0) return ends('../'.repeat(dots - 1)).map((path) => joinPath(from.path, path));
  if (libraries.test(name)) return [];
  return levels.flatMap((level) => [...ends(level), ...ends(`${level}src/`)]).map((path) => joinPath(from.path, path));
};

const scriptEnds = ['.ts', '.tsx', '.js', '.mjs', '.jsx', '/index.ts', '/index.tsx', '/index.js'];

const scriptPlaces = (from: Module, name: string): readonly string[] => {
  const relative = /^\.{1,2}(?:\/|$)/.test(name)
    ? [name]
    : /^[@~]\//.test(name)
      ? levels.flatMap((level) => [`${level}src/${name.slice(2)}`, `${level}${name.slice(2)}`])
      : [];
  return relative.flatMap((path) => {
    const stem = path.replace(/\.[cm]?jsx?$/, '');
    const own = /\.(?:[cm]?[jt]sx?)$/.test(path) ? [path] : [];
    return [...own, ...scriptEnds.map((end) => stem + end)].map((one) => joinPath(from.path, one.startsWith('.') ? one : `./${one}`));
  });
};

/** A file that a program uses, and where its document reads it as text. */
export type UsedFiles = Map<string, Span[]>;

/** A program's other files, read when a name leads to them. Everything asked for and found is noted in `used`. */
export const createProgram = (document: Module, files: FileSource, used: UsedFiles): Program => {
  const use = (path: string): Span[] => {
    const places = used.get(path) ?? [];
    used.set(path, places);
    return places;
  };
  const modules = new Map<string, Module | undefined>([['', document]]);
  const names = new Map<string, Module | undefined>();
  let count = 0;
  const textOf = (path: string): string | undefined => {
    if (count >= most.files) return undefined;
    const answer = files(path, 'text');
    if (answer.kind === 'pending') use(path);
    if (answer.kind !== 'text' || answer.text.length > most.characters) return undefined;
    use(path);
    count += 1;
    return answer.text;
  };
  const moduleAt = (path: string): Module | undefined => {
    if (modules.has(path)) return modules.get(path);
    const language: LanguageId | undefined = languageOf(path);
    const text = language === undefined ? undefined : textOf(path);
    const module = text === undefined || language === undefined ? undefined : readImported(path, text, language, extensionOf(path));
    modules.set(path, module);
    return module;
  };
  const texts = new Map<string, Source | undefined>();
  return {
    moduleFor: (from, name) => {
      const key = `${from.language} ${/^[.]/.test(name) ? from.path : ''} ${name}`;
      if (names.has(key)) return names.get(key);
      const places = from.language === 'python' ? pythonPlaces(from, name) : scriptPlaces(from, name);
      let found: Module | undefined;
      for (const place of places) {
        found = moduleAt(place);
        if (found !== undefined) break;
      }
      names.set(key, found);
      return found;
    },
    textAt: ({ path, from }: PathValue, by, at) => {
      if (/^(?:\/|[a-z]:)/i.test(path)) return undefined;
      const places = from === 'document' ? [path] : levels.map((level) => joinPath('', level + path));
      for (const place of places) {
        const known = texts.get(place);
        const text = known?.text ?? textOf(place);
        if (text === undefined) continue;
        const source = known ?? { path: place, text };
        texts.set(place, source);
        if (by === document) use(place).push(at);
        return source;
      }
      return undefined;
    },
  };
};
