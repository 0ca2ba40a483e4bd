import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import { onlyPrompt } from '../../../../src/core/prompt/model';
import type { PanelSubject } from '../../../../src/editor/panel/subject';
import type { PromptRef } from '../../../../src/editor/promptRef';
import type * as forecastModule from '../../../../src/editor/panel/forecastTab';
import type * as modelsModule from '../../../../src/editor/panel/modelsTab';
import { createFakeWorkspace, edited, loadFeatures } from '../../../support/fakeWorkspace';

const workspace = createFakeWorkspace();
const { open, type, close, edits, set } = workspace;
const { createModelsTab, createForecastTab, deps } = loadFeatures(workspace, () => ({
  ...(require('../../../../src/editor/panel/modelsTab') as typeof modelsModule),
  ...(require('../../../../src/editor/panel/forecastTab') as typeof forecastModule),
}));

const sonnet = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const textWith = (header: string): string =>
  `---\n${header}---\n# system:\n${'The desk answers briefly and says what it does not know. '.repeat(200)}\n<!-- cachePoint -->\n# user:\nHello\n`;

/** The only prompt of a document. */
const refTo = ({ uri }: TextDocument): PromptRef => ({ uri, id: onlyPrompt });
const nobody: PanelSubject = { prompt: undefined, changed: () => undefined, select: () => undefined };
const modelsOf = (document: TextDocument) => createModelsTab(deps, { ...nobody, prompt: refTo(document) });

describe('the Models tab', () => {
  beforeEach(() => edits.splice(0));

  it('has the prompt on every model, and marks the one that it names', () => {
    const document = open('/ws/a.bedrock.md', textWith(`modelId: ${sonnet}\n`));
    const view = modelsOf(document).view(refTo(document));
    assert.deepEqual(
      view?.rows.filter(({ current }) => current).map(({ name }) => name),
      ['Claude Sonnet 4.5'],
    );
    assert.ok(view.rows.length > 50);
    close(document);
  });

  it('is made once for each text, and again when a setting changes', () => {
    const tab = createModelsTab(deps, nobody);
    const document = open('/ws/a.bedrock.md', textWith(`modelId: ${sonnet}\n`));
    const first = tab.view(refTo(document));
    assert.equal(tab.view(refTo(document)), first);
    type(document, `${document.text}More.\n`);
    const second = tab.view(refTo(document));
    assert.notEqual(second, first);
    set({ callsPerHour: 3 });
    assert.match(tab.view(refTo(document))?.summary ?? '', /3 calls/);
    close(document);
  });

  it('is empty without a prompt, and for one that was closed', () => {
    const tab = createModelsTab(deps, nobody);
    const document = open('/ws/a.bedrock.md', textWith(''));
    close(document);
    assert.equal(tab.view(undefined), undefined);
    assert.equal(tab.view(refTo(document)), undefined);
  });

  it('writes the chosen model into the prompt as one edit of its id', async () => {
    const document = open('/ws/a.bedrock.md', textWith(`modelId: ${sonnet}\n`));
    await modelsOf(document).receive.useModel({ type: 'useModel', modelId: 'us.amazon.nova-lite-v1:0' });
    assert.equal(edits.length, 1);
    assert.equal(edited(document.text, edits), textWith('modelId: us.amazon.nova-lite-v1:0\n'));
    close(document);
  });

  it('writes it where the prompt names none', async () => {
    const document = open('/ws/a.bedrock.md', textWith('name: Desk\n'));
    await modelsOf(document).receive.useModel({ type: 'useModel', modelId: 'us.amazon.nova-lite-v1:0' });
    assert.match(edited(document.text, edits), /^---\n(name: Desk\n)?modelId: us\.amazon\.nova-lite-v1:0\n/);
    close(document);
  });

  it('changes nothing in a prompt that was closed', async () => {
    const document = open('/ws/a.bedrock.md', textWith(''));
    close(document);
    await modelsOf(document).receive.useModel({ type: 'useModel', modelId: 'us.amazon.nova-lite-v1:0' });
    assert.deepEqual(edits, []);
  });
});

describe('the Forecast tab', () => {
  let changes = 0;
  const subject: { prompt: PromptRef | undefined; changed: () => void; select: () => void } = {
    prompt: undefined,
    changed: () => (changes += 1),
    select: () => undefined,
  };
  beforeEach(() => {
    edits.splice(0);
    changes = 0;
    subject.prompt = undefined;
  });

  it("forecasts at the prompt's own traffic, until another one is tried for this prompt", () => {
    const tab = createForecastTab(deps, subject);
    const document = open('/ws/a.bedrock.md', textWith(`modelId: ${sonnet}\ntraffic: { callsPerHour: 30 }\n`));
    const other = open('/ws/b.bedrock.md', textWith(`modelId: ${sonnet}\ntraffic: { callsPerHour: 40 }\n`));
    assert.equal(tab.view(refTo(document))?.callsPerHour, 30);
    subject.prompt = refTo(document);
    void tab.receive.traffic({ type: 'traffic', callsPerHour: 7 });
    assert.equal(changes, 1);
    assert.equal(tab.view(refTo(document))?.callsPerHour, 7);
    assert.equal(tab.view(refTo(other))?.callsPerHour, 40);
    assert.match(document.text, /callsPerHour: 30/, 'the prompt is as it was');
    close(document);
    close(other);
  });

  it('keeps a traffic that was tried in the prompt, where a person wants that', async () => {
    const tab = createForecastTab(deps, subject);
    const document = open('/ws/a.bedrock.md', textWith(`modelId: ${sonnet}\ntraffic: { callsPerHour: 30 }\n`));
    subject.prompt = refTo(document);
    assert.equal(tab.view(refTo(document))?.keep, undefined);
    await tab.receive.saveTraffic({ type: 'saveTraffic' });
    assert.equal(edits.length, 0, 'nothing is tried');
    void tab.receive.traffic({ type: 'traffic', callsPerHour: 7 });
    assert.equal(tab.view(refTo(document))?.keep, 'prompt');
    await tab.receive.saveTraffic({ type: 'saveTraffic' });
    assert.match(edited(document.text, edits), /^traffic: \{ callsPerHour: 7 \}$/m);
    close(document);
  });

  it('has nothing to say without a prompt', () => {
    const tab = createForecastTab(deps, subject);
    void tab.receive.traffic({ type: 'traffic', callsPerHour: 7 });
    assert.equal(changes, 0);
    assert.equal(tab.view(undefined), undefined);
  });
});
