import assert from 'node:assert/strict';
import type { CachePlan, Checkpoint, Reuse, Verdict } from '../../../../src/core/cache/plan';
import { savingsOf } from '../../../../src/core/traffic/savings';
import { checkpointHover, describeBand, inlineFigure, planDetails, statusText, summaryLine } from '../../../../src/core/messages/plan';
import { blockHover, variableHover } from '../../../../src/core/messages/blockHover';
import { sourceLine, sourceLinks } from '../../../../src/core/messages/modelHelp';
import { catalog } from '../../../../src/core/models/catalog';
import { describeProblem } from '../../../../src/core/rules/index';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { ruleFixtures } from '../../../support/ruleFixtures';
import { filler, readPrompt } from '../cache/prompts';
import { assertClean, assertSentence } from './clean';

const formats = numberFormats('en', 'UTC');
const traffic = { kind: 'poisson', callsPerHour: 60 } as const;
const planOf = (modelId: string, body: string): CachePlan => readPrompt('a.bedrock.md', `---\nmodelId: ${modelId}\n---\n${body}`).plan;
const sonnet = 'us.anthropic.claude-sonnet-4-6';
const desk = (modelId = sonnet) => planOf(modelId, `# system:\n${filler(2500)}\n<!-- cachePoint -->\n\n# user:\n{{question}}\n`);
const plan = desk();
const point = (change: Partial<Checkpoint> = {}, of: CachePlan = plan): Checkpoint => {
  const [first] = of.checkpoints;
  assert.ok(first);
  return { ...first, prefix: first.prefix, isOpen: first.isOpen, ...change };
};
const by = { kind: 'variable', text: 'tenant', varies: 'session', span: { start: 0, end: 0 } } as Extract<Reuse, { kind: 'never' }>['by'];

const verdicts: readonly (readonly [Verdict, note: RegExp, sentence: RegExp])[] = [
  [{ kind: 'caches', sure: true }, / · min 1,024 ✓ · 5m/, /stand before it, and Claude Sonnet 4\.6 caches from 1,024\.$/],
  [{ kind: 'caches', sure: false }, / · min 1,024 \? may do nothing · 5m$/, /caches from 1,024, so it may do nothing\.$/],
  [{ kind: 'belowMinimum', minimum: 4096, certain: true }, /min 4,096 ✗ does nothing/, /so it does nothing\.$/],
  [{ kind: 'belowMinimum', minimum: 4096, certain: false }, /min 4,096 \? may do nothing/, /so it may do nothing\.$/],
  [{ kind: 'tooMany', limit: 4 }, /✗ more than 4/, /at most 4 cache points, so the call fails\.$/],
  [{ kind: 'unsupportedField', withTools: false }, /✗ refused/, /no cache point at this place, so the call fails\.$/],
  [{ kind: 'unsupportedModel' }, /✗ refused/, /takes no cache points, so the call fails\.$/],
  [{ kind: 'nothingBefore' }, /✗ nothing before it/, /^Nothing stands before it/],
  [{ kind: 'refused', reason: 'latency' }, /✗ refused/, /refuses it here, so the call fails\.$/],
  [{ kind: 'overMaximum', maximum: 20_000 }, /max 20,000 \? may do nothing/, /at most 20,000, so it may do nothing\.$/],
  [{ kind: 'notOnDemand', why: 'batch' }, /✗ ignored/, /^It does nothing: /],
  [{ kind: 'unknownModel' }, /model not known/, /its minimum is not known either\.$/],
];

