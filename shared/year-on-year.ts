/** A stretch of days beside that of the year before: concentrations in percent, shares of days in percentage points. */
import { exactMean, exactPercentile, periodPlaces, type Stretch } from './annual.ts';
import { shareOf } from './allowed.ts';
import { type Pollutant, POLLUTANTS } from './event.ts';
import { type Rational, roundHalfEven, roundMicro } from './rounding.ts';
import type { Compared } from './same-days.ts';
import type { DayCount } from './sufficiency.ts';

/**
 * `change` in percent (of a share in percentage points), one decimal, rounded once from the exact figures; null where a side
 * has too few days (its own figure is null then) or nothing to be compared with.
 */
export type Change = { now: number | null; before: number | null; change: number | null; days: { now: DayCount; before: DayCount } };
/** `from`, `to`: the first and last of the days compared with; `unpaired`: days that have no counterpart in the year before. */
export type YearOnYear = {
  by: Compared; from: string | null; to: string | null; unpaired: number;
  goodDays: Change; heavyDays: Change; means: Partial<Record<Pollutant, Change>>; percentiles: Partial<Record<Pollutant, Change>>;
};

const tenths = (num: bigint, den: bigint): number => Number(roundHalfEven(num, den, 1)) / 10;

/** How much more (or, negative, less) a figure is than before, in percent. */
function percentOf(now: Rational, before: Rational): number | null {
  const base = before.num * now.den;
  return base <= 0n ? null : tenths((now.num * before.den - base) * 100n, base);
}

type Sides = { now: Stretch; before: Stretch };

function figureChange({ now, before }: Sides, pollutant: Pollutant, exactOf: (stretch: Stretch, pollutant: Pollutant) => Rational | null): Change {
  const [is, was] = [exactOf(now, pollutant), exactOf(before, pollutant)];
  const written = (exact: Rational | null): number | null => (exact === null ? null : roundMicro(exact, periodPlaces(pollutant)));
  return {
    now: written(is), before: written(was), change: is === null || was === null ? null : percentOf(is, was),
    days: { now: now.pollutants[pollutant].enough.days, before: before.pollutants[pollutant].enough.days },
  };
}

function shareChange({ now, before }: Sides, countOf: (stretch: Stretch) => number): Change {
  const side = (stretch: Stretch) => {
    const { days: { valid }, reason } = stretch.aqi;
    return { count: countOf(stretch), valid, share: reason === null ? shareOf(countOf(stretch), valid) : null };
  };
  const [is, was] = [side(now), side(before)];
  const points = BigInt((is.count * was.valid - was.count * is.valid) * 100);
  const comparable = is.share !== null && was.share !== null;
  return {
    now: is.share, before: was.share, change: comparable ? tenths(points, BigInt(is.valid * was.valid)) : null,
    days: { now: now.aqi.days, before: before.aqi.days },
  };
}

/** The year on year of a stretch; `before` holds the days that its own are compared with. */
export function yearOnYear(sides: Sides, by: Compared): YearOnYear {
  const of = (exactOf: typeof exactMean) => (pollutants: readonly Pollutant[]) =>
    Object.fromEntries(pollutants.map((pollutant) => [pollutant, figureChange(sides, pollutant, exactOf)]));
  const { now, before } = sides;
  return {
    by, from: before.dates[0] ?? null, to: before.dates.at(-1) ?? null,
    unpaired: by === 'lunar' ? now.dates.length - before.dates.length : 0,
    goodDays: shareChange(sides, ({ good }) => good), heavyDays: shareChange(sides, ({ heavy }) => heavy),
    means: of(exactMean)(['PM2.5', 'PM10', 'SO2', 'NO2']), percentiles: of(exactPercentile)(POLLUTANTS),
  };
}
