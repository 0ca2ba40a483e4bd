import assert from 'node:assert/strict';
import { noFiles } from '../../../../src/core/prompt/files';
import { parseOnly } from '../../../support/onlyPrompt';

const textOf = (source: string): readonly string[] =>
  parseOnly(source, 'bedrock-prompt', noFiles).system.map((block) =>
    block.kind === 'text'
      ? block.segments
          .map((segment) => (segment.kind === 'text' ? segment.text : segment.kind === 'variable' ? `{{${segment.name}}}` : ''))
          .join('')
      : block.kind,
  );
const ignore = '<!-- cachepoint-ignore cache/missing because of {{this}} -->';

describe('a comment that silences a problem', () => {
  const cases: readonly (readonly [name: string, source: string, sent: readonly string[]])[] = [
    ['is not sent from the middle of a text', `a\n${ignore}\nb\n`, ['a\nb']],
    ['is not sent from the beginning', `# system:\n${ignore}\n\na\n`, ['a']],
    ['is not sent from the end', `a\n\n${ignore}\n`, ['a']],
    ['is not sent with CRLF', `a\r\n${ignore}\r\nb\r\n`, ['a\nb']],
    ['does not make a text where it stands alone', `${ignore}\n`, []],
    ['does not make a text in a row of its like', `${ignore}\n\n${ignore}\n# user:\nhi`, []],
    ['leaves a cache point where it is', `a\n${ignore}\n<!-- cachePoint -->\n${ignore}\nb`, ['a', 'cachePoint', 'b']],
    ['keeps variables around it', `{{x}}\n  ${ignore}  \n{{y}}`, ['{{x}}\n{{y}}']],
    ['is text inside a fence', `\`\`\`\n${ignore}\n\`\`\``, [`\`\`\`\n${ignore}\n\`\`\``]],
    ['is text in a line of text', `a ${ignore}`, [`a ${ignore}`]],
    ['is text where the word goes on', '<!-- cachepoint-ignored cache/missing -->', ['<!-- cachepoint-ignored cache/missing -->']],
  ];
  for (const [name, source, sent] of cases) it(name, () => assert.deepEqual(textOf(source), sent));
});
