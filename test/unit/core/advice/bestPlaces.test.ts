import assert from 'node:assert/strict';
import fc from 'fast-check';
import { choosePlaces, type ChosenPlace, type SolverTtl, type Task } from '../../../../src/core/advice/bestPlaces';
import type { LegalPlace } from '../../../../src/core/advice/legalPlaces';

const place = (after: number, tokens: number, reuse: LegalPlace['reuse'] = 'shared'): LegalPlace => ({
  after,
  tokens,
  reuse,
  existing: undefined,
});
const worth = (task: Task, chosen: readonly ChosenPlace[]): number => {
  let reached = task.from;
  return chosen.reduce((sum, { place: at, ttl }) => {
    const stretch = at.tokens - reached;
    reached = at.tokens;
    return sum + stretch * task.gain(at, ttl) - task.effort(at, ttl);
  }, 0);
};
const described = (chosen: readonly ChosenPlace[]): readonly string[] => chosen.map(({ place: at, ttl }) => `${at.after} ${ttl}`);
const task = (more: Partial<Task>): Task => ({
  places: [],
  most: 4,
  ttls: ['1h', '5m'],
  from: 0,
  gain: () => 1,
  effort: () => 0.5,
  ...more,
});

describe('choosing places', () => {
  it('chooses nothing where nothing is gained or nothing may be chosen', () => {
    const places = [place(0, 100), place(1, 200)];
    assert.deepEqual(choosePlaces(task({})), []);
    assert.deepEqual(choosePlaces(task({ places, most: 0 })), []);
    assert.deepEqual(choosePlaces(task({ places, gain: () => -1 })), []);
    assert.deepEqual(choosePlaces(task({ places, effort: () => 1000 })), []);
    assert.deepEqual(choosePlaces(task({ places, ttls: [] })), []);
  });

  it('chooses one place at the end where all gain alike', () => {
    assert.deepEqual(described(choosePlaces(task({ places: [place(0, 100), place(1, 200)], ttls: ['5m'] }))), ['1 5m']);
  });

  it('chooses one place per gain, and never a longer lifetime behind a shorter one', () => {
    const places = [place(0, 100), place(1, 200, 'session')];
    const gain = ({ reuse }: LegalPlace, ttl: SolverTtl) =>
      ({ 'shared 5m': 0.9, 'shared 1h': 0.8, 'session 5m': 0.3, 'session 1h': 0.6 })[`${reuse} ${ttl}`];
    assert.deepEqual(described(choosePlaces(task({ places, gain }))), ['0 1h', '1 1h']);
    assert.deepEqual(described(choosePlaces(task({ places, gain: (at, ttl) => (at.reuse === 'session' ? 0.1 : gain(at, ttl)) }))), [
      '0 5m',
      '1 5m',
    ]);
  });

  it('counts only what lies behind the points that stand in front', () => {
    const places = [place(0, 100), place(1, 200)];
    assert.deepEqual(described(choosePlaces(task({ places, from: 199.8, ttls: ['5m'] }))), []);
    assert.deepEqual(described(choosePlaces(task({ places, from: 150, ttls: ['5m'] }))), ['1 5m']);
  });

  it('is never undercut by any other choice', () => {
    const gains = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
    const steps = fc.array(fc.record({ step: fc.nat(50), session: fc.boolean(), effort: fc.double({ min: -3, max: 3, noNaN: true }) }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(steps, gains, fc.nat(4), fc.nat(60), (written, gain, most, from) => {
        let tokens = 0;
        const places = written.map(({ step, session }, at) => place(at, (tokens += step), session ? 'session' : 'shared'));
        const given = task({
          places,
          most,
          from,
          gain: ({ reuse }, ttl) => gain[(reuse === 'session' ? 2 : 0) + (ttl === '1h' ? 1 : 0)] ?? 0,
          effort: ({ after }) => written[after]?.effort ?? 0,
        });
        let best = 0;
        const visit = (chosen: readonly ChosenPlace[], next: number): void => {
          best = Math.max(best, worth(given, chosen));
          if (chosen.length === most) return;
          for (const at of places.slice(next).filter((one) => one.tokens >= from))
            for (const ttl of given.ttls)
              if (ttl === '5m' || chosen.at(-1)?.ttl !== '5m') visit([...chosen, { place: at, ttl }], at.after + 1);
        };
        visit([], 0);
        const own = choosePlaces(given);
        assert.ok(own.length <= most);
        assert.ok(Math.abs(worth(given, own) - best) < 1e-9, `${worth(given, own)} against ${best}`);
      }),
      { numRuns: 300 },
    );
  });
});
