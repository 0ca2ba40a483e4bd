import assert from 'node:assert/strict';
import { analyze, fixesOf, type DocumentAnalysis } from '../../src/core/analysis';
import { fixDocument } from '../../src/core/fixDocument';
import { noFiles } from '../../src/core/prompt/files';
import { isInDoubt } from '../../src/core/prompt/model';
import { gaugeOf, keepsAll } from '../../src/core/rules/gate';
import { allKinds } from '../../src/core/rules/fixKinds';
import type { FixKind } from '../../src/core/rules/types';
import { defaultSettings } from '../../src/core/settings';
import { applyEdits } from '../../src/core/text/edit';
import { drawnDocument, type DrawnDocument } from '../support/drawnDocuments';

/** More can be asked for: the figures are the same for the same number. */
const documents = Number(process.env['DOCUMENTS'] ?? 60);

const read = ({ format, text }: DrawnDocument): DocumentAnalysis => analyze(text, format, noFiles, defaultSettings);

/** Moves and safe fixes write cache points where they were sent as text: then the lines differ by them. */
const respells = (codes: readonly string[]): boolean => codes.some((code) => code === 'syntax/marker' || code === 'cache/dialect');

/** What is wrong with the preferred fixes of a document, one by one and all together. */
const faultsOf = (document: DrawnDocument): readonly string[] => {
  const before = read(document);
  const faults: string[] = [];
  const inDoubt = before.prompts.some(({ prompt }) => isInDoubt(prompt));
  for (const prompt of before.prompts)
    for (const problem of prompt.problems)
      for (const fix of fixesOf(prompt, problem)) {
        if (isInDoubt(prompt.prompt)) faults.push(`a fix in a text in doubt: ${fix.title}`);
        if (!fix.preferred) continue;
        const [after] = read({ ...document, text: applyEdits(document.text, fix.edits) }).prompts;
        if (after === undefined || !keepsAll(gaugeOf(prompt), gaugeOf(after), { kind: fix.kind, code: problem.code }))
          faults.push(`${problem.code} is made worse: ${fix.title}`);
      }
  const ways: readonly (readonly FixKind[])[] = [['safe'], ['safe', 'moves'], allKinds];
  for (const kinds of ways) {
    const fixed = fixDocument(before, kinds);
    const name = kinds.at(-1) ?? '';
    if (inDoubt && fixed.text !== document.text) faults.push(`${name}: a text in doubt was changed`);
    if (fixed.stopped) faults.push(`${name}: not done in one go`);
    const after = read({ ...document, text: fixed.text });
    const again = fixDocument(after, kinds);
    if (again.text !== fixed.text) faults.push(`${name}: once more changes it again: ${again.done.map(({ title }) => title).join(', ')}`);
    const [was, is] = [before.prompts.map(gaugeOf), after.prompts.map(gaugeOf)];
    if (was.some((one, at) => !one.isInDoubt && is[at]?.isInDoubt !== false)) faults.push(`${name}: the text can no longer be read`);
    const sent = was.every((one, at) => one.sent === is[at]?.sent);
    if (name !== 'changes' && !sent && !respells(fixed.done.map(({ code }) => code))) faults.push(`${name}: other lines are sent`);
  }
  return faults;
};

describe('fixes of drawn documents', () => {
  it(`keep ${documents} of them readable, lose no text that is sent, end in one go, and stand in no text in doubt`, () => {
    for (let seed = 1; seed <= documents; seed += 1) {
      const document = drawnDocument(seed);
      assert.deepEqual(faultsOf(document), [], `document ${seed}:\n${document.text}`);
    }
  });

  it('are of documents of every sort', () => {
    const drawn = Array.from({ length: 200 }, (_, seed) => read(drawnDocument(seed)));
    const doubted = drawn.filter(({ prompts }) => prompts.some(({ prompt }) => isInDoubt(prompt)));
    assert.ok(doubted.length > 20 && doubted.length < 120, `${doubted.length} in doubt`);
    const codes = new Set(drawn.flatMap(({ problems }) => problems.map(({ code }) => code)));
    assert.ok(codes.size > 25, `${codes.size} codes`);
  });
});
