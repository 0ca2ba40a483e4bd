import { noPrompts, type PromptEntry, type Reading } from '../formats/format';
import { isPromptFile } from '../formats/codeText';
import type { FileSource } from '../prompt/files';
import type { Prompt } from '../prompt/model';
import { once } from '../text/once';
import { span, type Located } from '../text/span';
import { createEvaluator } from './evaluate/create';
import type { Evaluator } from './evaluate/evaluator';
import { findPrompts, promptTitle, type FoundPrompt } from './find/prompts';
import { findTexts } from './find/texts';
import { findTogether } from './find/together';
import { findMisreads } from './find/usage';
import type { Module } from './form';
import { languageOf, readModule } from './languages';
import { draftProblems } from './problems';
import { createProgram, type UsedFiles } from './program';
import { assemble } from './prompt/assemble';
import { codeWriter } from './write/writer';

/** A prompt's id stays while somebody types elsewhere: its function, and which one in it. */
const numbered = () => {
  const counts = new Map<string, number>();
  return (title: string): string => {
    const count = (counts.get(title) ?? 0) + 1;
    counts.set(title, count);
    return count === 1 ? title : `${title}#${count}`;
  };
};

const read = (ev: Evaluator, { sent, site }: FoundPrompt, document: Module): Prompt => {
  const { draft, prompt } = assemble(ev, sent, document.source, site.call.at);
  const together = findTogether(ev, document, site);
  const open = prompt.open && { ...prompt.open, ...(together.length === 0 ? {} : { together }) };
  return {
    ...prompt,
    ...(open === undefined ? {} : { open }),
    problems: draftProblems(draft),
    write: codeWriter(draft, document.language, prompt.sources),
  };
};

/** What a file of code sends; other files are asked for while its prompts are read. */
class CodeReading implements Reading {
  readonly prompts: readonly PromptEntry[];
  readonly problems: Reading['problems'];
  readonly #used: UsedFiles;

  constructor(prompts: readonly PromptEntry[], problems: Reading['problems'], used: UsedFiles) {
    this.prompts = prompts;
    this.problems = problems;
    this.#used = used;
  }

  get files(): readonly Located<string>[] {
    return [...this.#used].flatMap(([value, places]) => (places.length === 0 ? [span(0, 0)] : places).map((at) => ({ value, span: at })));
  }
}

/**
 * The prompts that a file of code sends. Total: any text gives prompts or none. Nothing is ever run; other files of the program are read through
 * `files`, by paths relative to the document's folder. `isTyped`: other versions of the file will follow, and are read with what is known of this one.
 */
export const readCode = (text: string, path: string, files: FileSource, isTyped = true): Reading => {
  const language = languageOf(path);
  if (language === undefined) return noPrompts;
  const document = readModule('', text, language, path.slice(path.lastIndexOf('.') + 1), isTyped ? path : undefined);
  const used: UsedFiles = new Map();
  const ev = createEvaluator(createProgram(document, files, used));
  const idOf = numbered();
  const sent = findPrompts(ev, document);
  const all = sent.length === 0 && isPromptFile(path) ? findTexts(ev, document, path) : sent;
  const prompts = all.map((found): PromptEntry => {
    const title = promptTitle(found);
    const { at } = found.site.call;
    const prompt = once(() => read(ev, found, document));
    return { id: idOf(title), title, head: span(at.start, at.start), span: at, read: prompt };
  });
  return new CodeReading(prompts, findMisreads(document), used);
};
