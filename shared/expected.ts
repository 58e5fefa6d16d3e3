/** What a room says at an instant, beside what was expected of it: every difference, field by field. */
import type { CityAir } from './city.ts';
import { dayMean } from './city-day.ts';
import { type Bench, dayLimit, hourLimit } from './judge.ts';
import { meanOf } from './average.ts';
import { dayOutlook, hourOutlook, judged, shown, validMean } from './outlook.ts';
import { type AlertWanted, type VERDICTS, type VerdictWanted } from './rehearsal.ts';
import { instantOf } from './rehearsing.ts';
import type { Alert } from './situation.ts';
import { HOUR } from './time.ts';

export type Verdict = (typeof VERDICTS)[number];
/** A period of a city as it stands: closed, with its verdict, or open, with its outlook. */
export type Stands = {
  verdict: Verdict; standing: string; mean: number | null; rounded: number | null; limit: number | null; limits: string[]; budget: number | null; stations: number; drill: boolean;
};
/** One field that is not as expected. */
export type Difference = { field: string; expected: unknown; actual: unknown };

/** How a city's hour or day stands at `now`; `start` within it. */
export function standsAt(bench: Bench, air: CityAir, { average, start, now }: { average: 'hour' | 'day'; start: number; now: number }): Stands {
  const { ledger, calendar: { civil, drillOn } } = bench;
  const day = ledger.day(air, civil.day(start));
  const hour = ledger.hour(air, civil.hour(start));
  const holding = average === 'hour' ? hourLimit(bench, air, hour) : dayLimit(bench, air, day);
  const known = { limit: holding?.limit.max ?? null, limits: holding?.of ?? [], drill: drillOn(day.date) };
  if ((average === 'hour' ? hour.start + HOUR : day.end) <= air.closedTo) {
    const { method } = ledger.setup;
    const { mean, stations } = average === 'day' ? dayMean(method, { air, day }) : { mean: validMean(hour.tally, day, method.stationShare), stations: meanOf(hour.tally).stations };
    const rounded = judged(mean, air.pollutant);
    const verdict: Verdict = known.limit === null ? 'unlimited' : rounded === null ? 'insufficient' : rounded > known.limit ? 'exceeded' : 'met';
    return { ...known, verdict, standing: verdict === 'insufficient' ? 'unknown' : verdict, mean: shown(mean), rounded, budget: null, stations };
  }
  const outlook = average === 'hour' ? hourOutlook(ledger, { air, hour, now }, holding) : dayOutlook(ledger, { air, day }, holding);
  const { mean: { mean }, standing, budget, able } = outlook;
  return { ...known, verdict: 'open', standing, mean: shown(mean), rounded: judged(mean, air.pollutant), budget: budget?.tenths ?? null, stations: able };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is not as wanted, of the fields that are wanted. */
function unlike(wanted: Readonly<Record<string, unknown>>, actual: Readonly<Record<string, unknown>>): Difference[] {
  return Object.entries(wanted).filter(([field, expected]) => expected !== undefined && !same(expected, actual[field]))
    .map(([field, expected]) => ({ field, expected, actual: actual[field] ?? null }));
}

/** How a verdict differs from the one that was expected. */
export function verdictDiffers(bench: Bench, wanted: VerdictWanted, now: number): Difference[] {
  const { place, pollutant, average, start, ...fields } = wanted;
  const air = bench.ledger.air(place, pollutant);
  if (air === undefined) return [{ field: 'pollutant', expected: pollutant, actual: 'not judged in this event' }];
  return unlike(fields, standsAt(bench, air, { average, start: instantOf(bench.calendar.civil, start), now }));
}

const nameOf = ({ id, state }: Alert): string => `${id} (${state})`;

/** How the alerts differ from one that was expected; of several that it may be, the one that is most like it. */
export function alertDiffers(bench: Bench, alerts: readonly Alert[], wanted: AlertWanted): Difference[] {
  const { kind, place, pollutant, start, ...fields } = wanted;
  const from = start === undefined ? null : instantOf(bench.calendar.civil, start);
  const those = alerts.filter((alert) => alert.kind === kind && alert.place === place && alert.pollutant === pollutant && (from === null || alert.period.start === from));
  if (fields.state === 'none') return those.length === 0 ? [] : [{ field: 'alert', expected: 'none', actual: those.map(nameOf).join(', ') }];
  const like = those.map((alert) => unlike(fields, alert)).sort((a, b) => a.length - b.length)[0];
  const others = alerts.filter((alert) => alert.place === place).map(nameOf).join(', ');
  return like ?? [{ field: 'alert', expected: `${kind} of ${place}${start === undefined ? '' : ` for ${start}`}`, actual: others === '' ? 'none there' : others }];
}

/** Where nothing was to be open: what is. */
export function quietDiffers(alerts: readonly Alert[]): Difference[] {
  const open = alerts.filter(({ state }) => state !== 'closed');
  return open.length === 0 ? [] : [{ field: 'alerts', expected: 'none open', actual: open.map(nameOf).join(', ') }];
}
