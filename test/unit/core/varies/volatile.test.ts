import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findVolatile } from '../../../../src/core/varies/volatile';
import type { VolatileKind } from '../../../../src/core/prompt/problems';
import { volatileIn } from '../../../../src/core/varies/volatileIn';
import { readCorpus, readLanguages, score, type LabelledLine } from './volatileCorpus';

const kinds: readonly VolatileKind[] = ['date', 'time', 'uuid', 'epoch', 'hexId', 'requestId', 'clock'];
const { tuning, heldOut } = readCorpus();
const corpus: readonly LabelledLine[] = [...tuning, ...heldOut];

/** Kinds and texts that are found in a line. */
const found = (text: string): readonly string[] => findVolatile(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

describe('the labelled corpus', () => {
  it('has at least 300 different lines, at least half of them static', () => {
    assert.ok(corpus.length >= 300);
    assert.equal(new Set(corpus.map(({ text }) => text)).size, corpus.length);
    assert.ok(corpus.filter((line) => !line.volatile).length >= corpus.length / 2);
  });

  it('labels every line with a known kind', () => {
    for (const { kind, text } of corpus) assert.ok(kinds.includes(kind) && text.trim() !== '', text);
  });

  it('is found with a precision of 0.985 and a recall of 0.95 on the part that was set aside', () => {
    const result = score(heldOut);
    assert.ok(result.precision >= 0.985, `precision ${result.precision}`);
    assert.ok(result.recall >= 0.95, `recall ${result.recall}`);
  });

  it('is found with a precision of 0.97 and a recall of 0.85 on the part used in tuning', () => {
    const result = score(tuning);
    assert.ok(result.precision >= 0.97, result.falseAlarms.join('\n'));
    assert.ok(result.recall >= 0.85, result.missed.join('\n'));
  });

  for (const kind of kinds)
    it(`keeps a precision of 0.9 and a recall of 0.75 on lines of kind ${kind}`, () => {
      const result = score(corpus.filter((line) => line.kind === kind));
      assert.ok(result.precision >= 0.9, result.falseAlarms.join('\n'));
      assert.ok(result.recall >= 0.75, result.missed.join('\n'));
    });
});

describe('the corpus of languages', () => {
  const parts = readLanguages();
  const lines = [...parts.tuning, ...parts.heldOut];
  const languages = [...new Set(lines.map(({ language }) => language))];

  it('has twenty-three languages with at least 40 lines that vary and 40 that do not, all different', () => {
    assert.equal(languages.length, 23);
    assert.equal(new Set(lines.map(({ language, text }) => language + text)).size, lines.length);
    for (const language of languages) {
      const own = lines.filter((line) => line.language === language);
      const count = own.filter((line) => line.volatile).length;
      assert.ok(count >= 40 && own.length - count >= 40, language);
    }
  });

  it('is found with a precision of 0.985 and a recall of 0.95 on the part that was set aside', () => {
    const result = score(parts.heldOut);
    assert.ok(result.precision >= 0.985, `precision ${result.precision}`);
    assert.ok(result.recall >= 0.95, `recall ${result.recall}`);
  });

  for (const language of languages)
    it(`is found in ${language} with a precision of 0.95 and a recall of 0.9 on either part`, () => {
      for (const part of [parts.tuning, parts.heldOut]) {
        const result = score(part.filter((line) => line.language === language));
        assert.ok(result.precision >= 0.95 && result.recall >= 0.9, `precision ${result.precision}, recall ${result.recall}`);
      }
    });
});

describe('text that looks made for one request', () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['Today is 23 November 2026.', ['date: 23 November 2026']],
    ['Today is Monday, 23 November 2026, a holiday.', ['date: Monday, 23 November 2026']],
    ['Current time: 2026-11-23T14:32:07Z', ['time: 2026-11-23T14:32:07Z']],
    ['**Current date:** 2026-11-23', ['date: 2026-11-23']],
    ['Heute ist der 23. November 2026.', ['date: 23. November 2026']],
    ['Date du jour : 23/11/2026', ['date: 23/11/2026']],
    ['Request ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7', ['uuid: 7c9e6679-7425-40de-944b-e07fc1f90ae7']],
    ['Trace ID: 4bf92f3577b34da6a3ce929d0e0e4736', ['hexId: 4bf92f3577b34da6a3ce929d0e0e4736']],
    ['Session: 01ARZ3NDEKTSV4RRFFQ69G5FAV', ['requestId: 01ARZ3NDEKTSV4RRFFQ69G5FAV']],
    ['Timestamp: 1795357927', ['epoch: 1795357927']],
    ['It is {{$now}} now.', ['clock: {{$now}}']],
    ['Time: ${new Date().toISOString()}', ['clock: ${new Date().toISOString()}']],
    ['Today is {datetime.now():%d %B}.', ['clock: {datetime.now():%d %B}']],
    ['Today is 2026-11-23. Request ID: req_0a1b2c3d', ['date: 2026-11-23', 'requestId: req_0a1b2c3d']],
    ['Nothing here varies.', []],
    ['', []],
  ];
  for (const [text, expected] of table)
    it(`is ${expected.length === 0 ? 'absent' : 'found'} in "${text}"`, () => assert.deepEqual(found(text), expected));

  it('is not seen in what a log, an example, a quotation or shown code tells', () => {
    for (const text of [
      '2024-11-02 10:22:31 INFO current time: 14:32',
      'Example: today is 4 May 2024.',
      'He said "today is 4 May 2024" and left.',
      'If today is 4 May 2024, say so.',
      'Write `{{$now}}` for the time.',
      "const requestId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';",
      'The current date is after 2024-01-01 in all of these.',
      'Request ID: 123e4567-e89b-12d3-a456-426614174000',
    ])
      assert.deepEqual(found(text), [], text);
  });

  it('stands within the text, in order, without overlaps and never across a line end', () => {
    const line = fc.constantFrom(...corpus.map(({ text }) => text));
    const word = fc.constantFrom(
      'today',
      'is',
      ':',
      '2026-11-23',
      '14:32',
      'request id',
      '{{$now}}',
      '\n',
      '"',
      '(',
      'a1b2c3d4e5f60718',
      '1795357927',
      ' ',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(line).map((lines) => lines.join('\n')),
      fc.array(word).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let reached = 0;
        for (const { start, end } of findVolatile(text)) {
          assert.ok(start >= reached && end > start && end <= text.length);
          assert.ok(!text.slice(start, end).includes('\n'));
          reached = end;
        }
      }),
    );
  });

  it('is the same whether lines are searched alone or together', () => {
    const line = fc.constantFrom(...corpus.map(({ text }) => text));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        assert.deepEqual(found(lines.join('\n')), lines.flatMap(found));
      }),
      { numRuns: 60 },
    );
  });

  it('is the same whether a long text is searched whole or in its chunks', () => {
    const text = corpus.map((line) => line.text).join('\n');
    assert.deepEqual(volatileIn(text), findVolatile(text));
  });

  it('is the same in chunks wherever a heading and its value are cut apart', () => {
    const filler = 'Answer in one sentence and name the town first.\n';
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 60 }),
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom('\n', '\n\n'),
        (before, after, gap) => {
          const text = `${filler.repeat(before)}## Current date${gap}2026-10-14\n${filler.repeat(after)}`;
          assert.deepEqual(volatileIn(text), findVolatile(text));
          assert.equal(volatileIn(text).length, 1);
        },
      ),
    );
  });
});

