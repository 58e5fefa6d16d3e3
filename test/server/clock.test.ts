import { describe, expect, test } from 'vitest';
import { evenTime, liveClock, replayClock, simulatedClock } from '../../server/clock.ts';
import { HOUR, MINUTE } from '../../shared/time.ts';
import { handMachine } from '../setup/hand-machine.ts';

const DAY = 24 * HOUR;
const evening = Date.UTC(2022, 2, 8, 12);

describe('the time by which staff are measured', () => {
  test('goes on evenly however the machine\'s clock is put, and after a restart from where it was', () => {
    const { by, pass, put } = handMachine(evening);
    const now = evenTime(undefined, by);
    put(HOUR);
    pass(MINUTE);
    put(-2 * HOUR);
    pass(MINUTE);
    expect(now() - evening).toBe(2 * MINUTE);
    expect(evenTime(evening + 2 * MINUTE, by)() - evening).toBe(2 * MINUTE);
  });
});

describe('the simulated clock', () => {
  test('runs at its speed from where it is started, and does not drift in a week', () => {
    const { by, pass } = handMachine(evening);
    const clock = simulatedClock({ start: evening, speed: 60 }, by);
    expect(clock.now()).toBe(evening);
    for (let i = 0; i < 10_081; i += 1) pass(1_000.1);
    expect(clock.now()).toBe(evening + Math.floor(10_081 * 1_000.1 * 60));
  });

  test('does not notice that the wall clock of its machine is put', () => {
    const { by, pass, put } = handMachine(evening);
    const clock = simulatedClock({ start: evening, speed: 60 }, by);
    put(-3 * HOUR);
    pass(1_000);
    expect(clock.now()).toBe(evening + MINUTE);
  });

  test('calls at the event instant and never before it', () => {
    const { by, pass } = handMachine(evening);
    const clock = simulatedClock({ start: evening, speed: 60 }, by);
    const called: number[] = [];
    clock.at(evening + HOUR, () => { called.push(clock.now()); });
    pass(59_999);
    expect(called).toEqual([]);
    pass(1);
    expect(called).toEqual([evening + HOUR]);
    pass(HOUR);
    expect(called).toHaveLength(1);
  });

  test('calls in the order of the instants, those of one instant in the order of asking, and none that was called off', () => {
    const { by, pass } = handMachine(evening);
    const clock = simulatedClock({ start: evening, speed: 3_600 }, by);
    const called: string[] = [];
    clock.at(evening + 3, () => { called.push('third'); });
    clock.at(evening + 1, () => { called.push('first'); });
    clock.at(evening + 1, () => { called.push('second'); });
    const off = clock.at(evening + 2, () => { called.push('called off'); });
    clock.at(evening - DAY, () => { called.push('long due'); off(); });
    pass(1);
    expect(called).toEqual(['long due', 'first', 'second', 'third']);
  });

  test('a timer that calls another off does not bring a later one forward', () => {
    const { by, pass } = handMachine(evening);
    const clock = simulatedClock({ start: evening, speed: 1 }, by);
    const called: string[] = [];
    const offs: (() => void)[] = [];
    clock.at(evening + 10, () => { called.push('first'); offs[0]?.(); });
    offs.push(clock.at(evening + 10, () => { called.push('called off'); }));
    clock.at(evening + HOUR, () => { called.push('an hour later'); });
    pass(10);
    expect(called).toEqual(['first']);
  });

  test('a timer that always sets itself in the past leaves the others their turn', () => {
    const { by } = handMachine(evening);
    const clock = simulatedClock({ start: evening, speed: 1 }, { ...by, after: (_, run) => { turns.push(run); return () => undefined; } });
    const turns: (() => void)[] = [];
    let ran = 0;
    const again = (): void => { ran += 1; if (ran < 1_000) clock.at(evening, again); };
    clock.at(evening, again);
    turns.pop()?.();
    expect(ran).toBe(1);
  });

  test('waits months in short waits, so that nothing overflows', () => {
    const { by, pass, waiting } = handMachine(evening);
    const clock = simulatedClock({ start: evening, speed: 1 }, by);
    let called = 0;
    clock.at(evening + 100 * DAY, () => { called += 1; });
    expect(Math.max(...waiting())).toBeLessThan(2 ** 31);
    pass(100 * DAY - 1);
    expect(called).toBe(0);
    pass(1);
    expect(called).toBe(1);
  });

  test('stands after the last day, and what was due later never comes', () => {
    const { by, pass, waiting } = handMachine(evening);
    const clock = simulatedClock({ start: evening, speed: 60, until: evening + HOUR }, by);
    const called: string[] = [];
    clock.at(evening + HOUR, () => { called.push('at the end'); });
    clock.at(evening + HOUR + 1, () => { called.push('after the end'); });
    pass(59_000);
    expect(clock.standing()).toBe(false);
    pass(DAY);
    expect([clock.standing(), clock.now(), called]).toEqual([true, evening + HOUR, ['at the end']]);
    expect(waiting()).toEqual([]);
  });

  test('that is held stands at its start until it is let go, however long that takes; nothing is due before', () => {
    const { by, pass } = handMachine(evening)
    const clock = simulatedClock({ start: evening, speed: 60, held: true }, by)
    const called: number[] = []
    clock.at(evening + MINUTE, () => { called.push(clock.now()) })
    pass(60_000)
    expect([clock.now(), called]).toEqual([evening, []])
    clock.begin()
    pass(1_000)
    expect([clock.now(), called]).toEqual([evening + MINUTE, [evening + MINUTE]])
  })

  test('stands where it is told to', () => {
    const { by, pass } = handMachine(evening);
    const clock = simulatedClock({ start: evening, speed: 60 }, by);
    let called = 0;
    clock.at(evening + HOUR, () => { called += 1; });
    pass(1_000);
    clock.stand();
    pass(DAY);
    expect([clock.standing(), clock.now(), called]).toEqual([true, evening + MINUTE, 0]);
  });

  test('once stopped, calls nobody', () => {
    const { by, pass, waiting } = handMachine(evening);
    const clock = simulatedClock({ start: evening, speed: 60 }, by);
    let called = 0;
    clock.at(evening + HOUR, () => { called += 1; });
    clock.stop();
    expect(waiting()).toEqual([]);
    pass(DAY);
    expect(called).toBe(0);
  });
});

