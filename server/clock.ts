/**
 * The clock that is handed in: event time, as instants in UTC milliseconds. Three kinds: the wall's own time, a simulated
 * time that starts somewhere and runs at a speed, and a replay's, which moves only when its runner says so.
 *
 * Event time never turns back, whatever the machine's clock does: periods that were closed stay closed.
 */

/** A callback of a timer; what it rejects with is a bug, and ends the process as one. */
export type Run = () => void | Promise<void>;

export type Clock = {
  readonly kind: 'live' | 'simulated' | 'replay';
  /** Event milliseconds in a machine millisecond. */
  readonly speed: number;
  now: () => number;
  /**
   * Runs something once at an event instant, in the order of the instants and then of the calls; at the next turn where
   * it has passed. Answers how to call it off. In a replay nothing runs but under `set`.
   */
  at: (instant: number, run: Run) => () => void;
  /** Whether event time has stopped for good. Timers ahead of it then never run. */
  standing: () => boolean;
  /** Calls every timer off. */
  stop: () => void;
};

/** What a clock needs of the machine: a time that only grows, the wall's time, and a timer. */
export type Machine = {
  monotonic: () => number;
  wall: () => number;
  after: (ms: number, run: () => void) => () => void;
};

export const machine: Machine = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => { clearTimeout(timer); };
  },
};

/** The machine's time for what is measured in it: it goes on evenly from the first moment, and from `least`, however its clock is put meanwhile. */
export function evenTime(least = -Infinity, by: Machine = machine): () => number {
  const ahead = Math.max(by.wall(), least) - by.monotonic();
  return () => Math.floor(ahead + by.monotonic());
}

/**
 * The longest wait in one go. Far below what `setTimeout` can count (2^31 ms), and short, so that timers hear soon of a
 * wall clock that was put forward, or of a machine that slept.
 */
const LONGEST_WAIT = 10_000;

type Timer = { instant: number; run: Run };

/** Timers in the order in which they are due. */
function timerList() {
  const timers: Timer[] = [];
  return {
    first: (): Timer | undefined => timers[0],
    take: (): Timer | undefined => timers.shift(),
    clear: () => { timers.length = 0; },
    /** Adds a timer; answers how to call it off. */
    add(timer: Timer): () => void {
      let place = timers.length;
      while (place > 0 && (timers[place - 1]?.instant ?? 0) > timer.instant) place -= 1;
      timers.splice(place, 0, timer);
      return () => {
        const found = timers.indexOf(timer);
        if (found >= 0) timers.splice(found, 1);
      };
    },
    /** How many are due by an instant. */
    due: (by: number): number => timers.filter(({ instant }) => instant <= by).length,
  };
}

type Running = Pick<Clock, 'now' | 'speed' | 'standing'>;

/** Timers of a clock that runs by itself: one wait of the machine, for the first of them. */
function running({ now, speed, standing }: Running, by: Machine): Pick<Clock, 'at' | 'stop'> {
  const timers = timerList();
  let disarm = (): void => undefined;
  const fire = (): void => {
    // Only those that were due before any ran: one that sets itself again in the past must not hold the turn for ever.
    const due = now();
    for (let left = timers.due(due); left > 0 && (timers.first()?.instant ?? Infinity) <= due; left -= 1) void timers.take()?.run();
    arm();
  };
  const arm = (): void => {
    disarm();
    disarm = () => undefined;
    const next = timers.first();
    if (next === undefined || (standing() && next.instant > now())) return;
    const wait = Math.ceil(Math.max(0, next.instant - now()) / speed);
    disarm = by.after(Math.min(wait, LONGEST_WAIT), fire);
  };
  return {
    at(instant, run) {
      const timer = { instant, run };
      const callOff = timers.add(timer);
      if (timers.first() === timer) arm();
      return callOff;
    },
    stop() {
      timers.clear();
      disarm();
    },
  };
}

/**
 * Real time. A wall clock put forward is followed at once. One that was put back is not: until it has caught up, event
 * time goes on at half its pace, by the monotonic clock, so that it neither repeats an hour nor stops watching for one.
 */
export function liveClock(by: Machine = machine): Clock {
  let last = by.wall();
  let seen = by.monotonic();
  const now = (): number => {
    const monotonic = by.monotonic();
    last = Math.max(by.wall(), last + (monotonic - seen) / 2);
    seen = monotonic;
    return Math.floor(last);
  };
  const clock = { kind: 'live' as const, speed: 1, now, standing: () => false };
  return { ...clock, ...running(clock, by) };
}

export type SimulatedClock = Clock & { /** Freezes event time where it is. */ stand: () => void; /** Lets one that is held go. */ begin: () => void };

/**
 * Time that starts at an instant (after a restart: at the last durable one) and runs at a speed, by the monotonic clock
 * and always from the start, so that it does not drift; it stands at `until`. `held`: it stands at its start until it is let go.
 */
export function simulatedClock(from: { start: number; speed: number; until?: number; held?: boolean }, by: Machine = machine): SimulatedClock {
  const { start, speed } = from;
  let until = from.until ?? Infinity;
  let origin = from.held === true ? null : by.monotonic();
  const now = (): number => Math.min(Math.floor(start + (origin === null ? 0 : by.monotonic() - origin) * speed), until);
  const clock = { kind: 'simulated' as const, speed, now, stand: () => { until = now(); }, standing: () => now() >= until, begin: () => { origin ??= by.monotonic(); } };
  return { ...clock, ...running(clock, by) };
}

export type ReplayClock = Clock & {
  /**
   * Moves to an instant: first every timer due before it runs, each at its own instant and one after the other. A timer
   * due at the instant itself waits for the next move, because what is delivered at an instant comes before it.
   */
  set: (instant: number) => Promise<void>;
  /** Says that nothing more comes. */
  stand: () => void;
};

/** A replay's time: discrete, moved by its runner, who also keeps to `speed`; a step back is a bug, and throws. */
export function replayClock(start: number, speed: number): ReplayClock {
  const timers = timerList();
  let current = start;
  let stands = false;
  return {
    kind: 'replay', speed, now: () => current,
    stand: () => { stands = true; },
    standing: () => stands,
    stop: timers.clear,
    at(instant, run) {
      return timers.add({ instant, run });
    },
    async set(instant) {
      if (instant < current) throw new RangeError(`a replay cannot go back from ${current} to ${instant}`);
      for (let due = timers.first(); due !== undefined && due.instant < instant; due = timers.first()) {
        timers.take();
        current = Math.max(current, due.instant);
        await due.run();
      }
      current = instant;
    },
  };
}
