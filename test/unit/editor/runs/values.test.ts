import assert from 'node:assert/strict';
import * as engine from '../../../../src/core/engine';
import { noFiles } from '../../../../src/core/prompt/files';
import type { Prompt } from '../../../../src/core/prompt/model';
import { defaultSettings } from '../../../../src/core/settings';
import { usedValues } from '../../../../src/editor/runs/usedValues';
import type * as valuesModule from '../../../../src/editor/runs/values';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';
import { analyzeOnly } from '../../../support/onlyPrompt';

const fake = createFakeVscode();
const asked: string[] = [];
const forms: Parameters<valuesModule.Asking['ask']>[0][] = [];
/** A list's answer is the number of its entry, a form's what is typed into its fields; the others stay as they are filled in. */
const answers: (Readonly<Record<string, string>> | number | undefined)[] = [];
Object.assign(fake.vscode.window, {
  showQuickPick: (items: readonly unknown[], { title }: { title: string }) => {
    asked.push(title);
    const answer = answers.shift();
    return Promise.resolve(typeof answer === 'number' ? items[answer] : undefined);
  },
});

const valuesOf = loadEditor(fake, () => require('../../../../src/editor/runs/values') as typeof valuesModule);
/** The form, whose fields stay as they are filled in where nothing is typed. */
const ask: valuesModule.Asking['ask'] = (form) => {
  forms.push(form);
  const typed = answers.length === 0 ? {} : answers.shift();
  if (typeof typed !== 'object') return Promise.resolve(undefined);
  return Promise.resolve({ ...form.given, ...Object.fromEntries(form.fields.map(({ name, value }) => [name, typed[name] ?? value])) });
};
const pickValues = (prompt: Prompt, askAgain: boolean, last: Readonly<Record<string, string>> = {}) =>
  valuesOf.pickValues(prompt, askAgain, () => engine, { ask, last });
const stillFits = (prompt: Prompt, choice: valuesModule.Choice) => valuesOf.stillFits(prompt, choice, () => engine);

const fields = () => forms[0]?.fields.map(({ name, description, value }) => [name, description, value]);

const promptOf = (header: string, body: string): Prompt =>
  analyzeOnly(`---\n${header}---\n# user:\n${body}\n`, 'bedrock-prompt', noFiles, defaultSettings).prompt;
const samples = 'variables: { who: {}, why: {} }\nsamples:\n  - { who: Ann, why: a }\n  - { who: Bob, why: b }\n';

describe('the values of a run', () => {
  beforeEach(() => {
    asked.splice(0);
    forms.splice(0);
    answers.splice(0);
  });

  it('are not asked for where the prompt gives them', async () => {
    const prompt = promptOf('variables: { who: { default: Ann } }\n', '{{who}}');
    assert.deepEqual(await pickValues(prompt, false), { sample: undefined, values: {} });
    assert.deepEqual([asked, forms], [[], []]);
  });

  it('can be others than the defaults on request, but not others than what is fixed', async () => {
    const prompt = promptOf('variables: { who: { default: Ann }, desk: { value: North } }\n', '{{who}} {{desk}}');
    answers.push({ who: 'Bob' });
    assert.deepEqual(await pickValues(prompt, true), { name: 'Own values', sample: undefined, values: { who: 'Bob' } });
    assert.deepEqual(fields(), [['who', 'Sent as it is typed.', 'Ann']]);
    assert.deepEqual(asked, []);
  });

  it('are those of a sample row, or typed', async () => {
    const prompt = promptOf(samples, '{{who}} {{why}}');
    answers.push(1);
    assert.deepEqual((await pickValues(prompt, false))?.values, { who: 'Bob', why: 'b' });
    answers.push(2, { who: 'Cyd', why: 'c' });
    assert.deepEqual(await pickValues(prompt, false), { name: 'Own values', sample: undefined, values: { who: 'Cyd', why: 'c' } });
  });

  it('are none when the person turns back', async () => {
    const prompt = promptOf(samples, '{{who}} {{why}}');
    answers.push(undefined);
    assert.equal(await pickValues(prompt, false), undefined);
    answers.push(2, undefined);
    assert.equal(await pickValues(prompt, false), undefined);
  });

  it('are asked for all at once, several lines too, and begin with those used last', async () => {
    const prompt = promptOf('variables: { who: { example: Ann, description: The guest }, why: {} }\n', '{{who}} {{why}}');
    answers.push({ why: 'one\ntwo' });
    const choice = await pickValues(prompt, false, { who: 'Eve' });
    assert.deepEqual(choice?.values, { who: 'Eve', why: 'one\ntwo' });
    assert.deepEqual(fields(), [
      ['who', 'The guest', 'Eve'],
      ['why', 'Sent as it is typed.', ''],
    ]);
    assert.equal(forms[0]?.note, 'Filled in as they were used last.');
  });

  it('are asked for where a sample row leaves some out', async () => {
    const prompt = promptOf(samples, '{{who}} {{why}} {{when}}');
    answers.push(0, { when: 'now' });
    assert.deepEqual(await pickValues(prompt, false), {
      name: 'Sample 1',
      sample: { who: 'Ann', why: 'a' },
      values: { who: 'Ann', why: 'a', when: 'now' },
    });
    assert.deepEqual([fields(), forms[0]?.note], [[['when', 'Sent as it is typed.', '']], 'The other values are those of Sample 1.']);
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

  it('are shown as they are sent, defaults too, and not those that never change', () => {
    const header = 'variables: { who: {}, why: { default: so }, desk: { value: North } }\n';
    const prompt = promptOf(header, '{{who}} {{why}} {{desk}}');
    assert.deepEqual(
      usedValues({ prompt }, { who: 'Ann\nBob', unused: 'x' }, () => engine),
      [
        { name: 'who', text: 'Ann\nBob' },
        { name: 'why', text: 'so' },
      ],
    );
    const [long] = usedValues({ prompt }, { who: 'a'.repeat(5000) }, () => engine);
    assert.equal(long?.text.length, 4001);
  });

  it('are remembered for variables that are not declared, too', () => {
    assert.equal(stillFits(promptOf('', 'Hello {{who}}'), { sample: undefined, values: { who: 'Ann' } }), true);
  });
});
