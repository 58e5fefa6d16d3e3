/** A station beside its neighbours: what none of them has, and what all of them have a thousandfold. */
import type { Few } from './median.ts';
import { figure, note, type Remark, type Rule, suspect, type View } from './rule.ts';

/** The neighbours' means of the hour. */
function neighboursOf(view: View): Few {
  const { few } = view;
  few.clear();
  for (let at = 0; at < view.near; at += 1) few.add(view.nearNow(at));
  return few;
}

/** Whether some neighbour is far enough: their median cannot be further than the furthest. */
function stands(view: View, least: number): boolean {
  const level = view.at(0);
  for (let at = 0; at < view.near; at += 1) if (Math.abs(view.nearNow(at) - level) > least) return true;
  return false;
}

/** Far from what the stations around it have, by how far these are from each other and by an amount of its own. More than they have may be fireworks next door. */
export const neighbours: Rule = {
  reach: () => ({ before: 0, after: 0 }),
  judge: (view): Remark | null => {
    const { atLeast, deviations, least } = view.parameters.neighbours;
    if (view.near < atLeast || !stands(view, least)) return null;
    const level = view.at(0);
    const few = neighboursOf(view);
    const middle = few.twiceMedian();
    const far = Math.abs(2 * level - middle);
    if (few.size < atLeast || far <= 2 * least || 2 * far <= deviations * few.fourfoldDeviation()) return null;
    const figures = { value: figure(level), median: figure(middle / 2), deviation: figure(few.fourfoldDeviation() / 4), neighbours: few.size };
    const keyDate = 2 * level > middle ? view.fireworks() : null;
    return keyDate === null ? suspect('neighbours', figures) : note('confirmed', { ...figures, rule: 'neighbours', by: 'fireworks', keyDate });
  },
};

/** ng/m³ or mg/m³ in place of µg/m³. */
const THOUSAND = 1000;
/** As before, within a factor of two. */
const alike = (a: number, b: number): boolean => a > 0 && b > 0 && a <= 2 * b && b <= 2 * a;

/** The median of the hours `from` to `to` before this one, doubled; not a number of fewer than half of them. */
function twiceMedian(view: View, from: number, to: number): number {
  const { other } = view;
  other.clear();
  for (let back = from; back <= to; back += 1) other.add(view.at(-back));
  return other.size * 2 < to - from + 1 ? NaN : other.twiceMedian();
}

/** A value that would be as the hours before it, taken a thousandfold or as a thousandth: the unit was changed, one way or back. */
function changed(view: View, hours: number): Remark | null {
  const level = view.at(0);
  const small = 2 * view.parameters.unitSlip.least;
  if (level <= 0 || (level > small && view.at(-1) > small)) return null;
  const twice = twiceMedian(view, 1, hours);
  if (!alike(2 * level * THOUSAND, twice) && !alike(2 * level, twice * THOUSAND)) return null;
  return suspect('unit-slip', { value: figure(level), before: figure(twice / 2) });
}

/** Whether some neighbour has a value so many times as large or as small. */
function isFarFold(view: View, factor: number): boolean {
  const level = view.at(0);
  for (let at = 0; at < view.near; at += 1) {
    const other = view.nearNow(at);
    if (other >= factor * level || factor * other <= level) return true;
  }
  return false;
}

/** The station's own hours and this one are a hundredfold, or a hundredth, of what its neighbours have. */
function beside(view: View, { hours, factor, least }: View['parameters']['unitSlip']): Remark | null {
  const level = view.at(0);
  if (!isFarFold(view, factor)) return null;
  const few = neighboursOf(view);
  if (few.size < view.parameters.neighbours.atLeast) return null;
  const around = few.twiceMedian();
  const own = twiceMedian(view, 0, hours - 1);
  const above = (twice: number): boolean => twice >= factor * Math.max(around, 2 * least);
  const below = (twice: number): boolean => twice > 0 && twice * factor <= around && around >= 4 * least;
  if (!(above(own) && above(2 * level)) && !(below(own) && below(2 * level))) return null;
  return suspect('unit-slip', { value: figure(level), median: figure(own / 2), neighbours: figure(around / 2) });
}

/** A unit that slipped: HJ 212-2017 has ng/m³ for particulates, and devices send ng, µg and mg. */
export const unitSlip: Rule = {
  reach: ({ unitSlip: { hours } }) => ({ before: hours, after: 0 }),
  judge: (view) => changed(view, view.parameters.unitSlip.hours) ?? beside(view, view.parameters.unitSlip),
};
