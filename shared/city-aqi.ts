/** Each city's AQI, day by day, from the city means of all six pollutants; only of an event that asks for it. */
import { type Aqi, dailyAqi, type Missing } from './aqi.ts';
import { dayMeans } from './day-means.ts';
import type { EventFile, Name, Pollutant } from './event.ts';
import type { Stretch } from './effective.ts';
import type { Ledger } from './ledger.ts';
import type { Standard } from './standard.ts';

export type AqiInput = { ledger: Ledger; stretches: readonly Stretch[]; notMonitored: readonly Pollutant[] };

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

const shown = (standard: string, date: string, aqi: Aqi): SummaryAqiDay => ({
  date, standard, aqi: aqi.aqi, ...(aqi.aqi === null ? { level: null, class: null, primary: [] } : { level: aqi.class.level, class: aqi.class.name, primary: aqi.primary }),
  reason: aqi.reason.code, clause: 'clause' in aqi.reason ? aqi.reason.clause : null,
  indices: aqi.individual.map(({ pollutant, iaqi, average, figure, clause }) => ({ pollutant, iaqi, average, figure, clause })), missing: aqi.missing,
});

function dayAqi(input: AqiInput, city: string, { date, standard }: { date: string; standard: Standard }): SummaryAqiDay {
  const aqi = dailyAqi(standard, { means: dayMeans(input.ledger, city, { date, standard }), notMonitored: input.notMonitored });
  if (aqi !== null) return shown(standard.id, date, aqi);
  return { date, standard: standard.id, aqi: null, level: null, class: null, primary: [], reason: 'no-index', clause: null, indices: [], missing: [] };
}

/** A city's AQI of some closed days, a step for each; days that no standard judges are left out. */
export function* cityAqi(input: AqiInput, city: string, dates: readonly string[]): Generator<undefined, SummaryAqi> {
  const days: SummaryAqiDay[] = [];
  for (const date of dates) {
    const standard = input.stretches.find(({ from, to }) => from <= date && date <= to)?.standard;
    if (standard !== undefined) days.push(dayAqi(input, city, { date, standard }));
    yield;
  }
  return { id: city, notMonitored: [...input.notMonitored], days };
}
