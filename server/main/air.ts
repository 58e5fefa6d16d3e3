/** Where a start's air comes from: recorded files that are played, or simulated stations that send. */
import type { ReplayClock } from '../clock.ts';
import { AHEAD } from '../../shared/check.ts';
import { HOUR, MINUTE } from '../../shared/time.ts';
import type { Readiness } from '../http/ports.ts';
import type { Log } from '../http/ports.ts';
import { startSimulator } from '../sources/simulator/simulator.ts';
import { REPLAYED } from './folder.ts';
import type { Begun, House } from './house.ts';
import { play, type Recording } from './replay.ts';

export type Progress = NonNullable<Readiness['replay']>;

type Playing = { house: House; begun: Begun; recording: Recording; done: number | null; progress: (progress: Progress) => void; stopped: () => boolean };

/** Plays recorded air; event time is paced by the machine's unless the clock's speed is without bound. */
export async function playRecording({ house, begun, recording, done, progress, stopped }: Playing): Promise<void> {
  const now = house.clock.now();
  // Of the whole recording, also where a start goes on in its middle.
  const start = recording.readings.reduce((least, { start: at }) => Math.min(least, at), now);
  const end = recording.readings.reduce((last, { start: at, minutes }) => Math.max(last, at + minutes * MINUTE), now);
  const reached = async (at: number): Promise<void> => {
    while (!(await house.store.note(REPLAYED, String(at))).ok && !stopped()) await new Promise((resolve) => setTimeout(resolve, 1000));
    progress({ done: false, at, percent: end === start ? 100 : Math.floor(((at - start) / (end - start)) * 100) });
  };
  const { speed } = house.clock;
  const pace = speed === Infinity ? {} : { pace: paced(house.clock as ReplayClock, stopped) };
  const whole = await play(house, begun, { recording, done, reached, stopped, ...pace });
  if (whole) progress({ done: true, at: house.clock.now(), percent: 100 });
}

/** Lets event time go on in steps of a second of the machine's, so that what time alone brings comes at its time too. */
function paced(clock: ReplayClock, stopped: () => boolean): (at: number) => Promise<void> {
  const origin = { event: clock.now(), machine: performance.now() };
  return async (at) => {
    while (!stopped()) {
      const reachedBy = origin.event + (performance.now() - origin.machine) * clock.speed;
      if (reachedBy >= at) return;
      if (reachedBy > clock.now()) await clock.set(Math.floor(reachedBy));
      await new Promise((resolve) => setTimeout(resolve, Math.min(1000, Math.max(1, (at - reachedBy) / clock.speed))));
    }
  };
}

/** Hours of history that a simulated start takes before its clock, by the same path. */
const HISTORY = 72 * HOUR;

type Simulated = { house: House; url: string; token: string; log: Log; first: number };

/** Simulated stations that send over HTTP, as real ones would; `first` is the event time of the folder's first start. */
export function simulate({ house, url, token, log, first }: Simulated): ReturnType<typeof startSimulator> {
  const { config, clock } = house;
  const stations = config.stations.map(({ id, evaluates }) => ({ id, evaluates, city: config.cityOf(id) ?? '' }));
  return startSimulator({
    url, token, stations, clock, from: config.civil.hour(clock.now()), until: config.calendar.end + AHEAD,
    history: { from: config.civil.hour(first) - HISTORY, to: config.civil.hour(first) }, log,
  });
}
