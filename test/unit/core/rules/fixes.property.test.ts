import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fixesOf, type PromptAnalysis } from '../../../../src/core/analysis';
import { fixDocument } from '../../../../src/core/fixDocument';
import { span } from '../../../../src/core/text/span';
import { describeProblem } from '../../../../src/core/rules/index';
import { numberFormats } from '../../../../src/core/figures/numbers';
import type { RatedProblem } from '../../../../src/core/rules/index';
import { allKinds } from '../../../../src/core/rules/fixKinds';
import { applyEdits } from '../../../../src/core/text/edit';
import { ruleFixtures, type RuleFixture } from '../../../support/ruleFixtures';

const fixtures = ruleFixtures();
const formats = numberFormats('en', 'UTC');

const isGrave = ({ severity }: RatedProblem): boolean => severity === 'error' || severity === 'warning';
const isUnreadable = ({ code }: RatedProblem): boolean => ['syntax/json', 'syntax/front-matter', 'syntax/too-deep'].includes(code);
const counted = (problems: readonly RatedProblem[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
};

const sayAll = (problems: readonly RatedProblem[]): string =>
  problems.map((problem) => `${problem.code}: ${describeProblem(problem, formats)}`).join('\n');

/** Grave problems of which there are more than before. */
const added = (before: PromptAnalysis, after: PromptAnalysis): readonly RatedProblem[] => {
  const known = counted(before.problems);
  const now = counted(after.problems);
  return after.problems.filter((problem) => isGrave(problem) && (now.get(problem.code) ?? 0) > (known.get(problem.code) ?? 0));
};

/** The same problem of the same words: another cause of the same kind may come to light when the first is gone. */
const isAlike = (other: RatedProblem, at: PromptAnalysis, problem: RatedProblem, before: PromptAnalysis): boolean =>
  other.code === problem.code &&
  at.text.slice(other.span.start, other.span.end) === before.text.slice(problem.span.start, problem.span.end);

const checkFixes = (fixture: RuleFixture, text: string): void => {
  const before = fixture.analyze(text);
  for (const problem of before.problems)
    for (const fix of fixesOf(before, problem)) {
      if (fix.create !== undefined) continue;
      const after = fixture.analyze(applyEdits(text, fix.edits));
      const alike = (analysis: PromptAnalysis) => analysis.problems.filter((other) => isAlike(other, analysis, problem, before)).length;
      const title = `${problem.code}, "${fix.title}"`;
      assert.ok(alike(after) < alike(before), `${title} removes its problem`);
      assert.equal(sayAll(added(before, after)), '', `${title} adds no problem`);
      assert.ok(
        after.problems.filter(isUnreadable).length <= before.problems.filter(isUnreadable).length,
        `${title} leaves the text readable`,
      );
    }
};

describe('fixes', () => {
  for (const fixture of fixtures) {
    it(`each remove their problem and add none in ${fixture.name}`, () => checkFixes(fixture, fixture.text));

    it(`come to an end when all are applied to ${fixture.name}`, () => {
      const fixed = fixDocument(fixture.analyzeDocument(fixture.text), allKinds);
      assert.ok(fixed.rounds < 8, `${fixed.rounds} rounds`);
      assert.equal(fixed.done.length === 0, fixed.text === fixture.text);
      assert.equal(sayAll(added(fixture.analyze(fixture.text), fixture.analyze(fixed.text))), '');
      assert.equal(fixDocument(fixture.analyzeDocument(fixed.text), allKinds).text, fixed.text, 'the second time changes nothing');
    });
  }

  it('change nothing outside of the part of the text that they are asked for', () => {
    // Those that have something to fix: there are more near misses among the fixtures than others.
    const small = fixtures.filter(
      ({ text, analyzeDocument }) => text.length < 5_000 && fixDocument(analyzeDocument(text), allKinds).text !== text,
    );
    const places = fc.tuple(
      fc.constantFrom(...small),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    let changed = 0;
    fc.assert(
      fc.property(places, ([fixture, a, b]) => {
        const { text } = fixture;
        const [start = 0, end = 0] = [a, b].map((share) => Math.round(share * text.length)).sort((x, y) => x - y);
        const fixed = fixDocument(fixture.analyzeDocument(text), allKinds, span(start, end)).text;
        if (fixed !== text) changed += 1;
        assert.equal(fixed.slice(0, start), text.slice(0, start));
        assert.equal(fixed.slice(fixed.length - (text.length - end)), text.slice(end));
      }),
      { numRuns: 150 },
    );
    assert.ok(changed > 3);
  });

  it('do the same with Windows line ends', () => {
    for (const fixture of fixtures) if (fixture.format === 'bedrock-prompt') checkFixes(fixture, fixture.text.replaceAll('\n', '\r\n'));
  });

  it('stay inside the text and apart from each other while somebody types', () => {
    const small = fixtures.filter(({ text }) => text.length < 20_000);
    fc.assert(
      fc.property(
        fc.constantFrom(...small),
        fc.nat(),
        fc.nat({ max: 40 }),
        fc.constantFrom('', ' ', '\n', '<!-- cachePoint -->\n', '{{', '"', '}'),
        (fixture, at, length, typed) => {
          const start = at % (fixture.text.length + 1);
          const text = fixture.text.slice(0, start) + typed + fixture.text.slice(start + length);
          for (const analysis of fixture.analyzeDocument(text).prompts)
            for (const problem of analysis.problems) {
              assert.ok(problem.span.start >= 0 && problem.span.start <= problem.span.end && problem.span.end <= text.length, problem.code);
              assert.notEqual(describeProblem(problem, formats), '');
              for (const { edits } of fixesOf(analysis, problem)) applyEdits(text, edits);
            }
        },
      ),
      { numRuns: 120 },
    );
  });
});
