import assert from 'node:assert/strict';
import { readCases } from '../support/cases/caseFile';
import { judgeFixCase, type FixCase } from '../support/cases/fixCases';
import { judgePredictionCase, type PredictionCase } from '../support/cases/predictionCases';
import { judgeProblemCase, type ProblemCase } from '../support/cases/problemCases';

interface Named {
  readonly id: string;
  readonly why: string;
}

/** A test for each case of a file, and one for the file itself. */
const runs = <C extends Named>(name: string, judge: (one: C) => readonly string[]): void => {
  describe(name, () => {
    const cases = readCases<C>(name);

    it('has cases, each of its own name and with a reason', () => {
      assert.ok(cases.length > 0);
      assert.equal(new Set(cases.map(({ id }) => id)).size, cases.length);
      for (const { id, why } of cases) assert.match(why, /^\p{Lu}.*\.$/su, id);
    });

    for (const one of cases)
      it(`${one.id}: ${one.why}`, () => {
        assert.deepEqual(judge(one), []);
      });
  });
};

describe('cases', () => {
  runs<ProblemCase>('problems', judgeProblemCase);
  runs<ProblemCase>('generated', judgeProblemCase);
  runs<FixCase>('fixes', judgeFixCase);
  runs<PredictionCase>('predictions', judgePredictionCase);
});
