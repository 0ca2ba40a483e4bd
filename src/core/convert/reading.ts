import type { Prompt } from '../prompt/model';
import { insertAt, replaceSpan, type Edits } from '../text/edit';
import { draftOf, type Draft } from './draft';
import { variableNames } from './targets/bedrockPrompt';
import { pythonReader } from './readers/pythonReader';
import { typescriptReader } from './readers/typescriptReader';
import type { CodeLanguage, ConvertNote, ConvertOptions } from './types';

/** The code that reads a prompt file in the place of the request that it was extracted from. */

export interface ReadingCode {
  readonly edits: Edits;
  /** A module beside the code, which does the reading. */
  readonly reader: { readonly fileName: string; readonly text: string };
  readonly notes: readonly ConvertNote[];
}

const readers: { readonly [L in CodeLanguage]: ReadingCode['reader'] & { readonly line: string } } = {
  python: { fileName: 'bedrock_prompt.py', text: pythonReader, line: 'from bedrock_prompt import load_prompt\n' },
  typescript: { fileName: 'bedrockPrompt.ts', text: typescriptReader, line: "import { loadPrompt } from './bedrockPrompt';\n" },
};

/** Where the import of the reader goes: before the first of the file, and behind those that must be first. */
const importPlace = (text: string): number => {
  const first = /^(?:import\b|from\s+(?!__future__)[\w.]+\s+import\b)/m.exec(text);
  if (first !== null) return first.index;
  const head = /^\uFEFF?(?:#!.*\n)?(?:[ \t]*(?:#|\/\/).*\n|[ \t]*\n|from __future__.*\n|['"]use strict['"];?\n)*/.exec(text);
  return head?.[0].length ?? 0;
};

const sourcesOf = (draft: Draft): ReadonlyMap<string, string> =>
  new Map([...variableNames(draft)].map(([hole, name]) => [name, hole.kind === 'value' ? hole.name : '']));

const isWord = /^[A-Za-z_]\w*$/;

const inPython = (path: string, given: ReadonlyMap<string, string>): string => {
  const names = [...given].map(([name, source]) => `, ${name}=${source}`);
  return `**load_prompt(${JSON.stringify(path)}${names.join('')})`;
};

const inTypeScript = (path: string, given: ReadonlyMap<string, string>): string => {
  const members = [...given].map(([name, source]) => (name === source ? name : `${name}: ${source}`));
  return `loadPrompt('${path}'${members.length === 0 ? '' : `, { ${members.join(', ')} }`})`;
};

/**
 * The edits that make code read a prompt file, by its path from the folder of the code on; `undefined` where the request is not written as a whole in one call of a client
 * of Converse, or where what varies in it is not at hand there. `text`: of the code's document.
 */
export const readingCode = (prompt: Prompt, path: string, text: string, options: ConvertOptions): ReadingCode | undefined => {
  const draft = draftOf(prompt, options);
  if ('code' in draft || !/^[\w./ -]+$/.test(path)) return undefined;
  const given = sourcesOf(draft);
  const place = prompt.write.requestAt?.([...given.values()]);
  if (place === undefined || [...given.keys()].some((name) => !isWord.test(name))) return undefined;
  const { line, ...reader } = readers[place.language];
  const expression = place.language === 'python' ? inPython(path, given) : inTypeScript(path, given);
  const isImported = text.includes(line.trim());
  return {
    edits: [...(isImported ? [] : [insertAt(importPlace(text), line)]), replaceSpan(place.at, expression)],
    reader,
    notes: [{ code: 'reader', fileName: reader.fileName, needs: place.language === 'python' ? 'PyYAML' : 'yaml' }],
  };
};
