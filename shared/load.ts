/**
 * How much the alerts of a room ask of whoever watches, by the figures of EEMUA 191 and ISA-18.2 (for one operator): per ten minutes,
 * floods, what chatters, what is stale, the ten that ask most, how long until somebody acknowledges. What is covered when it is raised
 * disturbs nobody, and is no load.
 */
import { z } from 'zod';
import { ALERT_KINDS, type Severity } from './event.ts';
import { percentile } from './process.ts';
import type { Alert } from './situation.ts';
import { DAY, HOUR, MINUTE } from './time.ts';

/** One asking for somebody: an occurrence raised, or asking again; `acknowledged`: when, or null; `ended`: when it was over unasked. Event time. `followed`: a later occurrence asks in its place, and nobody can acknowledge this one any more. */
export type Call = { alert: string; point: { kind: (typeof ALERT_KINDS)[number]; place: string; pollutant: string }; severity: Severity; at: number; acknowledged: number | null; ended: number | null; followed?: true };

const WINDOW = 10 * MINUTE;
/** A flood begins with more than ten in ten minutes, and ends with fewer than five (ISA-18.2). */
const [FLOOD_FROM, FLOOD_TO] = [10, 5];
/** For data of hours: three of one kind and place in three hours chatter. */
const CHATTER = { times: 3, within: 3 * HOUR } as const;
/** Over before anybody could have done anything. */
const FLEETING = 10 * MINUTE;

const Point = z.object({ kind: z.enum(ALERT_KINDS), place: z.string(), pollutant: z.string() });
const Counted = Point.extend({ count: z.int() });
export const LoadBody = z.object({
  from: z.string(), to: z.string(), calls: z.int(),
  lastTenMinutes: z.int(), perTenMinutes: z.number().meta({ description: 'mean over the span; EEMUA 191 recommends one or fewer' }), peakTenMinutes: z.int(),
  flood: z.object({ now: z.boolean(), count: z.int(), share: z.number().meta({ description: 'of the time, 0 to 1; recommended below 0.01' }) }),
  stale: z.array(z.string()).meta({ description: 'open alerts that have been over for more than a day; recommended fewer than five' }),
  chattering: z.array(Counted), fleeting: z.int(), topTen: z.array(Counted), topTenShare: z.number(),
  severities: z.object({ critical: z.int(), warning: z.int(), notice: z.int() }),
  acknowledge: z.object({ medianSeconds: z.number().nullable(), p90Seconds: z.number().nullable(), unacknowledged: z.int() }),
});
export type LoadBody = z.infer<typeof LoadBody>;
export type Load = Omit<LoadBody, 'from' | 'to' | 'stale'>;

const nameOf = ({ kind, place, pollutant }: Call['point']): string => `${kind}|${place}|${pollutant}`;

/** Calls within the ten minutes that end at each call, in order. */
function windows(calls: readonly Call[]): number[] {
  let first = 0;
  return calls.map(({ at }, n) => {
    while ((calls[first]?.at ?? at) <= at - WINDOW) first += 1;
    return n - first + 1;
  });
}

/** Stretches of flood: from the call that is one too many until fewer than five were in the last ten minutes. */
export function floods(calls: readonly Call[], now: number): { from: number; to: number | null }[] {
  const found: { from: number; to: number | null }[] = [];
  const counts = windows(calls);
  calls.forEach(({ at }, n) => {
    const last = found.at(-1);
    const open = last?.to === null ? last : undefined;
    if (open !== undefined) {
      // Between two calls their number only falls: the fifth last leaves the window ten minutes after it came.
      const leaves = (calls[n - FLOOD_TO]?.at ?? -Infinity) + WINDOW;
      if (leaves < at) open.to = leaves;
    }
    if (found.at(-1)?.to !== null && (counts[n] ?? 0) > FLOOD_FROM) found.push({ from: at, to: null });
  });
  const last = found.at(-1);
  if (last?.to === null) {
    const leaves = (calls[calls.length - FLOOD_TO]?.at ?? -Infinity) + WINDOW;
    if (leaves <= now) last.to = leaves;
  }
  return found;
}

