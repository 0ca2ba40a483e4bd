import assert from 'node:assert/strict';

import { parseCommandLine } from '../../../src/emulator/commandLine';
import { faultAt, faultNames, parseFault } from '../../../src/emulator/faults';

describe('the emulator’s command line', () => {
  it('has defaults for everything', () => {
    const { help, withParent, options } = parseCommandLine([]);
    assert.deepEqual([help, withParent, options.port, options.speed, options.minimum], [false, false, 0, 1, 'likely']);
  });

  it('reads every option', () => {
    const arn = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a';
    const { withParent, options } = parseCommandLine([
      '--port',
      '9000',
      '--speed',
      '0',
      '--minimum',
      'high',
      '--quiet',
      '--with-parent',
      '--profile',
      `${arn}=amazon.nova-lite-v1:0`,
    ]);
    assert.deepEqual([withParent, options.port, options.speed, options.minimum, options.log], [true, 9000, 0, 'high', undefined]);
    assert.deepEqual(options.profileModels, { [arn]: 'amazon.nova-lite-v1:0' });
  });

  it('says what is wrong', () => {
    for (const args of [
      ['--port', 'abc'],
      ['--port', ''],
      ['--port', '70000'],
      ['--speed=-1'],
      ['--minimum', 'most'],
      ['--profile', 'x'],
      ['--colour'],
    ])
      assert.throws(() => parseCommandLine(args), /--/, args.join(' '));
  });
});

describe('fault names', () => {
  it('are all read, with and without a figure', () => {
    for (const name of faultNames) assert.deepEqual(parseFault(name), { name, figure: undefined });
    assert.deepEqual(parseFault(' throttle:2 '), { name: 'throttle', figure: 2 });
  });

  it('are nothing else', () => {
    for (const text of ['', 'nonsense', 'throttle:', 'throttle:x', 'constructor', '__proto__'])
      assert.equal(parseFault(text), undefined, text);
  });

  it('end after their number of attempts, except those whose figure is a time', () => {
    assert.equal(faultAt({ name: 'throttle', figure: 2 }, 2)?.kind, 'refuse');
    assert.equal(faultAt({ name: 'throttle', figure: 2 }, 3), undefined);
    assert.deepEqual(faultAt({ name: 'slow-start', figure: 10 }, 99), { kind: 'slowStart', delayMs: 10 });
  });
});
