/** Which clock a start gets, and from when. */
import { parseInstant } from '../../shared/time.ts';
import { type Clock, liveClock, replayClock, simulatedClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { AIR_FROM, AIR_UNTIL, whenAired } from '../sources/simulator/air.ts';
import type { StartOptions } from './options.ts';

export type Timed = { ok: true; clock: Clock; start: number } | { ok: false; reason: string };

/** The evening before a real episode: the first alerts come within minutes at 60 times speed. */
const EPISODE = parseInstant('2022-03-08T20:00:00+08:00') ?? 0;

function beginning({ calendar }: Config, { air }: StartOptions): number {
  if (air === 'replay') return calendar.start;
  return calendar.start <= EPISODE && EPISODE < calendar.end ? EPISODE : calendar.start;
}

const noAir = ({ event, civil }: Config): string =>
  `${whenAired(civil)}, and ${event.id} is from ${event.period.from} to ${event.period.to}; give --replay FILE, or --air silent or live`;

/** A clock that goes on from where the data folder's time stood. */
export function clockFor(config: Config, options: StartOptions, reached: number | null): Timed {
  const { air, now, speed } = options;
  if (air === 'live') return { ok: true, clock: liveClock(), start: Date.now() };
  if (reached !== null && now !== null && now < reached) {
    return { ok: false, reason: `--now ${config.civil.iso(now)} is before ${config.civil.iso(reached)}, where this data folder's time stands; choose a later one, or another --data` };
  }
  const start = now ?? reached ?? beginning(config, options);
  if (air === 'simulated' && (start >= AIR_UNTIL || config.calendar.end <= AIR_FROM)) return { ok: false, reason: noAir(config) };
  const pace = speed === 'max' ? Infinity : speed;
  if (air === 'replay') return { ok: true, clock: replayClock(start, pace), start };
  return { ok: true, clock: simulatedClock({ start, speed: pace, until: config.calendar.end }), start };
}
