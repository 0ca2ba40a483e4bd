import assert from 'node:assert/strict';
import * as engine from '../../../../src/core/engine';
import { noFiles } from '../../../../src/core/prompt/files';
import type { Prompt } from '../../../../src/core/prompt/model';
import { defaultSettings } from '../../../../src/core/settings';
import type * as valuesModule from '../../../../src/editor/runs/values';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';
import { analyzeOnly } from '../../../support/onlyPrompt';

const fake = createFakeVscode();
const asked: string[] = [];
/** A list's answer is the number of its entry, an input's the text typed; no answer leaves an input as it is filled in. */
const answers: (string | number | undefined)[] = [];
Object.assign(fake.vscode.window, {
  showInputBox: ({ title, value }: { title: string; value: string }) => {
    asked.push(title);
    return Promise.resolve(answers.length === 0 ? value : answers.shift());
  },
  showQuickPick: (items: readonly unknown[], { title }: { title: string }) => {
    asked.push(title);
    const answer = answers.shift();
    return Promise.resolve(typeof answer === 'number' ? items[answer] : undefined);
  },
});

const valuesOf = loadEditor(fake, () => require('../../../../src/editor/runs/values') as typeof valuesModule);
const pickValues = (prompt: Prompt, askAgain: boolean) => valuesOf.pickValues(prompt, askAgain, () => engine);
const stillFits = (prompt: Prompt, choice: valuesModule.Choice) => valuesOf.stillFits(prompt, choice, () => engine);

const promptOf = (header: string, body: string): Prompt =>
  analyzeOnly(`---\n${header}---\n# user:\n${body}\n`, 'bedrock-prompt', noFiles, defaultSettings).prompt;
const samples = 'variables: { who: {}, why: {} }\nsamples:\n  - { who: Ann, why: a }\n  - { who: Bob, why: b }\n';

describe('the values of a run', () => {
  beforeEach(() => {
    asked.splice(0);
    answers.splice(0);
  });

  it('are not asked for where the prompt gives them', async () => {
    const prompt = promptOf('variables: { who: { default: Ann } }\n', '{{who}}');
    assert.deepEqual(await pickValues(prompt, false), { sample: undefined, values: {} });
    assert.deepEqual(asked, []);
  });

  it('can be others than the defaults on request, but not others than what is fixed', async () => {
    const prompt = promptOf('variables: { who: { default: Ann }, desk: { value: North } }\n', '{{who}} {{desk}}');
    answers.push('Bob');
    assert.deepEqual(await pickValues(prompt, true), { name: 'Own values', sample: undefined, values: { who: 'Bob' } });
    assert.deepEqual(asked, ['Value of {{who}}']);
  });

  it('are those of a sample row, or typed', async () => {
    const prompt = promptOf(samples, '{{who}} {{why}}');
    answers.push(1);
    assert.deepEqual((await pickValues(prompt, false))?.values, { who: 'Bob', why: 'b' });
    answers.push(2, 'Cyd', 'c');
    assert.deepEqual(await pickValues(prompt, false), { name: 'Own values', sample: undefined, values: { who: 'Cyd', why: 'c' } });
  });

  it('are none when the person turns back', async () => {
    const prompt = promptOf(samples, '{{who}} {{why}}');
    answers.push(undefined);
    assert.equal(await pickValues(prompt, false), undefined);
    answers.push(2, 'Cyd', undefined);
    assert.equal(await pickValues(prompt, false), undefined);
  });

  it('no longer fit when the prompt uses another variable, or the chosen sample row has changed', async () => {
    const choice = { sample: { who: 'Ann', why: 'a' }, values: { who: 'Ann', why: 'a' } };
    assert.equal(stillFits(promptOf(samples, '{{who}} {{why}}'), choice), true);
    assert.equal(stillFits(promptOf(samples, '{{who}}'), choice), true, 'what is not used does no harm');
    assert.equal(stillFits(promptOf(samples, '{{who}} {{when}}'), choice), false);
    assert.equal(stillFits(promptOf(samples.replace('Ann', 'Eve'), '{{who}}'), choice), false);
    assert.equal(stillFits(promptOf('', 'Hello'), { sample: undefined, values: {} }), true);
    assert.equal(stillFits(promptOf('', 'Hello {{who}}'), { sample: undefined, values: {} }), false);
  });

  it('are remembered for variables that are not declared, too', () => {
    assert.equal(stillFits(promptOf('', 'Hello {{who}}'), { sample: undefined, values: { who: 'Ann' } }), true);
  });
});
