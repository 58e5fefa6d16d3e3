/**
 * The script of an exercise, `exercises/*.yaml` of the event folder: when its clock begins and how fast it runs, the air that is
 * invented for it, and within which times staff are to acknowledge, to order and to verify.
 */
import { z } from 'zod';
import { Duration, Id, Name, POLLUTANTS, type Pollutant } from './event.ts';
import type { Mistake } from './keydate.ts';
import { unknownName } from './names.ts';
import type { Network } from './network.ts';
import { CivilInstant } from './rehearsal.ts';
import { durationMs, HOUR, MINUTE } from './time.ts';

/** How a lift comes and goes: at once; evenly up to its end; up, held and down; as a hill. */
export const SHAPES = ['step', 'ramp', 'plateau', 'hill'] as const;
export type Shape = (typeof SHAPES)[number];

const Episode = z.strictObject({
  /** Whose air: every station of some areas, or some stations. */
  areas: z.array(Id).min(1).optional(), stations: z.array(Id).min(1).optional(),
  /** From the beginning of the exercise on. */
  after: Duration, lasts: Duration,
  pollutant: z.enum(POLLUTANTS).default('PM2.5'),
  /** So much more than the air around, at its highest (CO mg/m³, all others µg/m³). */
  lift: z.number().min(-1000).max(1000).optional(), shape: z.enum(SHAPES).default('plateau'),
  /** The stations send nothing at all. */
  silent: z.literal(true).optional(),
}).refine(({ areas, stations }) => (areas === undefined) !== (stations === undefined), 'exactly one of "areas" and "stations" is needed')
  .refine(({ lift, silent }) => (lift === undefined) !== (silent === undefined), 'exactly one of "lift" and "silent: true" is needed');
export type Episode = z.infer<typeof Episode>;

/** The longest exercise: beyond a day nobody is at the desk any more. */
const LONGEST = 24 * HOUR;
export const Script = z.strictObject({
  name: Name, brief: Name.optional(), from: CivilInstant, lasts: Duration,
  /** Seconds of the exercise in a second. */
  speed: z.number().min(1).max(600).default(1),
  /** The period of every reading. */
  every: Duration.default('PT5M'),
  /** What every station reads where no episode lifts it. */
  air: z.partialRecord(z.enum(POLLUTANTS), z.number().min(0).max(800)).default({ 'PM2.5': 35 }),
  episodes: z.array(Episode).min(1).max(200),
  /** Times that staff are to keep, on their own clock: from an alert's raising, or an order's issue. */
  aims: z.strictObject({ acknowledge: Duration.default('PT5M'), order: Duration.default('PT15M'), verify: Duration.default('PT30M') }).prefault({}),
});
export type Script = z.infer<typeof Script>;

const ms = (text: string): number => durationMs(text) ?? 0;
/** Minutes of a reading's period. */
export const minutesOf = ({ every }: Script): number => ms(every) / MINUTE;
export const lengthOf = ({ lasts }: Script): number => ms(lasts);
export type Aims = Record<keyof Script['aims'], number>;
/** In milliseconds. */
export const aimsOf = ({ aims }: Script): Aims => ({ acknowledge: ms(aims.acknowledge), order: ms(aims.order), verify: ms(aims.verify) });

/** What of a script decides whether its aims can be kept, in milliseconds: how long it lasts, and when its first episode comes. */
export type Pace = { aims: Aims; first: number; lasts: number };
export const paceOf = (script: Script): Pace => ({ aims: aimsOf(script), first: Math.min(...script.episodes.map(({ after }) => ms(after))), lasts: lengthOf(script) });
/** An aim whose time is over only after the exercise is: `leaves` of people's own time are there for it. */
export type Hurried = { aim: keyof Aims; within: number; leaves: number };

/** The aims that cannot be kept at a speed, nor be missed: an order may come at the end of its own time, and is verified only then. */
export function hurried({ aims, first, lasts }: Pace, speed: number): Hurried[] {
  const left = Math.max(0, lasts - first) / speed;
  const all: Hurried[] = [
    { aim: 'acknowledge', within: aims.acknowledge, leaves: left }, { aim: 'order', within: aims.order, leaves: left },
    { aim: 'verify', within: aims.verify, leaves: Math.max(0, left - aims.order) },
  ];
  return all.filter(({ within, leaves }) => within > leaves);
}

