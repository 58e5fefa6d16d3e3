/** Each city's AQI, day by day, from the city means of all six pollutants; only of an event that asks for it. */
import { type Aqi, dailyAqi, dailyColumns, type Missing, type PlaceMean } from './aqi.ts';
import type { CityAir, CityDay } from './city.ts';
import type { EventFile, Name, Pollutant } from './event.ts';
import type { Stretch } from './effective.ts';
import type { Ledger } from './ledger.ts';
import { validMean } from './outlook.ts';
import { compare, type Rational } from './rounding.ts';
import type { Average, Standard } from './standard.ts';

/** The valid daily maximum of the 8-hour means of a city's ozone, in millionths of µg/m³; null where there is none. */
export type OzoneOf = (city: string, date: string) => Rational | null;
export type AqiInput = { ledger: Ledger; stretches: readonly Stretch[]; notMonitored: readonly Pollutant[]; ozone: OzoneOf };

/** One pollutant of a day: its index, and the mean, figure and clause it is from. */
export type SummaryIndex = { pollutant: Pollutant; iaqi: number; average: string; figure: number; clause: Name };
/**
 * A city's day: `aqi` is null without any mean (`no-mean`, `no-index`) or with too few to publish (`incomplete`, "NA");
 * `clause` says by which rule. `missing` are means that are not there; an AQI beside one rests on the others alone.
 */
export type SummaryAqiDay = {
  date: string; standard: string; aqi: number | null; level: number | null; class: Name | null; primary: Pollutant[];
  reason: Aqi['reason']['code'] | 'no-index'; clause: Name | null; indices: SummaryIndex[]; missing: Missing[];
};
export type SummaryAqi = { id: string; notMonitored: Pollutant[]; days: SummaryAqiDay[] };

/** Pollutants that a city does not measure by design, where its event asks for an AQI; null where it does not. */
export const aqiAsked = ({ aqi }: Pick<EventFile, 'aqi'>): readonly Pollutant[] | null => (aqi === false ? null : aqi === true ? [] : aqi.notMonitored);

/** The highest valid hour of a day that has as many valid hours as a day's mean needs: a rule of ours, the standards name none. */
function highestHour({ setup: { method } }: Ledger, air: CityAir, day: CityDay): Rational | null {
  const means = day.hours.flatMap((start) => {
    const tally = air.hours.get(start)?.tally;
    return (tally === undefined ? null : validMean(tally, day, method.stationShare)) ?? [];
  });
  return means.length < method.dayHours ? null : means.reduce((most, each) => (compare(each, most) > 0 ? each : most));
}

/** A city's mean of a day as a column asks for it; of running 8 hours only ozone's are known. */
function meanOf({ ledger, ozone }: AqiInput, air: CityAir, { date, average }: { date: string; average: Average }): Rational | null {
  if (average === '8-hours') return air.pollutant === 'O3' ? ozone(air.city, date) : null;
  const day = ledger.peekDay(air, date);
  if (average === 'hour') return highestHour(ledger, air, day);
  return average === 'day' ? validMean(day.tally, day, ledger.setup.method.stationShare) : null;
}

/** The means that the columns of the day's standard ask for, and no others: a highest hour costs two dozen means. */
function meansOf(input: AqiInput, airs: readonly CityAir[], { date, standard }: { date: string; standard: Standard }): PlaceMean[] {
  return dailyColumns(standard).flatMap(({ pollutant, average }): PlaceMean[] => {
    const air = airs.find((each) => each.pollutant === pollutant);
    const value = air === undefined ? null : meanOf(input, air, { date, average });
    return value === null ? [] : [{ pollutant, average, value }];
  });
}

const shown = (standard: string, date: string, aqi: Aqi): SummaryAqiDay => ({
  date, standard, aqi: aqi.aqi, ...(aqi.aqi === null ? { level: null, class: null, primary: [] } : { level: aqi.class.level, class: aqi.class.name, primary: aqi.primary }),
  reason: aqi.reason.code, clause: 'clause' in aqi.reason ? aqi.reason.clause : null,
  indices: aqi.individual.map(({ pollutant, iaqi, average, figure, clause }) => ({ pollutant, iaqi, average, figure, clause })), missing: aqi.missing,
});

function dayAqi(input: AqiInput, airs: readonly CityAir[], { date, standard }: { date: string; standard: Standard }): SummaryAqiDay {
  const aqi = dailyAqi(standard, { means: meansOf(input, airs, { date, standard }), notMonitored: input.notMonitored });
  if (aqi !== null) return shown(standard.id, date, aqi);
  return { date, standard: standard.id, aqi: null, level: null, class: null, primary: [], reason: 'no-index', clause: null, indices: [], missing: [] };
}

/** A city's AQI of some closed days, a step for each; days that no standard judges are left out. */
export function* cityAqi(input: AqiInput, city: string, dates: readonly string[]): Generator<undefined, SummaryAqi> {
  const airs = input.ledger.airs.filter((air) => air.city === city);
  const days: SummaryAqiDay[] = [];
  for (const date of dates) {
    const standard = input.stretches.find(({ from, to }) => from <= date && date <= to)?.standard;
    if (standard !== undefined) days.push(dayAqi(input, airs, { date, standard }));
    yield;
  }
  return { id: city, notMonitored: [...input.notMonitored], days };
}
