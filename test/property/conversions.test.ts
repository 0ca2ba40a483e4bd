import assert from 'node:assert/strict';
import { targetIds } from '../../src/core/convert/targetIds';
import { declaredValues, type Values } from '../../src/core/request/values';
import type { Prompt } from '../../src/core/prompt/model';
import { asMessages, forms, isSound, known, withoutBytes } from '../support/sentForms';
import { allSources, chainOf, convertIn, namedValues, readBack, sentBy, type Sent } from '../support/conversions';

/** What JSON says: a value, a default or an example, else the name in braces. */
const filledValues = (prompt: Prompt): Values => {
  const known = declaredValues(prompt.header.variables, true);
  const named = namedValues(prompt);
  return (name) => known(name) ?? named(name);
};

describe('a conversion', () => {
  for (const target of targetIds) {
    const sends = target === 'boto3' || target === 'aws-sdk-js' || target === 'aws-cli';
    const { isFilled, isCode, forget = (sent) => sent, reads = () => true } = forms[target];
    it(`to ${target} is read as the same prompt`, () => {
      let count = 0;
      for (const source of allSources().filter(({ analysis }) => isSound(analysis))) {
        const { name, files, analysis } = source;
        const result = convertIn(analysis, target);
        if (result.kind !== 'converted') continue;
        const values = isFilled === true ? filledValues(analysis.prompt) : namedValues(analysis.prompt);
        const own = sentBy(analysis.prompt, values);
        if (!reads(own) || (own.messages.length === 0 && own.system.length === 0)) continue;
        count += 1;
        const back = readBack(result, files);
        const compared = (sent: Sent): Sent => {
          const one = known(isCode === true ? withoutBytes(sent) : sent);
          return forget(analysis.prompt.api === 'messages' && sends ? asMessages(one) : one);
        };
        const [before, after] = [compared(own), compared(sentBy(back, namedValues(back)))];
        assert.deepEqual(after, before, `${name}\n${result.text}`);
        const { modelId } = analysis.plan;
        assert.deepEqual(chainOf(back, after, modelId), chainOf(analysis.prompt, before, modelId), name);
      }
      assert.ok(count > 150, `${count} prompts`);
    }).timeout(120_000);
  }
});
