/** Runs of equal sub-hour values, across the ends of the hour too. */
import { chosenSlots, countedAt, ownCounts, type Slots, type StationHour } from '../hour.ts';

/** So many equal minutes of one value, in millionths. */
export type Run = { value: number; minutes: number };
export const NO_RUN: Run = { value: NaN, minutes: 0 };
/** Fewer equal values than this are no run, however long each stands for: two equal quarters of an hour are chance. */
const VALUES = 6;

/** How long a value goes on into the hour before, from its end backwards, or into the hour after, from its start. */
function goesOn(hour: StationHour | undefined, from: 'start' | 'end', { value, minutes }: Run): number {
  const slots = hour === undefined ? null : chosenSlots(hour);
  if (slots === null || slots.minutes !== minutes) return 0;
  const size = 60 / minutes;
  let equal = 0;
  while (equal < size && countedAt(slots, from === 'start' ? equal : size - 1 - equal) === value) equal += 1;
  return equal;
}

/** Where the run that begins at a slot ends. */
function endOf(slots: Slots, from: number): number {
  const value = countedAt(slots, from);
  let to = from + 1;
  while (to < slots.state.length && countedAt(slots, to) === value) to += 1;
  return to;
}

type Three = { before: StationHour | undefined; hour: StationHour; after: StationHour | undefined };

/** The longest run of at least `minutes` equal minutes above `above` that touches the hour, or `NO_RUN`; none where its own mean counts. */
export function equalMinutes({ before, hour, after }: Three, least: { minutes: number; above: number }): Run {
  const slots = ownCounts(hour) ? null : chosenSlots(hour);
  if (slots === null) return NO_RUN;
  const size = slots.state.length;
  let best = NO_RUN;
  let from = 0;
  while (from < size) {
    const begin = from;
    const to = endOf(slots, begin);
    from = to;
    const value = countedAt(slots, begin);
    if (!(value > least.above) || (to - begin < VALUES && begin > 0 && to < size)) continue;
    const of = { value, minutes: slots.minutes };
    const values = to - begin + (begin === 0 ? goesOn(before, 'end', of) : 0) + (to === size ? goesOn(after, 'start', of) : 0);
    const minutes = values * slots.minutes;
    if (values >= VALUES && minutes >= least.minutes && minutes > best.minutes) best = { value, minutes };
  }
  return best;
}

/** Whether the last value of an hour's minutes is the first of the next hour's. */
export function goesOver(hour: StationHour | undefined, next: StationHour | undefined): boolean {
  const [last, first] = [hour === undefined ? null : chosenSlots(hour), next === undefined ? null : chosenSlots(next)];
  return last !== null && first !== null && last.minutes === first.minutes && countedAt(last, last.state.length - 1) === countedAt(first, 0);
}
