import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diverge } from '../../../../src/core/change/diverge';
import { provePlan, proveSamples } from '../../../../src/core/change/prove';
import { fixturePrompts, readPrompt, shippedSamples, type ReadPrompt } from '../cache/prompts';

const findings = (read: ReadPrompt) =>
  proveSamples(read.prompt, read.plan).map(
    ({ rows, proof }) => `${rows.join('-')}: ${proof.checkpoints.map(({ finding }) => finding.kind).join(' ')}`,
  );

const desk = (variables: string, rows: string, body: string) =>
  readPrompt('desk.bedrock.md', `---\nmodelId: us.anthropic.claude-sonnet-4-6\nvariables:\n${variables}samples:\n${rows}---\n${body}`);

const tenantRows = '  - { tenant: A, question: 1 }\n  - { tenant: A, question: 2 }\n  - { tenant: B, question: 3 }\n';
const body = '# system:\nRules.\n<!-- cachePoint -->\nFor {{tenant}}.\n<!-- cachePoint -->\n\n# user:\n{{question}}\n<!-- cachePoint -->\n';

describe('the analysis against the proof', () => {
  it('agrees on every shipped sample, whatever pair of its rows is taken', () => {
    for (const read of shippedSamples())
      for (const { rows, proof } of proveSamples(read.prompt, read.plan))
        assert.deepEqual(proof.contradictions, [], `${read.name} ${rows.join('-')}`);
  });

  it('agrees on every fixture, for rows that differ wherever a declaration lets them', () => {
    const all = fixturePrompts();
    assert.ok(all.length > 20);
    for (const read of all) {
      const { prompt, plan } = read;
      const declared = prompt.header.variables.map(({ name, varies }) => ({ name, varies }));
      const row = (value: string) => {
        const undeclared = plan.blocks.flatMap(({ breaks }) => breaks.filter(({ kind }) => kind === 'variable').map((found) => found.text));
        const free = [...undeclared, ...declared.filter(({ varies }) => varies !== 'never').map(({ name }) => name)];
        return Object.fromEntries(free.map((name) => [name, value]));
      };
      const proof = provePlan(plan, diverge(prompt, row('one'), row('two')));
      assert.deepEqual(proof.contradictions, [], read.name);
      if (prompt.header.samples.length < 2) continue;
      for (const sample of proveSamples(prompt, plan)) assert.deepEqual(sample.proof.contradictions, [], read.name);
    }
  });

  it('proves shared, session and never from rows that differ as declared', () => {
    const read = desk('  tenant: { varies: session }\n  question: { varies: request }\n', tenantRows, body);
    assert.deepEqual(findings(read), ['0-1: proven proven proven', '0-2: proven proven proven', '1-2: proven proven proven']);
  });

  it('is unproven where rows are too alike', () => {
    const read = desk(
      '  tenant: { varies: session }\n  question: { varies: request }\n',
      '  - { tenant: A, question: 1 }\n  - { tenant: A, question: 1 }\n',
      body,
    );
    assert.deepEqual(findings(read), ['0-1: unproven unproven unproven']);
  });

  it('is unproven where a literal is the cause, which no row changes', () => {
    const dated = body.replace('Rules.', 'It is now 14:03 on 23 November 2026.');
    const read = desk(
      '  tenant: { varies: session }\n  question: { varies: request }\n',
      '  - { tenant: A, question: 1 }\n  - { tenant: A, question: 2 }\n',
      dated,
    );
    assert.deepEqual(findings(read), ['0-1: unproven unproven proven']);
  });

  it('contradicts a variable that is declared never to vary and does', () => {
    const read = desk('  tenant: { varies: never }\n  question: { varies: request }\n', tenantRows, body);
    assert.deepEqual(findings(read), ['0-1: proven proven proven', '0-2: proven contradiction proven', '1-2: proven contradiction proven']);
    const [, second] = proveSamples(read.prompt, read.plan);
    const [contradiction] = second?.proof.contradictions ?? [];
    assert.ok(contradiction?.finding.kind === 'contradiction' && contradiction.finding.found === 'differs');
    const { cause, span } = contradiction.finding.difference;
    assert.deepEqual([contradiction.number, contradiction.said, cause.kind], [2, 'shared', 'variable']);
    assert.equal(read.text.slice(span.start, span.end), '{{tenant}}');
  });

  it('contradicts a checkpoint said to be of a session when something else differs before it', () => {
    const mixed = body.replace('Rules.', 'Rules of {{house}}.');
    const rows = '  - { tenant: A, house: X, question: 1 }\n  - { tenant: A, house: Y, question: 2 }\n';
    const read = desk('  tenant: { varies: session }\n  house: { varies: never }\n  question: { varies: request }\n', rows, mixed);
    assert.deepEqual(findings(read), ['0-1: contradiction contradiction proven']);
  });

  it('tells of rows that differ in a variable and still make the same prefix', () => {
    const twice = '# system:\n{{a}}{{b}}\n<!-- cachePoint -->\n';
    const read = desk('  a: { varies: request }\n  b: { varies: request }\n', '  - { a: xy, b: z }\n  - { a: x, b: yz }\n', twice);
    const [first] = proveSamples(read.prompt, read.plan);
    assert.deepEqual(first?.proof.contradictions[0]?.finding, { kind: 'contradiction', found: 'equal', variable: 'a' });
  });

  it('compares all pairs of a few rows and neighbors of many', () => {
    const rows = (count: number) => Array.from({ length: count }, (_, at) => `  - { tenant: A, question: ${at} }\n`).join('');
    const pairs = (count: number) =>
      findings(desk('  tenant: { varies: session }\n  question: { varies: request }\n', rows(count), body)).length;
    assert.deepEqual([pairs(1), pairs(2), pairs(6), pairs(7)], [0, 1, 15, 6]);
  });

  it('never contradicts a plan whose declarations the rows keep', () => {
    const part = fc.constantFrom(
      'word ',
      '{{never}} ',
      '{{session}} ',
      '{{request}} ',
      '\n<!-- cachePoint -->\n',
      '\n# user:\n',
      '\n# assistant:\n',
    );
    const letters = fc.constantFrom('p', 'q', 'r');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), letters, letters, letters, letters, (parts, s1, s2, r1, r2) => {
        const variables = '  never: { value: fixed }\n  session: { varies: session }\n  request: { varies: request }\n';
        const read = desk(variables, '', `# system:\nx\n${parts.join('')}`);
        const divergence = diverge(read.prompt, { session: s1, request: r1 }, { session: s2, request: r2 });
        assert.deepEqual(provePlan(read.plan, divergence).contradictions, []);
      }),
    );
  });
});
