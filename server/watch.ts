/** What time alone brings: periods that close, limits that change at midnight, silences, projections that lose their data. */
import type { Alerts } from '../shared/book.ts';
import type { Draft, Fact } from '../shared/fact.ts';
import type { Bench } from '../shared/judge.ts';
import { judgeCurrent, nextDue, type Passed, passTime } from '../shared/turn.ts';
import type { Clock } from './clock.ts';

export type WatchParts = {
  bench: Bench; clock: Clock;
  room: { alerts: () => Alerts; append: (drafts: Draft[]) => Fact[] };
  screens: { passed: (passed: Passed) => void };
  /** Nothing is judged at the start: what is known was judged, and what it lacks comes next. */
  resumed?: boolean;
};

export type Watch = {
  /** Looks again at when something is due: after a command, which can bring it nearer. */
  arm: () => void;
  stop: () => void;
};

/** Judges all that is current once, as every start does, then wakes whenever something is due. */
export function watch({ bench, clock, room, screens, resumed = false }: WatchParts): Watch {
  // What is due at this very instant may have been left undone by the run before: it is looked at again, and repeats nothing.
  const start = clock.now();
  let since = start - 1;
  let callOff = (): void => undefined;
  if (!resumed) room.append(judgeCurrent(bench, room.alerts(), start));
  const wake = (): void => {
    const now = clock.now();
    const passed = passTime(bench, room.alerts(), { since, now });
    since = now;
    room.append(passed.drafts);
    screens.passed(passed);
    arm();
  };
  const arm = (): void => {
    callOff();
    callOff = clock.at(nextDue(bench, room.alerts(), since), wake);
  };
  arm();
  return { arm, stop: () => { callOff(); } };
}