describe('the figures at a cache point', () => {
  for (const [verdict, note, sentence] of verdicts)
    it(`say the same in the line and in the hover: ${JSON.stringify(verdict)}`, () => {
      const checkpoint = point({ verdict });
      assert.match(inlineFigure(checkpoint, plan, formats), note);
      const [title, second = '', ...rest] = checkpointHover(checkpoint, plan, traffic, formats);
      assert.equal(title, 'Cache point 1 of 1, lifetime 5m');
      assert.match(second, sentence);
      [second, ...rest].forEach(assertSentence);
    });

  it('say who reads what is written', () => {
    const line = (reuse: Reuse) => inlineFigure(point({ reuse }), plan, formats);
    const hover = (reuse: Reuse) => checkpointHover(point({ reuse }), plan, traffic, formats)[2] ?? '';
    assert.match(line({ kind: 'shared' }), / · 5m$/);
    assert.match(hover({ kind: 'shared' }), /^Every later call within 5m/);
    assert.match(line({ kind: 'session', by }), / · per session$/);
    assert.match(hover({ kind: 'session', by }), /the variable tenant changes with the session\.$/);
    assert.match(line({ kind: 'never', by }), / · written, never read$/);
    assert.match(hover({ kind: 'never', by }), /^No later call reads it: the variable tenant before it changes with each request\.$/);
    assert.match(hover({ kind: 'never', by: { ...by, kind: 'date', text: '23 November 2026' } }), /"23 November 2026" before it/);
  });

  it('price the prefix by its lifetime, as a range where sources disagree', () => {
    const money = (of: CachePlan, ttl = '5m') =>
      checkpointHover(point({ verdict: { kind: 'caches', sure: true }, ttl }, of), of, traffic, formats).find((line) =>
        line.startsWith('The prefix costs'),
      ) ?? '';
    assert.match(money(plan), /^The prefix costs \$[\d.]+ to write, \$[\d.]+ to read, and \$[\d.]+ without caching\.$/);
    assert.notEqual(money(plan), money(plan, '1h'));
    assert.match(money(desk('us.amazon.nova-pro-v1:0')), /costs \$0 – \$[\d.]+ to write/);
    assert.equal(money({ ...plan, prices: undefined }), '');
  });

  it('tell why a minimum is not certain, and where the facts are from', () => {
    const lines = checkpointHover(point(), plan, traffic, formats);
    assert.ok(lines.some((line) => line.startsWith('The minimum is not certain: ')));
    const { model } = plan;
    assert.ok(model);
    const told = /^Limits and prices were compared with their sources on \d{4}-\d\d-\d\d; certainty: \w+\. Sources: /;
    assert.match(sourceLine(model), told);
    assert.match(sourceLinks(model), told);
    assert.match(sourceLine({ ...model, checked: '2027-01-05' }), / with their sources on 2027-01-05; /);
  });

  it('lead to the sources that can be read, and to nothing else', () => {
    for (const model of catalog) {
      const links = sourceLinks(model);
      assert.equal(links.replaceAll(/\[([^\]]+)\]\(https:\/\/[\w./-]+\)/g, '$1'), sourceLine(model), model.id);
    }
    assert.equal(sourceLinks(undefined), '');
  });

  it('have no band where nothing is uncertain', () => {
    assert.equal(describeBand({ low: 9, likely: 9, high: 9, basis: 'counted' }, formats), ' counted');
    assert.equal(describeBand({ low: 0, likely: 0, high: 5, basis: 'estimated' }, formats), '');
    assert.equal(describeBand({ low: 90, likely: 100, high: 106, basis: 'estimated' }, formats), ' ± 10%');
  });
});

