/** A year's indicators from recorded files: the readings into averages, as a server would, then each city's days. */
import { type Indicators, indicatorsOf, stretchOf } from '../../shared/annual.ts';
import { dayFigures, type DayFigures } from '../../shared/daily.ts';
import { type Method, POLLUTANTS } from '../../shared/event.ts';
import { Ledger } from '../../shared/ledger.ts';
import type { Reading } from '../../shared/reading.ts';
import { daysBefore } from '../../shared/same-days.ts';
import type { DayRange } from '../../shared/summary.ts';
import { targetsFor, type TargetState, targetState } from '../../shared/targets.ts';
import { addDays, daysBetween } from '../../shared/time.ts';
import { type YearOnYear, yearOnYear } from '../../shared/year-on-year.ts';
import type { Config } from '../config.ts';

/** `standards`: the ids of those that rate the days of the range, in the order of the days. */
export type IndicatorReport = DayRange & {
  event: string; timezone: string; standards: string[]; method: Method & { rounding: 'GB/T 8170' }; state: 'provisional';
  cities: CityIndicators[];
};
export type CityIndicators = Indicators & { id: string; targets: TargetState[]; yearOnYear: YearOnYear[] };

/** The civil days of the readings: up to the last of them, from the first of its year on. Null of none. */
export function yearToDate({ civil }: Config, readings: readonly Reading[]): DayRange | null {
  let last = -Infinity;
  for (const { start } of readings) if (start > last) last = start;
  if (last === -Infinity) return null;
  const to = civil.day(last);
  return { from: `${to.slice(0, 4)}-01-01`, to };
}

/** Weather is in no indicator. */
const POLLUTED: ReadonlySet<string> = new Set(POLLUTANTS);

/** Averages of every pollutant; whatever the files hold is over, so every hour is closed. */
function ledgerOf(config: Config, readings: readonly Reading[]): Ledger {
  let now = 0;
  for (const { start } of readings) now = Math.max(now, start);
  const { civil, stations } = config;
  const cities = config.cities.map(({ id }) => id);
  const placesOf = (station: string): string[] => [config.cityOf(station)].filter((city) => city !== null);
  const end = civil.at(addDays(civil.day(now), 2));
  const ledger = new Ledger({ civil, method: config.event.summary, stations, placesOf, cities, judged: POLLUTANTS, settle: 0 }, end);
  const by = { at: end, source: 'recorded' };
  for (const reading of readings) if (POLLUTED.has(reading.pollutant)) ledger.add(reading, by);
  return ledger;
}

type Asked = { config: Config; ledger: Ledger; range: DayRange };

function cityIndicators({ config, ledger, range }: Asked, city: string): CityIndicators {
  const known = new Map<string, DayFigures>();
  const stretch = (dates: readonly string[]) => {
    for (const date of dates) if (!known.has(date)) known.set(date, dayFigures(ledger, city, { date, standard: config.standardOn(date) }));
    return stretchOf(dates, known);
  };
  const now = stretch(daysBetween(range.from, range.to));
  const indicators = indicatorsOf(now, config.standardOn(range.to));
  return {
    id: city, ...indicators, targets: targetsFor(config.event.targets, city).map((target) => targetState(target, now, indicators)),
    yearOnYear: (['gregorian', 'lunar'] as const).map((by) => yearOnYear({ now, before: stretch(daysBefore(range, by)) }, by)),
  };
}

/** The indicators of every city that has an evaluating station, over a range of civil days, both inclusive. */
export function indicatorReport(config: Config, readings: readonly Reading[], range: DayRange): IndicatorReport {
  const ledger = ledgerOf(config, readings);
  const cities = config.cities.filter(({ id }) => config.stationsIn(id).some(({ evaluates }) => evaluates));
  const standards = [...new Set(daysBetween(range.from, range.to).map((date) => config.standardOn(date).id))];
  return {
    event: config.event.id, timezone: config.event.timezone, ...range, standards,
    method: { ...config.event.summary, rounding: 'GB/T 8170' }, state: 'provisional',
    cities: cities.map(({ id }) => cityIndicators({ config, ledger, range }, id)),
  };
}