describe('a value below its heading', () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['## Current date\n2026-10-14', ['date: 2026-10-14']],
    ['## Current date\n\nWednesday, 14 October 2026\n\nNext', ['date: Wednesday, 14 October 2026']],
    ['**Current time (UTC):**\r\n14:32', ['time: 14:32']],
    ['Current date\n------------\n- 2026-10-14', ['date: 2026-10-14']],
    ['<now>\n2026-10-14T09:41:07Z\n</now>', ['time: 2026-10-14T09:41:07Z']],
    ['Session ID:\n7c9e6679-7425-40de-944b-e07fc1f90ae7', ['uuid: 7c9e6679-7425-40de-944b-e07fc1f90ae7']],
    ['## Current date\n{current_date}', ['clock: {current_date}']],
    ['## Current date\nAsk the tool.\n2026-10-14', []],
    ['## Current date\n2026-10-14 the policy began', []],
    ['## Current date\n\n\n2026-10-14', []],
    ['Say the current date\n2026-10-14', []],
    ['## Release\n2026-10-14', []],
    ['## Date and time\n2026-10-14', []],
    ['## Date and time\n2026-10-14 09:41', ['time: 2026-10-14 09:41']],
  ];
  for (const [text, expected] of table)
    it(`is ${expected.length === 0 ? 'absent' : 'found'} in ${JSON.stringify(text)}`, () => assert.deepEqual(found(text), expected));
});