describe('the live clock', () => {
  test('is the wall clock, and follows it at once when it is put forward', () => {
    const { by, pass, put } = handMachine(evening);
    const clock = liveClock(by);
    expect([clock.now(), clock.kind, clock.standing()]).toEqual([evening, 'live', false]);
    pass(1_000);
    put(HOUR);
    expect(clock.now()).toBe(evening + HOUR + 1_000);
  });

  test('never turns back when the wall clock is put back, goes on meanwhile, and is with it again in twice the time', () => {
    const { by, pass, put } = handMachine(evening);
    const clock = liveClock(by);
    put(-HOUR);
    let before = clock.now();
    for (let minute = 1; minute <= 119; minute += 1) {
      pass(MINUTE);
      expect(clock.now()).toBe(before + MINUTE / 2);
      before = clock.now();
    }
    pass(2 * MINUTE);
    expect(clock.now()).toBe(by.wall());
    pass(MINUTE);
    expect(clock.now()).toBe(by.wall());
  });

  test('a timer hears within seconds that the wall clock was put forward past it', () => {
    const { by, pass, put } = handMachine(evening);
    const clock = liveClock(by);
    let called = 0;
    clock.at(evening + 5 * HOUR, () => { called += 1; });
    put(6 * HOUR);
    pass(10_000);
    expect(called).toBe(1);
  });
});

describe('the clock of a replay', () => {
  test('moves only when it is told to, and never back', async () => {
    const clock = replayClock(evening, 600);
    expect([clock.now(), clock.kind, clock.speed]).toEqual([evening, 'replay', 600]);
    await clock.set(evening + HOUR);
    expect(clock.now()).toBe(evening + HOUR);
    await expect(clock.set(evening)).rejects.toThrow(/cannot go back/);
  });

  test('runs every timer due before an instant at its own instant, one after the other, and the one due at it later', async () => {
    const clock = replayClock(evening, 600);
    const told: string[] = [];
    const tell = (name: string, wait = 0) => async () => {
      told.push(`${name} begins at ${(clock.now() - evening) / MINUTE}`);
      if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      told.push(`${name} ends`);
    };
    clock.at(evening + HOUR, tell('the hour'));
    clock.at(evening + 20 * MINUTE, tell('silence'));
    clock.at(evening + 10 * MINUTE, async () => {
      await tell('settling', 5)();
      clock.at(evening + 15 * MINUTE, tell('what settling brought'));
    });
    clock.at(evening + 30 * MINUTE, tell('called off'))();
    await clock.set(evening + HOUR);
    expect(told).toEqual([
      'settling begins at 10', 'settling ends', 'what settling brought begins at 15', 'what settling brought ends', 'silence begins at 20', 'silence ends',
    ]);
    await clock.set(evening + 2 * HOUR);
    expect(told.slice(6)).toEqual(['the hour begins at 60', 'the hour ends']);
  });

  test('a timer that was due long ago runs at the present, not in the past', async () => {
    const clock = replayClock(evening, 600);
    let ranAt = 0;
    clock.at(evening - DAY, () => { ranAt = clock.now(); });
    await clock.set(evening + 1);
    expect(ranAt).toBe(evening);
  });

  test('stands once its runner says that nothing more comes', () => {
    const clock = replayClock(evening, 600);
    expect(clock.standing()).toBe(false);
    clock.stand();
    expect(clock.standing()).toBe(true);
  });
});