describe('the totals', () => {
  const line = (of: CachePlan) => summaryLine(of, savingsOf(of), formats);
  const details = (of: CachePlan) => planDetails(of, traffic, formats);

  it('say what a second call saves', () => {
    assert.match(line(plan), /^[\d,]+ tokens, [\d,]+ cached \(\d+%\), saves \d+% from the second call$/);
    assert.match(statusText(plan, savingsOf(plan), formats), /^[\d,]+ tok · \d+% cached$/);
    assert.match(details(plan)[0] ?? '', /^Model: Claude Sonnet 4\.6\.$/);
    assert.match(details(plan)[1] ?? '', /in all, estimated offline\.$/);
    assert.match(details(plan)[2] ?? '', /^The input of the first call costs .*, that of a later one .*, and without caching \$[\d.]+\.$/);
  });

  it('say what is cached where no price is known', () => {
    const of = { ...plan, prices: undefined };
    assert.match(line(of), /nothing cached$|cached \(/);
    assert.equal(details(of).length, 2);
  });

  it('say that nothing is cached, and why', () => {
    const plain = `# system:\nBe brief.\n\n# user:\nHello\n`;
    const none = readPrompt('a.bedrock.md', plain).plan;
    assert.match(line(none), /, no model named$/);
    assert.equal(details(none)[0], 'The prompt names no model.');
    assert.match(line(planOf('acme.giraffe-1', plain)), /, model not known$/);
    assert.equal(details(planOf('acme.giraffe-1', plain))[0], 'The catalog has no model acme.giraffe-1.');
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/desk';
    assert.equal(details(planOf(arn, plain))[0], `The ARN ${arn} does not say which model answers.`);
    assert.match(line(planOf('us.meta.llama3-3-70b-instruct-v1:0', plain)), /, Llama 3\.3 70B Instruct takes no cache points$/);
    assert.match(line(planOf(sonnet, plain)), /, nothing cached$/);
    assert.match(statusText(none, savingsOf(none), formats), / · not cached$/);
  });

  it('say on what the tokens rest', () => {
    const based = (basis: 'counted' | 'calibrated') => details({ ...plan, total: { ...plan.total, basis } })[1] ?? '';
    assert.match(based('counted'), /, as the service counted them\.$/);
    assert.match(based('calibrated'), /corrected by what the service counted before\.$/);
  });
});

describe('the hover at a variable', () => {
  const { header } = readPrompt(
    'a.bedrock.md',
    `---\nvariables:\n  a: { value: EU, description: The region }\n  b: { default: friendly, varies: session }\n  c: { example: ${'x'.repeat(300)} }\n---\n# user:\n{{a}}{{b}}{{c}}\n`,
  ).prompt;
  const hover = (name: string) => variableHover(name, header);

  it('says what changes, its value, default and example', () => {
    assert.deepEqual(hover('a').slice(0, 2), ['Variable a', 'The region']);
    assert.equal(hover('a').at(-1), 'Value: EU');
    assert.match(hover('b')[1] ?? '', /^It changes with each session: /);
    assert.equal(hover('b').at(-1), 'Default: friendly');
    assert.match(hover('c')[1] ?? '', /^It changes with each request: /);
    assert.match(hover('c').at(-1) ?? '', /^Example: x{199}…$/);
  });

  it('says that an undeclared one counts as changing', () => {
    assert.equal(hover('d')[1], 'It is not declared, so it counts as changing with each request.');
  });

  it('tells at a variable which values it was given: the last that was sent, and those of the sample rows', () => {
    const { prompt } = readPrompt(
      'a.bedrock.md',
      `---\nvariables:\n  a: { example: Ann, varies: request }\nsamples:\n${[1, 2, 3, 4, 5].map((row) => `  - { a: Row ${row} }\n`).join('')}---\n# user:\n{{a}} {{b}}\n`,
    );
    assert.deepEqual(variableHover('a', prompt.header, 'Where is my book?\nIt was due in May.').slice(2), [
      'Example: Ann',
      'Last sent: Where is my book?\nIt was due in May.',
      'Sample 1: Row 1',
      'Sample 2: Row 2',
      'Sample 3: Row 3',
      '2 more samples have a value.',
    ]);
    assert.deepEqual(variableHover('b', prompt.header, 'Now').slice(3), ['Last sent: Now']);
  });
});

describe('what grows', () => {
  const front = `---\nmodelId: ${sonnet}\nvariables: { log: { varies: grows } }\n---\n`;
  const { prompt, plan: growing } = readPrompt(
    'a.bedrock.md',
    `${front}# system:\n${filler(2500)}\n{{log}}\n<!-- cachePoint -->\n# user:\nHello\n`,
  );

  it('is said to bring nothing while it grows inside one block, with the way out', () => {
    const [only] = growing.checkpoints;
    assert.ok(only);
    assert.match(checkpointHover(only, growing, traffic, formats).join('\n'), /the variable log before it grows inside its block/);
    assert.match(variableHover('log', prompt.header).join('\n'), /Append what is new as a block or message of its own/);
    assert.match(blockHover(0, growing, formats).join('\n'), /The variable log in it grows/);
  });
});

describe('where the service is known not to keep to what is written', () => {
  const body = `# system:\n${filler(3000)}\n<!-- cachePoint -->\n# user:\n{{question}}\n`;
  const saidOf = (model: string) => {
    const gov = planOf(model, body);
    return { line: summaryLine(gov, savingsOf(gov), formats), details: planDetails(gov, traffic, formats).join('\n') };
  };

  it('a word stands beside the price, and nothing is promised', () => {
    const { line, details } = saidOf('us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0');
    assert.match(line, /[\d,]+ may be cached \(\d+%\), may save \d+% from the second call$/);
    assert.match(details, /No saving is promised in GovCloud/);
  });

  it('a profile that only may write more under load says so in the details', () => {
    const { line, details } = saidOf(sonnet);
    assert.match(line, /, saves \d+% from the second call$/);
    assert.match(details, /Under load more calls may write the prefix/);
    assert.doesNotMatch(saidOf('amazon.nova-pro-v1:0').details, /Under load/);
  });
});

describe('the hover at a block', () => {
  it('says by which cache point it is cached, or that it is paid in full', () => {
    assert.match(blockHover(0, plan, formats)[0] ?? '', /^System text, about /);
    assert.equal(blockHover(0, plan, formats)[1], 'Cached by cache point 1 (5m).');
    assert.equal(blockHover(0, plan, formats)[2], 'Nothing in it varies.');
    const last = plan.blocks.length - 1;
    assert.match(blockHover(last, plan, formats)[1] ?? '', /^No working cache point comes after it/);
    assert.equal(blockHover(last, plan, formats)[2], 'The variable question in it changes with each request.');
    assert.deepEqual(blockHover(99, plan, formats), []);
  });

  it('quotes a text that looks made for one request', () => {
    const said = (text: string) => blockHover(0, planOf(sonnet, `# system:\n${text}\n\n# user:\nHello\n`), formats)[2];
    assert.equal(said('It is now 14:03.'), '"14:03" in it changes with each request.');
    assert.equal(said('Today is 23 November 2026.'), '"23 November 2026" in it changes with each day.');
  });
});

describe('every message, hover and lens text of the rule fixtures', () => {
  for (const { name, text, analyze } of ruleFixtures())
    it(`is clean for ${name}`, () => {
      const analysis = analyze(text);
      const { plan: read, savings, problems, prompt } = analysis;
      for (const problem of problems) assertSentence(describeProblem(problem, formats));
      assertClean(summaryLine(read, savings, formats));
      assertClean(statusText(read, savings, formats));
      planDetails(read, analysis.input.traffic, formats).forEach(assertSentence);
      for (const checkpoint of read.checkpoints) {
        assertClean(inlineFigure(checkpoint, read, formats));
        const [title = '', ...lines] = checkpointHover(checkpoint, read, analysis.input.traffic, formats);
        assertClean(title);
        lines.forEach(assertSentence);
      }
      for (const index of read.blocks.keys()) {
        const [title = '', ...lines] = blockHover(index, read, formats);
        assertClean(title);
        lines.forEach(assertSentence);
      }
      for (const { name: variable } of prompt.header.variables) variableHover(variable, prompt.header).forEach(assertClean);
    });
});
