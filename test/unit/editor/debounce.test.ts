import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { debounce, typingPauseMs } from '../../../src/editor/debounce';

describe('work that waits for typing to end', () => {
  let time = 0;
  let takesMs = 0;
  let done = 0;
  const work = (): void => {
    done += 1;
    time += takesMs;
  };
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    [time, takesMs, done] = [0, 0, 0];
  });
  afterEach(() => mock.timers.reset());

  it('is done once, a moment after the last change', () => {
    const waiting = debounce(work, () => time);
    waiting.soon();
    mock.timers.tick(typingPauseMs - 1);
    waiting.soon();
    mock.timers.tick(typingPauseMs - 1);
    assert.equal(done, 0);
    mock.timers.tick(1);
    assert.equal(done, 1);
  });

  it('waits longer after work that took long, and as before after work that did not', () => {
    const waiting = debounce(work, () => time);
    const pauseOf = (): number => {
      const before = done;
      waiting.soon();
      let pause = 0;
      for (; done === before; pause += 1) mock.timers.tick(1);
      return pause;
    };
    takesMs = 100;
    assert.equal(pauseOf(), typingPauseMs);
    takesMs = 5_000;
    assert.equal(pauseOf(), 400);
    takesMs = 1;
    assert.equal(pauseOf(), 2_000);
    assert.equal(pauseOf(), typingPauseMs);
  });

  it('waits no longer than it is told, and not at all when disposed', () => {
    const waiting = debounce(work, () => time);
    takesMs = 5_000;
    waiting.soon(0);
    mock.timers.tick(0);
    waiting.soon(0);
    mock.timers.tick(0);
    assert.equal(done, 2);
    waiting.soon(0);
    waiting.dispose();
    mock.timers.tick(10_000);
    assert.equal(done, 2);
  });
});
