import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixesOf } from '../../../../src/core/analysis';
import { ruleLines } from '../../../../src/core/messages/ruleSections';
import { describeProblem } from '../../../../src/core/rules/index';
import { numberFormats } from '../../../../src/core/figures/numbers';
import type { RatedProblem } from '../../../../src/core/rules/index';
import { checkRules, relatedTo, ruleCodes, rules } from '../../../../src/core/rules/index';
import { applyEdits } from '../../../../src/core/text/edit';
import { writeMarked, type Mark } from '../../../support/marked';
import { exampleIn, problemsOf, shownBy } from '../../../../tools/ruleExamples';
import { codeRuleFixtures } from '../../../support/codeRuleFixtures';
import { problemsOnceFixed, ruleFixtures } from '../../../support/ruleFixtures';

const fixtures = ruleFixtures();
const programs = codeRuleFixtures();
const formats = numberFormats('en', 'UTC');
const toMark = ({ code, span }: RatedProblem): Mark => ({ code, start: span.start, end: span.end });
const byPlace = (a: Mark, b: Mark): number => a.start - b.start || a.end - b.end || (a.code < b.code ? -1 : 1);

describe('rules', () => {
  describe('fixtures', () => {
    for (const { name, text, marks, analyze } of fixtures)
      it(`finds what ${name} marks, and nothing else`, () => {
        const found = analyze(text).problems.map(toMark).sort(byPlace);
        assert.equal(writeMarked({ text, marks: found }), writeMarked({ text, marks: [...marks].sort(byPlace) }));
      });

    for (const { name, text, marks, analyze, fixed } of fixtures.filter((fixture) => fixture.fixed !== undefined))
      it(`fixes the first mark of ${name} as its .fixed file says`, () => {
        const analysis = analyze(text);
        const problem = analysis.problems.find(({ code, span }) => code === marks[0]?.code && span.start === marks[0].start);
        const fix = problem && fixesOf(analysis, problem).find(({ preferred }) => preferred);
        assert.ok(fix, 'there is a preferred fix');
        assert.equal(applyEdits(text, fix.edits), fixed);
      });
  });

  describe('fixtures in code', () => {
    for (const { name, text, marks, problems, fixed, fix } of programs) {
      it(`finds what ${name} marks, and nothing else`, () => {
        const found = problems.map(toMark).sort(byPlace);
        assert.equal(writeMarked({ text, marks: found }), writeMarked({ text, marks: [...marks].sort(byPlace) }));
      });

      if (fixed !== undefined)
        it(`fixes the first mark of ${name} as its .fixed file says`, () => {
          const problem = problems.find(({ code, span }) => code === marks[0]?.code && span.start === marks[0].start);
          const edits = problem && fix(problem);
          assert.ok(edits, 'there is a preferred fix');
          assert.equal(applyEdits(text, edits), fixed);
        });
    }
  });

  describe('every code', () => {
    const docs = readFileSync(join(import.meta.dirname, '../../../../docs/rules.md'), 'utf8');
    const sections = docs.split(/^(?=## )/m).slice(1);

    for (const code of ruleCodes) {
      const own = [...fixtures, ...programs].filter((fixture) => fixture.code === code);
      const marked = (at: (typeof own)[number]) => at.marks.some((mark) => mark.code === code);

      it(`${code} is silent in as many fixtures as show it, those that are fixed among them`, () => {
        const shown = own.filter(marked);
        const fixed = shown.filter((one) => !(('analyze' in one ? problemsOnceFixed(one) : undefined) ?? [code]).includes(code));
        const silent = own.filter((fixture) => !marked(fixture)).length + fixed.length;
        assert.ok(shown.length > 0);
        assert.ok(silent >= shown.length, `${shown.length} show it, and ${silent} come near and do not`);
      });

      it(`${code} has a section in docs/rules.md that says its severity, why, an example, the fix and the source`, () => {
        const section = sections.find((text) => text.startsWith(`## ${code}\n`));
        assert.ok(section, 'a section');
        assert.match(section, new RegExp(`^\\*\\*Severity:\\*\\* ${rules[code].severity}\\b`, 'm'));
        for (const part of ['Why', 'Example', 'Shows', 'Fix', 'Fixed', 'Source'])
          assert.match(section, new RegExp(`^\\*\\*${part}:\\*\\*`, 'm'), part);
      });

      it(`${code} says of each of its sources of when it is`, () => {
        assert.ok(rules[code].sources.length > 0);
        for (const source of rules[code].sources) assert.match(source, /\b20\d\d-\d\d\b/, source);
      });

      it(`${code} alone is shown by its example, and nothing once that is fixed`, () => {
        const section = sections.find((text) => text.startsWith(`## ${code}\n`)) ?? '';
        const [example, after] = [exampleIn(section, 'Example'), exampleIn(section, 'Fixed')];
        assert.ok(example && after, 'an example, and what it is when it is fixed');
        const found = problemsOf(example).map((problem) => problem.code);
        assert.deepEqual([...new Set(found)], [code]);
        assert.equal(shownBy(after), '');
      });

      it(`${code} leads to its section`, () => {
        const line = ruleLines(docs).get(code) ?? 0;
        assert.equal(docs.split('\n')[line - 1], `## ${code}`);
      });
    }

    it('is all that docs/rules.md has sections for', () => {
      const titles = sections.map((text) => text.slice(3, text.indexOf('\n')));
      assert.deepEqual(titles.toSorted(), ruleCodes.toSorted());
    });
  });

  describe('messages', () => {
    const problems = [...fixtures.flatMap(({ text, analyze }) => analyze(text).problems), ...programs.flatMap((one) => one.problems)];

    const told = [
      ...fixtures.flatMap(({ text, analyzeDocument }) => {
        const analysis = analyzeDocument(text);
        return analysis.problems.map((problem) => {
          const prompt = problem.prompt === undefined ? undefined : analysis.of(problem.prompt);
          return { problem, hasFix: prompt !== undefined && fixesOf(prompt, problem).length > 0 };
        });
      }),
      ...programs.flatMap((one) => one.problems.map((problem) => ({ problem, hasFix: one.fix(problem) !== undefined }))),
    ];

    it('are sentences of moderate length that end properly', () => {
      for (const problem of problems) {
        const message = describeProblem(problem, formats);
        assert.match(message, /^[^a-z]/, message);
        assert.doesNotMatch(message, /undefined|NaN|\[object|–{2}| {2}/, message);
        assert.ok(message.length < 420, `${message.length} characters: ${message}`);
      }
    });

    it('have a sentence at each other place that they are about', () => {
      const codes = new Set<string>();
      for (const { text, analyze } of fixtures) {
        const { input, problems: found } = analyze(text);
        for (const problem of found)
          for (const { span, text: sentence } of relatedTo(problem, input)) {
            codes.add(problem.code);
            assert.ok(0 <= span.start && span.start < span.end && span.end <= text.length, problem.code);
            assert.notDeepEqual(span, problem.span);
            assert.match(sentence, /^[A-Z].*\.$/);
          }
      }
      assert.deepEqual([...codes].sort(), [
        'cache/latency-optimized',
        'cache/look-back',
        'cache/redundant',
        'cache/session-prefix',
        'cache/ttl-order',
        'cache/volatile-prefix',
      ]);
    });

    it('tell at what varies which cache point is lost to it', () => {
      const fixture = fixtures.find(({ name }) => name === 'cache-volatile-prefix/date.bedrock.md');
      assert.ok(fixture);
      const { input, problems: found } = fixture.analyze(fixture.text);
      const problem = found.find(({ code }) => code === 'cache/volatile-prefix');
      assert.ok(problem);
      assert.deepEqual(
        relatedTo(problem, input).map(({ span }) => fixture.text.slice(span.start, span.end)),
        input.plan.checkpoints.map(({ marker }) => fixture.text.slice(marker.span.start, marker.span.end)),
      );
    });

    it('offer to move what varies, then to keep the day, and last to remove a cache point', () => {
      const fixture = fixtures.find(({ name }) => name === 'cache-volatile-prefix/session-behind.bedrock.md');
      assert.ok(fixture);
      const analysis = fixture.analyze(fixture.text);
      const problem = analysis.problems.find(({ code }) => code === 'cache/volatile-prefix');
      assert.deepEqual(problem && fixesOf(analysis, problem).map(({ title, preferred }) => [title.replace(/ .*/, ''), preferred]), [
        ['Move', true],
        ['Keep', false],
        ['Remove', false],
        ['Remember', false],
      ]);
    });

    it('say what is wrong, what that does, and, where no fix says it, what to do', () => {
      const effect =
        /\b(?:so|because|fails?|(?:does|may do|adds) nothing|drops|no effect|lost|costs?|saves?|cheaper|written again|paid|silences|is sent|reads?|read as|asks?|ignored|may stay|leaves it out|left out|finds|not run)\b/;
      const remedy =
        /(?:^|[.:;] |, or |: then |, then |, so )(?:Add|Ask|Begin|Call|Change|Check|Choose|Close|Compare|Correct|Cut|Declare|Describe|Did you mean|Divide|End|Fill|Give|Keep|Leave|Lower|Make|Map|Move|Name|Put|Raise|Refer|Remove|Rename|Say|Send|Take|Try|Use|Wait|Write|leave|put)\b|must (?:be|have|lie|not be)|may have at most|may be set here|needs one of|It takes/;
      const wrong = new Set<string>();
      for (const { problem, hasFix } of told) {
        const message = describeProblem(problem, formats);
        if (!effect.test(message)) wrong.add(`no effect: ${message}`);
        if (!hasFix && !remedy.test(message)) wrong.add(`nothing to do: ${message}`);
      }
      assert.deepEqual([...wrong], []);
    });

    it('never repeat a secret', () => {
      for (const { text, analyze } of fixtures)
        for (const problem of analyze(text).problems) {
          if (problem.code !== 'cache/shared-secret') continue;
          assert.ok(!describeProblem(problem, formats).includes(text.slice(problem.span.start, problem.span.end)));
        }
    });
  });

  describe('severities', () => {
    const [sample] = fixtures.filter(({ name }) => name.startsWith('cache-below-minimum/short.bedrock'));

    it('can be set, and a rule switched off, by its code', () => {
      assert.ok(sample);
      const { input } = sample.analyze(sample.text);
      assert.deepEqual(
        checkRules(input, { 'cache/below-minimum': 'hint' }).map(({ severity }) => severity),
        ['hint'],
      );
      assert.deepEqual(checkRules(input, { 'cache/below-minimum': 'off' }), []);
    });
  });

  it('give a clean prompt no diagnostic at all', () => {
    const clean = fixtures.find(({ name }) => name === 'cache-missing/marked.bedrock.md');
    assert.ok(clean);
    assert.deepEqual(clean.analyze(clean.text).problems, []);
  });
});
