import { mock } from 'node:test';

/** Long enough for promises that wait for nothing but each other. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Timers of the suite that this stands in end when `pass` says how many milliseconds go by, and no test waits for them. */
export const useFakeTimers = (): ((milliseconds: number) => Promise<void>) => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());
  return async (milliseconds) => {
    await settled();
    mock.timers.tick(milliseconds);
    await settled();
  };
};
