import assert from 'node:assert/strict';
import { planDetails, statusText, summaryLine } from '../../../../src/core/messages/plan';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { isPaidByTheHour } from '../../../../src/core/models/arn';
import { savingsOf } from '../../../../src/core/traffic/savings';
import { aStart, aUsage, finishedRun } from '../../../support/runRecords';
import { panelOf } from '../../../support/panelStates';
import { analyzeOnly } from '../../../support/onlyPrompt';
import { defaultSettings } from '../../../../src/core/settings';
import { filesFrom } from '../../../../src/core/prompt/files';

const formats = numberFormats('en', 'UTC');
const arn = 'arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc';
const policy = 'The policy holds for all who ask. '.repeat(400);
const { plan } = analyzeOnly(
  `---\nmodelId: ${arn}\n---\n# system:\n${policy}\n<!-- cachePoint -->\n# user:\nHello\n`,
  'bedrock-prompt',
  filesFrom({}),
  { ...defaultSettings, profileModels: { [arn]: 'amazon.nova-lite-v1:0' } },
);

describe('Provisioned Throughput', () => {
  it('is told by its ARN', () => {
    assert.deepEqual(
      [arn, ` ${arn} `, 'amazon.nova-lite-v1:0', arn.replace('provisioned-model', 'prompt-router'), ''].map(isPaidByTheHour),
      [true, true, false, false, false],
    );
  });

  it('has tokens and no savings, and says why', () => {
    assert.equal(plan.model?.name, 'Amazon Nova Lite');
    assert.equal(savingsOf(plan), undefined);
    assert.match(summaryLine(plan, undefined, formats), /^[\d,]+ tokens, savings not applicable: Provisioned Throughput$/);
    assert.match(statusText(plan, undefined, formats), /not cached$/);
    const details = planDetails(plan, { kind: 'poisson', callsPerHour: 60 }, formats);
    assert.equal(details.length, 3);
    assert.match(details[2] ?? '', /^Savings do not apply: Provisioned Throughput is paid by the hour/);
  });

  it('has figures of money in the panel that do not apply, each with the reason', () => {
    const record = finishedRun(aUsage({ input: 900 }), aStart({ modelId: arn, prices: undefined }));
    const [run] = panelOf({
      file: 'a.bedrock.md',
      records: [record],
      shown: [record.id],
      busy: false,
      locale: 'en',
      timeZone: 'UTC',
      service: { kind: 'aws', text: 'Amazon Bedrock' },
    }).runs;
    for (const id of ['cost', 'costWithoutCaching', 'saved']) {
      const figure = run?.figures.find((one) => one.id === id);
      assert.equal(figure?.value, 'not applicable', id);
      assert.match(figure.hint, /Provisioned Throughput is paid by the hour/, id);
    }
    for (const { hint } of run?.usage ?? []) assert.doesNotMatch(hint, /no price/);
  });
});