/** The highest speed at which every aim can be kept; below 1: none, the script is too short for its aims. */
export const fastest = ({ aims, first, lasts }: Pace): number => Math.floor(Math.max(0, lasts - first) / Math.max(1, aims.acknowledge, aims.order + aims.verify));

const minutes = (length: number): string => (length < 10 * MINUTE ? `${Math.round(length / 1000)} s` : `${Math.round(length / MINUTE)} min`);
/** Each of them as a sentence for whoever wrote the script. */
export function hurriedSaid(pace: Pace, speed: number): string[] {
  const fits = fastest(pace);
  const how = fits >= 1 ? `run it at most ${fits} times as fast` : 'let it last longer, or set shorter aims';
  return hurried(pace, speed).map(({ aim, within, leaves }) => `at ${speed} times its clock's speed people have ${minutes(leaves)} of their own time to ${aim}, and the aim is ${minutes(within)}: it can neither be kept nor missed; ${how}`);
}

/** How far up a lift is after a part `x` (0 to 1) of its time, 0 to 1. */
export function shapeAt(shape: Shape, x: number): number {
  switch (shape) {
    case 'step': return 1;
    case 'ramp': return x;
    case 'plateau': return Math.min(1, 4 * x, 4 * (1 - x));
    case 'hill': return Math.sin(Math.PI * x) ** 2;
  }
}

export type Lifted = { silent: boolean; lift: Partial<Record<Pollutant, number>> };

/** From when to when, ms from the beginning; asked for every station and period, and worked out once. */
const spans = new WeakMap<Episode, readonly [number, number]>();
function spanOf(episode: Episode): readonly [number, number] {
  const known = spans.get(episode) ?? [ms(episode.after), ms(episode.lasts)];
  spans.set(episode, known);
  return known;
}

/** What the episodes make of a station's air so many milliseconds after the beginning. `within`: the areas that the station is in. */
export function liftedAt({ episodes }: Script, of: { station: string; within: readonly string[] }, after: number): Lifted {
  const found: Lifted = { silent: false, lift: {} };
  for (const episode of episodes) {
    const [from, length] = spanOf(episode);
    const his = episode.stations?.includes(of.station) ?? episode.areas?.some((area) => of.within.includes(area));
    if (his !== true || after < from || after >= from + length) continue;
    if (episode.silent === true) found.silent = true;
    else found.lift[episode.pollutant] = (found.lift[episode.pollutant] ?? 0) + (episode.lift ?? 0) * shapeAt(episode.shape, (after - from) / length);
  }
  return found;
}

function episodeMistakes(script: Script, network: Network): Mistake[] {
  const stations = network.stations.map(({ id }) => id);
  const areas = network.areas.map(({ id }) => id);
  return script.episodes.flatMap((episode, at) => {
    const path = ['episodes', at];
    return [
      ...(episode.stations ?? []).flatMap((id, i) => (stations.includes(id) ? [] : [{ path: [...path, 'stations', i], message: unknownName('station', id, stations) }])),
      ...(episode.areas ?? []).flatMap((id, i) => (areas.includes(id) ? [] : [{ path: [...path, 'areas', i], message: unknownName('area', id, areas) }])),
      ...(ms(episode.lasts) > 0 ? [] : [{ path: [...path, 'lasts'], message: 'lasts no time at all' }]),
      ...(ms(episode.after) < lengthOf(script) ? [] : [{ path: [...path, 'after'], message: `begins after the exercise is over (${script.lasts})` }]),
    ];
  });
}

/** What a script names that is not there, and what of it can never be. `period`: the event's, in civil days. */
export function scriptMistakes(script: Script, { network, period }: { network: Network; period: { from: string; to: string } }): Mistake[] {
  const [minutes, length, day] = [minutesOf(script), lengthOf(script), script.from.slice(0, 10)];
  const whole = Number.isInteger(minutes) && minutes > 0 && 60 % minutes === 0;
  return [
    ...(day >= period.from && day <= period.to ? [] : [{ path: ['from'], message: `${day} is outside the event's period ${period.from} to ${period.to}: nothing would be judged` }]),
    ...(whole ? [] : [{ path: ['every'], message: `${script.every} is no period of a reading; expected minutes that divide the hour` }]),
    ...(length > 0 && length <= LONGEST ? [] : [{ path: ['lasts'], message: `${script.lasts} is too short or longer than a day` }]),
    ...(Object.keys(script.air).length > 0 ? [] : [{ path: ['air'], message: 'names no pollutant' }]),
    ...episodeMistakes(script, network),
  ];
}
