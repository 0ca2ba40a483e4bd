import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyzeWith } from '../../../../src/core/analysis';
import { readCode } from '../../../../src/core/code';
import { mayNotebookHoldPrompt } from '../../../../src/core/formats/codeText';
import { cellsIn, joinCells, type Cell } from '../../../../src/core/formats/notebook';
import { noFiles } from '../../../../src/core/prompt/files';
import { rangeOf } from '../../../../src/core/report/problemReport';
import { defaultSettings } from '../../../../src/core/settings';
import { span } from '../../../../src/core/text/span';
import { anyText } from '../../../support/anyText';

const code = (source: unknown) => ({ cell_type: 'code', metadata: {}, outputs: [], source });
const file = (cells: readonly unknown[], more: object = {}): string => JSON.stringify({ cells, nbformat: 4, metadata: {}, ...more });

const setup = '%pip install -q boto3\nimport boto3\nclient = boto3.client("bedrock-runtime")\nMODEL = "us.anthropic.claude-opus-5"';
const texts = 'RULES = """You know the manual.\nIt is short.\n"""\nmessages = []';
const call =
  '!ls\nclient.converse(\n    modelId=MODEL,\n    system=[{"text": RULES}, {"cachePoint": {"type": "default"}}],\n    messages=messages,\n)';
const walk = file([
  { cell_type: 'markdown', source: ['# A walk'] },
  code(setup.split(/(?<=\n)/)),
  code(texts),
  code('%%bash\nexport A=1\n'),
  code('messages.append({"role": "user", "content": [{"text": "Hi."}]})'),
  code(call),
]);

const readNotebook = (text: string) => {
  const cells = joinCells(cellsIn(text));
  return { cells, analysis: analyzeWith((next) => readCode(next, 'walk.ipynb.py', noFiles), cells.text, 'code', defaultSettings, {}) };
};

describe('the cells of a notebook', () => {
  it('are those of code, with their places among all cells', () => {
    assert.deepEqual(
      cellsIn(walk).map(({ index }) => index),
      [1, 2, 3, 4, 5],
    );
    assert.equal(cellsIn(walk)[0]?.text, setup);
  });

  it('are read in the third format too', () => {
    const old = JSON.stringify({ worksheets: [{ cells: [{ cell_type: 'code', input: ['a = 1'], language: 'python' }] }] });
    assert.deepEqual(cellsIn(old), [{ index: 0, text: 'a = 1' }]);
  });

  it('are none in a notebook of another language, and in what is no notebook', () => {
    assert.deepEqual(cellsIn(file([code('a')], { metadata: { kernelspec: { language: 'julia' } } })), []);
    for (const text of ['', '{', 'null', '[]', '{"cells": 1}', '{"cells": [1, null, {"cell_type": "code"}]}'])
      assert.ok(cellsIn(text).every((cell) => cell.text === ''));
  });

  it('are looked at where the file names a package or a model', () => {
    assert.ok(mayNotebookHoldPrompt('a/walk.ipynb', walk));
    assert.ok(!mayNotebookHoldPrompt('walk.py', walk));
    assert.ok(!mayNotebookHoldPrompt('walk.ipynb', file([code('import pandas')])));
  });
});

describe('a prompt in a notebook', () => {
  it('has the constants of earlier cells, and what they do to them', () => {
    const [prompt, ...others] = readNotebook(walk).analysis.prompts;
    assert.deepEqual(others, []);
    assert.equal(prompt?.plan.modelId, 'us.anthropic.claude-opus-5');
    assert.equal(prompt.prompt.messages.length, 1);
    const [text] = prompt.prompt.system;
    assert.deepEqual(text?.kind === 'text' && text.segments.map((one) => one.kind === 'text' && one.text), [
      'You know the manual.\nIt is short.\n',
    ]);
  });

  it('is told by the cell and the place in its text', () => {
    const { cells, analysis } = readNotebook(walk);
    const [point] = analysis.prompts[0]?.plan.checkpoints ?? [];
    assert.ok(point);
    const { cell, start, end } = rangeOf(point.marker.span, cells);
    assert.deepEqual([cell, start.line, call.slice(start.offset, end.offset)], [5, 4, '{"cachePoint": {"type": "default"}}']);
    const [text] = analysis.prompts[0]?.prompt.system ?? [];
    const segment = text?.kind === 'text' ? text.segments[0] : undefined;
    assert.ok(segment);
    const at = cells.inCell(2, segment.at.span);
    assert.equal(at && texts.slice(at.start, at.end), 'You know the manual.\nIt is short.\n');
    assert.equal(cells.inCell(5, segment.at.span), undefined);
  });
});

describe('joined cells', () => {
  const anyCells = fc
    .array(anyText({ maxLength: 40 }), { maxLength: 5 })
    .map((all) => all.map((text, at): Cell => ({ index: at * 2, text })));

  it('have every character of every cell at its place', () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        const joined = joinCells(cells);
        let start = 0;
        for (const { index, text } of cells) {
          for (let offset = 0; offset < text.length; offset += 1) {
            assert.equal(joined.cellAt(start + offset).index, index);
            assert.equal(joined.positionOf(start + offset).offset, offset);
            assert.deepEqual(joined.inCell(index, span(start + offset, start + offset + 1)), span(offset, offset + 1));
          }
          assert.ok(joined.text.slice(start, start + text.length).length === text.length);
          start += text.length + 1;
        }
      }),
      { seed: 20261128, numRuns: 100 },
    );
  });

  it('have what is no Python as comments of the same length', () => {
    const joined = joinCells([
      { index: 0, text: '%pip install a\n  !ls\nx = 1' },
      { index: 1, text: '%%time\ny = 2' },
      { index: 2, text: '%%html\n<b>\n\n</b>' },
    ]);
    assert.equal(joined.text, '#pip install a\n# !ls\nx = 1\n#%time\ny = 2\n#%html\n#b>\n\n#/b>');
  });

  it('have a program that a cell writes into a file as what it is', () => {
    const joined = joinCells([
      { index: 0, text: '%%writefile -a app/agent.py\nx = 1' },
      { index: 1, text: '%%writefile rules.txt\nx = 1' },
    ]);
    assert.equal(joined.text, '#%writefile -a app/agent.py\nx = 1\n#%writefile rules.txt\n# = 1');
  });

  it('are nothing where there are none', () => {
    const joined = joinCells([]);
    assert.deepEqual(
      [joined.text, joined.cellAt(3), joined.positionOf(0)],
      ['', { index: 0, start: 0, end: 0 }, { offset: 0, line: 1, column: 1 }],
    );
    assert.equal(joined.inCell(1, span(0, 0)), undefined);
  });
});
