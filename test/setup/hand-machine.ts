import type { Machine } from '../../server/clock.ts';

/** A machine whose time passes only when a test says so; `put` sets its wall clock, as people and NTP do. */
export function handMachine(wall: number) {
  let [now, put, next] = [5_000, wall - 5_000, 0];
  const timers = new Map<number, { due: number; run: () => void }>();
  const by: Machine = {
    monotonic: () => now,
    wall: () => now + put,
    after: (ms, run) => {
      const id = next++;
      timers.set(id, { due: now + ms, run });
      return () => { timers.delete(id); };
    },
  };
  const pass = (ms: number): void => {
    const end = now + ms;
    for (;;) {
      const due = [...timers].filter(([, timer]) => timer.due <= end).sort(([, a], [, b]) => a.due - b.due)[0];
      if (due === undefined) break;
      now = Math.max(now, due[1].due);
      timers.delete(due[0]);
      due[1].run();
    }
    now = end;
  };
  return { by, pass, put: (ms: number) => { put += ms; }, waiting: () => [...timers.values()].map(({ due }) => due - now) };
}
