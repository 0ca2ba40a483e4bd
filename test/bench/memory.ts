import { noFiles } from '../../src/core/prompt/files';
import { defaultSettings } from '../../src/core/settings';
import { forgetTexts } from '../../src/core/text/memo';
import { analyzeOnly } from '../support/onlyPrompt';
import { mixedText } from './corpus';
import { collectGarbage } from './garbage';

const prompts = 12;
/** What twelve prompts of a megabyte may leave behind, and what may be left of them when none is open. */
const mostMb = 15;
const mostClosedMb = 3;

const promptOf = (seed: number): string =>
  `---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n# system:\n${seed}: ${mixedText(1_000_000, seed)}\n<!-- cachePoint -->\n# user:\nHi\n`;

const heldMb = (): number => {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
};

/** Measures what analyses of other texts leave in memory: heap and typed arrays, with all garbage collected. */
export const benchMemory = (): Promise<void> => {
  const read = (text: string): void => void analyzeOnly(text, 'bedrock-prompt', noFiles, defaultSettings);
  read(promptOf(0));
  forgetTexts();
  const before = heldMb();
  const row = (name: string, most: number): void => {
    const more = heldMb() - before;
    console.log(`${name.padEnd(36)} ${more.toFixed(1).padStart(6)} MB${more > most ? `  over ${most} MB` : ''}`);
  };
  for (let seed = 1; seed <= prompts; seed += 1) {
    read(promptOf(seed));
    if (seed === 1) row('after one prompt of 1 MB', mostMb);
  }
  row(`after ${prompts} prompts of 1 MB`, mostMb);
  forgetTexts();
  row('after forgetting them', mostClosedMb);
  return Promise.resolve();
};