describe('leftovers of templates', () => {
  it('are found where a value would stand, in the braces of many templates', () => {
    for (const place of [
      '{current_datetime}',
      '{{ current_date }}',
      '${today}',
      '%(timestamp)s',
      '<%= now %>',
      '{% now "Y-m-d" %}',
      "{% now 'utc', '%Y-%m-%d' %}",
      '<?= date("Y-m-d") ?>',
      '[CURRENT_DATE]',
      '<<request_id>>',
      '{context.session_id}',
      '{now:%H:%M}',
      '%session_id%',
    ])
      assert.deepEqual(found(`Context: ${place}`), [`clock: ${place}`], place);
  });

  it('may have any name behind a word for the present', () => {
    for (const place of ['{x}', '${heute}', '%(d)s', '<%= d %>', '[DATE]', '[insert date]'])
      assert.deepEqual(found(`Today's date: ${place}`), [`clock: ${place}`], place);
  });

  it('are not what a sentence shows, explains or asks for', () => {
    for (const text of [
      'Write dates as {day}.{month}.{year}.',
      'Never print `{current_datetime}`; ask the clock tool.',
      'The placeholder {current_date} is filled in later.',
      'Log format: {timestamp} {level}',
      'GET /sessions/{session_id}/turns',
      'Today is [a good day] to start.',
      'today: { type: string }',
    ])
      assert.deepEqual(found(text), [], text);
  });
});

describe('a code fence', () => {
  const fenced = (before: string, fence = '```'): string => `${before}\n\n${fence}\nCurrent date: 2026-10-14\n${fence}\n`;

  it('shows how something looks where the line before it says so', () => {
    for (const before of ['Ask for dates like this:', 'For example:', 'A sample of what customers send:', 'Beispiel:'])
      assert.deepEqual(found(fenced(before)), [], before);
    assert.deepEqual(found(fenced('An example:', '~~~~')), []);
  });

  it('is the own text of the prompt otherwise, and behind its end', () => {
    for (const before of ['# Context', 'The state of the desk:', '']) assert.deepEqual(found(fenced(before)), ['date: 2026-10-14'], before);
    assert.deepEqual(found(`${fenced('For example:')}\nToday is 15 October 2026.`), ['date: 15 October 2026']);
  });
});

describe('how often a value changes', () => {
  const every = (text: string): readonly string[] => findVolatile(text).map((item) => item.every);

  it('is once a day for a date alone, and with each request for a time or an identifier', () => {
    for (const text of [
      'Today is 2026-11-23.',
      'Today is {datetime.now():%Y-%m-%d}.',
      'Today: {current_date}',
      'Today: $(date +%F)',
      'Today is #{Date.today}.',
    ])
      assert.deepEqual(every(text), ['day'], text);
    for (const text of [
      'Current time: 14:32',
      'Today is 2026-11-23 14:32.',
      'Now: ${new Date().toISOString()}',
      'Today: {current_datetime}',
      'It is {{$now}}.',
      'Timestamp: 1795357927',
      'Session ID: sess-8842917-ab',
      'session_id={session_id}',
    ])
      assert.deepEqual(every(text), ['request'], text);
  });
});
