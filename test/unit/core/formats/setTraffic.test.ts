import assert from 'node:assert/strict';
import { noFiles } from '../../../../src/core/prompt/files';
import { applyEdits } from '../../../../src/core/text/edit';
import { parseOnly } from '../../../support/onlyPrompt';

const body = '# user:\nHello\n';
const write = (text: string, calls: number): string | undefined => {
  const edits = parseOnly(text, 'bedrock-prompt', noFiles).write.setTraffic?.(calls);
  return edits && applyEdits(text, edits);
};

describe('writing the traffic of a prompt', () => {
  for (const [where, text] of [
    ['in a file without front matter', body],
    ['in front matter without the key', `---\nname: a\n---\n${body}`],
    ['where calls are named in one line', `---\ntraffic: { callsPerHour: 30 }\nname: a\n---\n${body}`],
    ['where calls have a line of their own', `---\ntraffic:\n  callsPerHour: 30\n---\n${body}`],
    ['where calls are half typed', `---\ntraffic: { callsPerHour: }\n---\n${body}`],
    ['in place of a burst', `---\ntraffic: { burst: 40, minutes: 10 }\n---\n${body}`],
  ] as const)
    for (const newline of ['\n', '\r\n'])
      it(`works ${where}${newline === '\n' ? '' : ', with CRLF'}`, () => {
        const after = write(text.replaceAll('\n', newline), 2.5) ?? '';
        const prompt = parseOnly(after, 'bedrock-prompt', noFiles);
        assert.deepEqual(prompt.problems, []);
        assert.equal(prompt.header.callsPerHour?.value, 2.5);
        assert.equal(prompt.header.burst, undefined);
        if (newline === '\r\n') assert.doesNotMatch(after, /[^\r]\n/);
      });

  it('leaves a burst of several lines to a person', () => {
    assert.equal(write(`---\ntraffic:\n  burst: 40\n  minutes: 10\n---\n${body}`, 3), undefined);
  });

  it('is not offered where a prompt has no front matter', () => {
    assert.equal(parseOnly('{"messages":[]}', 'converse-json', noFiles).write.setTraffic, undefined);
  });
});
