/**
 * Between what a mean can lie whose data is missing: `least` if all that is missing or still to come were nought, `most` if it
 * were as high as the highest seen. Both are means over every evaluating station and the whole period, exact; they say what
 * the air may have been, not which stations a verdict would rest on.
 */
import { meanOf, type Tally } from './average.ts';
import type { CityAir, CityDay, CityHour } from './city.ts';
import { ceilingOf } from './budget.ts';
import { placesOf, shown } from './outlook.ts';
import { compare, type Rational } from './rounding.ts';

/** `outcome`: what it must come to (`over`, `under`), or `open`. Null: nothing was ever seen. */
export type Bounds = { least: number; most: number | null; outcome: 'over' | 'under' | 'open' };
type Asked = { tally: Tally; parts: number; evaluating: number; highest: Rational | null; limit: { max: number; pollutant: string } };

const higher = (a: Rational | null, b: Rational | null): Rational | null => (a === null || (b !== null && compare(b, a) > 0) ? b : a);

/** The bounds of a period of so many parts (minutes of an hour, hours of a day). */
export function boundsOf({ tally, parts, evaluating, highest, limit }: Asked): Bounds {
  const had = tally.counts.reduce((sum, stations, n) => sum + stations * n, 0);
  const sum = tally.sums.reduce((total, each) => total + each, 0n);
  const whole = BigInt(parts * evaluating);
  const least: Rational = { num: sum, den: tally.scale * whole };
  const rest = BigInt(Math.max(0, parts * evaluating - had));
  const most = highest === null ? null : { num: sum * highest.den + rest * highest.num * tally.scale, den: tally.scale * whole * highest.den };
  const { raw, inclusive } = ceilingOf(limit.max, placesOf(limit.pollutant));
  const above = (mean: Rational): boolean => { const order = compare(mean, { num: raw, den: 1n }); return inclusive ? order > 0 : order >= 0; };
  return { least: shown(least) ?? 0, most: shown(most), outcome: above(least) ? 'over' : most !== null && !above(most) ? 'under' : 'open' };
}

/** The highest minute of the city's hour that was seen, or the recent mean where that is higher. */
export function highestMinute(hour: CityHour, recent: Rational | null): Rational | null {
  const { minutes } = hour;
  if (minutes === null) return recent;
  let highest = recent;
  minutes.counts.forEach((count, at) => {
    if (count > 0) highest = higher(highest, { num: BigInt(minutes.sums[at] ?? 0), den: BigInt(count) });
  });
  return highest;
}

/** The highest closed hour of the city's day that was seen, of however many stations, or the recent mean where that is higher. */
export function highestHour(air: CityAir, day: CityDay, recent: Rational | null): Rational | null {
  return day.hours.reduce<Rational | null>((highest, start) => {
    const hour = start < air.closedTo ? air.hours.get(start) : undefined;
    return hour === undefined ? highest : higher(highest, meanOf(hour.tally).mean);
  }, recent);
}

/** Whether some of the parts that are over are not there: only then bounds say anything. */
export const isMissing = (tally: Tally, closed: number, evaluating: number): boolean =>
  tally.counts.reduce((sum, stations, n) => sum + stations * n, 0) < closed * evaluating;
