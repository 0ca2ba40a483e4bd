import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

  it('reads a scenario, and says which of its faults does not exist', () => {
    const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
    const scenario = (faults: readonly string[]) => {
      const file = join(folder, 'scenario.json');
      writeFileSync(file, JSON.stringify({ faults, replies: ['Yes.'] }));
      return parseCommandLine(['--scenario', file]).options.scenario;
    };
    assert.deepEqual(scenario(['throttle:2', 'cut']), { faults: ['throttle:2', 'cut'], replies: ['Yes.'] });
    assert.throws(() => scenario(['cut', 'thortle']), /does not exist: thortle$/);
    rmSync(folder, { recursive: true });
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

describe('a fault on an operation', () => {
  const operations = ['converse', 'converse-stream', 'invoke', 'invoke-with-response-stream', 'count-tokens'] as const;
  /** Operations on which the fault is refused as impossible. */
  const refusing = (fault: string): readonly string[] =>
    operations.filter((operation) => {
      const order = parseFault(fault);
      assert.ok(order !== undefined);
      const played = faultAt(order, 1, operation);
      return played?.kind === 'refuse' && played.error.message.includes(`cannot play the fault ${order.name} on ${operation}`);
    });

  it('is played wherever the service could fail like that', () => {
    for (const fault of ['throttle', 'cut', 'stall', 'reset', 'redirect', 'clock-skew', 'internal-error'])
      assert.deepEqual(refusing(fault), []);
  });

  it('says that it cannot be played where the service could not', () => {
    const whole = ['converse', 'invoke', 'count-tokens'];
    for (const fault of ['throttle-stream', 'validation-stream', 'no-metadata', 'unknown-stream-error'])
      assert.deepEqual(refusing(fault), whole);
    for (const fault of ['model-timeout', 'model-error', 'model-not-ready', 'caching-denied'])
      assert.deepEqual(refusing(fault), ['count-tokens']);
    assert.deepEqual(refusing('throttle-stream:1'), whole, 'also when its attempts are over');
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
    assert.equal(faultAt({ name: 'throttle', figure: 2 }, 2, 'converse')?.kind, 'refuse');
    assert.equal(faultAt({ name: 'throttle', figure: 2 }, 3, 'converse'), undefined);
    assert.deepEqual(faultAt({ name: 'slow-start', figure: 10 }, 99, 'converse'), { kind: 'slowStart', delayMs: 10 });
  });
});