function byPoint(calls: readonly Call[]): { point: Call['point']; at: number[] }[] {
  const points = new Map<string, { point: Call['point']; at: number[] }>();
  for (const { point, at } of calls) {
    const known = points.get(nameOf(point));
    if (known === undefined) points.set(nameOf(point), { point, at: [at] });
    else known.at.push(at);
  }
  return [...points.values()].sort((a, b) => b.at.length - a.at.length || (nameOf(a.point) < nameOf(b.point) ? -1 : 1));
}

const chatters = (at: readonly number[]): boolean => at.some((from, n) => (at[n + CHATTER.times - 1] ?? Infinity) - from <= CHATTER.within);

/** Figures of the calls of `[from, now]`; `calls` in order of time. */
export function loadOf(all: readonly Call[], { from, now }: { from: number; now: number }): Load {
  const calls = all.filter(({ at }) => at >= from && at <= now);
  const flooded = floods(calls, now);
  const points = byPoint(calls);
  const top = points.slice(0, 10).map(({ point, at }) => ({ ...point, count: at.length }));
  const waits = calls.flatMap(({ at, acknowledged }) => (acknowledged === null ? [] : [(acknowledged - at) / 1000])).sort((a, b) => a - b);
  const span = Math.max(now - from, WINDOW);
  const severe = (severity: Severity): number => calls.filter((call) => call.severity === severity).length;
  return {
    calls: calls.length, lastTenMinutes: calls.filter(({ at }) => at > now - WINDOW).length, perTenMinutes: Math.round((calls.length / (span / WINDOW)) * 100) / 100,
    peakTenMinutes: Math.max(0, ...windows(calls)),
    flood: { now: flooded.at(-1)?.to === null, count: flooded.length, share: flooded.reduce((sum, { from: begun, to }) => sum + (to ?? now) - begun, 0) / span },
    chattering: points.filter(({ at }) => chatters(at)).map(({ point, at }) => ({ ...point, count: at.length })),
    fleeting: calls.filter(({ at, ended, acknowledged }) => ended !== null && acknowledged === null && ended - at < FLEETING).length,
    topTen: top, topTenShare: calls.length === 0 ? 0 : top.reduce((sum, { count }) => sum + count, 0) / calls.length,
    severities: { critical: severe('critical'), warning: severe('warning'), notice: severe('notice') },
    acknowledge: { medianSeconds: percentile(waits, 0.5), p90Seconds: percentile(waits, 0.9), unacknowledged: calls.filter(({ acknowledged, ended, followed }) => acknowledged === null && ended === null && followed !== true).length },
  };
}

/** What is recommended for one operator and day, as a face shows it; the figures of a room beside it are marked where they are beyond it. */
export const RECOMMENDED = {
  calls: '≤ 150', lastTen: '≤ 10', perTen: '≤ 1', peak: '≤ 10', flood: '< 1 %', stale: '< 5', chattering: '0', fleeting: '0', topTen: '1–5 %', split: '5 / 15 / 80 %', unacknowledged: '0',
} as const;
export type LoadFigure = keyof typeof RECOMMENDED;

/** Figures that are beyond what is recommended; a split is where more is critical, or critical or a warning, than is recommended. */
export function beyond({ calls, severities: { critical, warning }, ...load }: LoadBody): LoadFigure[] {
  const is: Record<LoadFigure, boolean> = {
    calls: calls > 150, lastTen: load.lastTenMinutes > 10, perTen: load.perTenMinutes > 1, peak: load.peakTenMinutes > 10, flood: load.flood.share >= 0.01, stale: load.stale.length >= 5,
    chattering: load.chattering.length > 0, fleeting: load.fleeting > 0, topTen: load.topTenShare > 0.05, split: critical > 0.05 * calls || critical + warning > 0.2 * calls,
    unacknowledged: load.acknowledge.unacknowledged > 0,
  };
  return (Object.keys(is) as LoadFigure[]).filter((figure) => is[figure]);
}

/** Ids of alerts that are over for more than a day (ISA-18.2). */
export const staleIn = (alerts: readonly Alert[], now: number): string[] =>
  alerts.filter(({ state, condition, raisedAt }) => state !== 'closed' && condition !== 'under' && raisedAt < now - DAY).map(({ id }) => id).sort();
