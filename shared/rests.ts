/** What a verdict rests on, for its reason: how complete the data is, which revision of it, by which standard, and between what the mean can lie. */
import type { Tally } from './average.ts';
import { boundsOf, highestHour, highestMinute, isMissing } from './bounds.ts';
import type { CityDay, CityHour, Subject } from './city.ts';
import { type DayParts, dayParts } from './city-day.ts';
import { recentHours, recentMinutes } from './outlook.ts';
import type { Rational } from './rounding.ts';
import type { Ledger } from './ledger.ts';
import { MINUTE } from './time.ts';

/** `tally` and `evaluating` are of the stations; `of` is what the mean is made of where that is something else (the city's own hours). `parts`: minutes of the hour or hours of the day; `closed`: those that are over. `highest`: the highest seen, for the upper bound. */
type Rested = { tally: Tally; of?: DayParts; parts: number; closed: number; evaluating: number; date: string; revision: number; highest: () => Rational | null };
/** Figures of a reason: station-minutes (hour) or station-hours (day) that are valid of those expected by now, the data's revision, the standard's id, bounds where data is missing. */
export type Rests = Record<string, string | number | null>;
type Judge = { ledger: Ledger; standardOn?: (day: string) => string };

function restsOn({ standardOn }: Judge, { limit }: Subject, rested: Rested): Rests {
  const { tally, parts, closed, evaluating, date, revision } = rested;
  const expected = closed * evaluating;
  const valid = Math.min(expected, tally.counts.reduce((sum, stations, n) => sum + stations * n, 0));
  const standard = standardOn === undefined ? {} : { standard: standardOn(date) };
  const known = { valid, expected, revision, ...standard };
  const made = rested.of ?? { tally, of: evaluating };
  if (made.of === 0 || !isMissing(made.tally, closed, made.of)) return known;
  return { ...known, ...boundsOf({ tally: made.tally, parts, evaluating: made.of, highest: rested.highest(), limit: limit.limit }) };
}

/** Of an hour at `now`: the last quarter of an hour counts as recent. */
export function hourRests(judge: Judge, subject: Subject, { hour, now }: { hour: CityHour; now: number }): Rests {
  const closed = Math.min(60, Math.max(0, Math.floor((now - hour.start) / MINUTE)));
  const highest = (): Rational | null => highestMinute(hour, closed < 60 ? recentMinutes(subject.air, hour, now).mean : null);
  return restsOn(judge, subject, { tally: hour.tally, parts: 60, closed, evaluating: hour.day.evaluators.size, date: hour.day.date, revision: hour.revision, highest });
}

/** Of a day: the last three closed hours count as recent while it runs. */
export function dayRests(judge: Judge, subject: Subject, day: CityDay): Rests {
  const { air } = subject;
  const closed = day.hours.filter((start) => start < air.closedTo).length;
  const recent = (): Rational | null => (closed < day.hours.length ? recentHours(judge.ledger, air) : null);
  const revision = day.hours.reduce((sum, start) => sum + (air.hours.get(start)?.revision ?? 0), 0);
  return restsOn(judge, subject, { tally: day.tally, of: dayParts(judge.ledger.setup.method, { air, day }), parts: day.hours.length, closed, evaluating: day.evaluators.size, date: day.date, revision, highest: () => highestHour(air, day, recent()) });
}
