/** Air is never quite still: equal hours, equal minutes, and hours that differ by less than any instrument's noise. */
import { equalMinutes, NO_RUN } from './minutes.ts';
import { figure, type Remark, type Rule, suspect, type View } from './rule.ts';

/** How many hours in a row are equal to this one, this one included, looking no further than decides. */
function equalHours(view: View, enough: number): number {
  const level = view.at(0);
  let equal = 1;
  for (let back = 1; back < enough && view.at(-back) === level; back += 1) equal += 1;
  for (let on = 1; on < enough && view.at(on) === level; on += 1) equal += 1;
  return equal;
}

/** Equal hours, where the value is above the floor at which whole numbers repeat themselves: 41 hours of 3 µg/m³ are real. */
export const stuck: Rule = {
  reach: ({ stuck: { hours } }) => ({ before: hours - 1, after: hours - 1 }),
  stirs: (view) => view.at(-1) === view.at(0),
  judge: (view): Remark | null => {
    const { hours, above } = view.parameters.stuck;
    const level = view.at(0);
    if (level <= above || (view.at(-1) !== level && view.at(1) !== level)) return null;
    const equal = equalHours(view, hours);
    return equal < hours ? null : suspect('stuck', { value: figure(level), hours: equal });
  },
};

/** Equal minutes in a row that touch the hour, of whatever sub-hour period makes its mean. */
export const stuckMinutes: Rule = {
  reach: () => ({ before: 1, after: 1 }),
  judge: (view): Remark | null => {
    const hour = view.hour(0);
    if (hour === undefined || hour.slots.length === 0) return null;
    const { minutes, above } = view.parameters.stuck;
    const run = equalMinutes({ before: view.hour(-1), hour, after: view.hour(1) }, { minutes, above });
    return run === NO_RUN ? null : suspect('stuck-minutes', { value: figure(run.value), minutes: run.minutes });
  },
};

/**
 * The population's standard deviation over the hours up to this one is under a share of their mean. Squares of millionths
 * are too large for doubles, so what a look at the extremes does not settle is settled with whole numbers without bound.
 */
export const lowVariance: Rule = {
  reach: ({ lowVariance: { hours } }) => ({ before: hours - 1, after: 0 }),
  judge: (view): Remark | null => {
    const { hours, share, above } = view.parameters.lowVariance;
    let [sum, least, most] = [0, Infinity, -Infinity];
    for (let back = 0; back < hours; back += 1) {
      const level = view.at(-back);
      if (Number.isNaN(level)) return null;
      sum += level;
      if (level < least) least = level;
      if (level > most) most = level;
      // Half the range is no more than √(hours / 2) deviations: beyond that there is variance enough.
      if ((most - least) ** 2 * 10_000 ** 2 > 2.001 * hours * (share * most) ** 2) return null;
    }
    if (sum <= above * hours || !varies(view, hours, share)) return null;
    return suspect('low-variance', { mean: figure(sum / hours), spread: figure(most - least), hours });
  },
};

/** n·Σx² − (Σx)² < (share·Σx)², exactly. */
function varies(view: View, hours: number, share: number): boolean {
  let [sum, squares] = [0n, 0n];
  for (let back = 0; back < hours; back += 1) {
    const level = BigInt(view.at(-back));
    sum += level;
    squares += level * level;
  }
  return (BigInt(hours) * squares - sum * sum) * 10_000n ** 2n < (BigInt(share) * sum) ** 2n;
}
