import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planCache, type CachePlan, type PlanOptions } from '../../../../src/core/cache/plan';
import { filesFrom, type FileSource } from '../../../../src/core/prompt/files';
import { detectFormat, formats } from '../../../../src/core/formats/index';
import type { Format } from '../../../../src/core/formats/format';
import type { Prompt } from '../../../../src/core/prompt/model';
import { once } from '../../../../src/core/text/once';
import { parseOnly } from '../../../support/onlyPrompt';

/** A prompt read and planned, as the cache tests need it. */
export interface ReadPrompt {
  readonly name: string;
  readonly text: string;
  readonly format: Format;
  readonly prompt: Prompt;
  readonly plan: CachePlan;
  /** Reads another text as a version of this file. */
  readonly again: (text: string) => ReadPrompt;
}

export const readPrompt = (name: string, text: string, files: FileSource = filesFrom({}), options: PlanOptions = {}): ReadPrompt => {
  const format = formats[detectFormat(name, text) ?? 'bedrock-prompt'];
  const prompt = parseOnly(text, format.id, files);
  const plan = once(() => planCache(prompt, options));
  return {
    name,
    text,
    format,
    prompt,
    get plan() {
      return plan();
    },
    again: (other) => readPrompt(name, other, files, options),
  };
};

const samples = join(import.meta.dirname, '..', '..', '..', '..', 'media', 'samples');

const fromSamples: FileSource = (path, as) => {
  try {
    const bytes = readFileSync(join(samples, path));
    return as === 'text' ? { kind: 'text', text: bytes.toString('utf8') } : { kind: 'bytes', bytes };
  } catch {
    return { kind: 'refused', reason: 'missing' };
  }
};

/** Every prompt that the extension brings along. */
export const shippedSamples = once((): readonly ReadPrompt[] =>
  readdirSync(samples)
    .filter((name) => /\.(bedrock\.md|converse\.json)$/.test(name))
    .map((name) => readPrompt(name, readFileSync(join(samples, name), 'utf8'), fromSamples)),
);

const fixtures = join(import.meta.dirname, '..', '..', '..', 'fixtures');

/** Every prompt among the fixtures, marks and all: any text is a prompt. */
export const fixturePrompts = once((): readonly ReadPrompt[] =>
  readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(bedrock\.md|converse\.json)$/.test(name))
    .map((name) => readPrompt(name, readFileSync(join(fixtures, name), 'utf8'))),
);

/** Plain text of about this many tokens that no rule objects to. */
export const filler = (tokens: number): string =>
  'The desk answers within one working day and says what happens next. '.repeat(Math.ceil(tokens / 13)).trim();
