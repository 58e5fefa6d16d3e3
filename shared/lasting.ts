/**
 * Whether what is projected has lasted: the delays before an alert is raised and before it returns, and the deadband that a
 * return must clear (domain 8.3, which suggests figures and is no norm). It is read from the readings, never remembered: how
 * the period stood at each earlier moment is worked out again, so that a restart, a revision or the order of arrival makes
 * no difference.
 */
import { dayTally, minuteTally, NO_PART, replacePart, type Tally } from './average.ts';
import { type CityAir, type CityDay, type CityHour, hourPart, shadeOf } from './city.ts';
import { cityHours } from './city-day.ts';
import type { HoldingLimit } from './calendar.ts';
import { eachPart } from './hour.ts';
import type { Ledger } from './ledger.ts';
import { dayQuestion, hourQuestion, IN_HAND, isClear, outlookOf, type Question, recentHours } from './outlook.ts';
import { HOUR, MINUTE } from './time.ts';

/**
 * `rules.yaml`, in milliseconds of event time; nought: at once. `deadband`: an alert returns only where the projected mean is
 * below the limit by the larger of `micrograms` (µg/m³; of CO that is 0.001 mg/m³) and `percent` of the limit.
 */
export type Projecting = {
  deadband: { micrograms: number; percent: number };
  on: { hour: number; day: number }; off: { hour: number; day: number };
};
/** `over`: it has been over for as long as a raise wants. `under`: it is clear of the limit, and has been for as long as a return wants. */
export type Lasting = { over: () => boolean; under: () => boolean };

/** The deadband of a limit in millionths, exact to a millionth. */
export function marginOf({ deadband: { micrograms, percent } }: Projecting, { max, pollutant }: { max: number; pollutant: string }): bigint {
  const fixed = BigInt(Math.round(micrograms * (pollutant === 'CO' ? 1_000 : 1_000_000)));
  const share = (BigInt(Math.round(max * 1_000_000)) * BigInt(Math.round(percent * 1_000))) / 100_000n;
  return fixed > share ? fixed : share;
}

/** How a period stood at earlier moments: from `since` on, newest first; null where an hour had not begun by then. */
type Past = (since: number) => readonly (() => Question)[] | null;
type Asked = { now: Question; past: Past; at: number; margin: bigint; on: number; off: number };

const isOver = (question: Question): boolean => ['projected', 'locked'].includes(outlookOf(question).standing);

function lasting({ now, past, at, margin, on, off }: Asked): Lasting {
  const all = (delay: number, holds: (question: Question) => boolean): boolean =>
    delay === 0 || (past(at - delay)?.every((question) => holds(question())) ?? false);
  return {
    over: () => all(on, isOver),
    under: () => isClear(now, margin) && all(off, (question) => isClear(question, margin)),
  };
}

/** The minutes that count as recent (domain 8.5). */
const RECENT = 15;

/** An hour as it was when so many of its minutes were over, by the readings whose periods had ended by then. */
function minutesUpTo(ledger: Ledger, { air, hour }: { air: CityAir; hour: CityHour }, closed: number): Pick<Question, 'tally' | 'recent' | 'inHand'> {
  const tally = minuteTally(hour.tally.need);
  const first = closed - RECENT;
  const seen = new Uint8Array(60);
  let [sum, count] = [0, 0];
  for (const station of hour.day.evaluators) {
    const own = ledger.known(station, air.pollutant)?.hours.get(hour.start);
    const part = { n: 0, sum: 0 };
    if (own !== undefined) eachPart(own, ({ from, minutes, value }) => {
      const end = from + minutes;
      if (end > closed) return;
      part.n += minutes;
      part.sum += value * minutes;
      seen.fill(1, from, end);
      const recent = Math.max(0, end - Math.max(from, first));
      sum += value * recent;
      count += recent;
    });
    replacePart(tally, NO_PART, { n: part.n, sum: BigInt(part.sum) });
  }
  const before = air.hours.get(hour.start - HOUR)?.minutes;
  for (let minute = 60 + first; minute < 60; minute += 1) {
    sum += before?.sums[minute] ?? 0;
    count += before?.counts[minute] ?? 0;
  }
  return { tally, recent: count === 0 ? null : { num: BigInt(sum), den: BigInt(count) }, inHand: seen.reduce((n, c) => n + c, 0) >= IN_HAND };
}

/** What a day had when it was closed up to an instant: its stations, or the city's own hours where the event means by those. */
function tallyOfHours(ledger: Ledger, { air, day }: { air: CityAir; day: CityDay }, closedTo: number): Tally {
  const { method } = ledger.setup;
  if (method.cityMean === 'city-hour-first') return cityHours({ air, day }, method, closedTo);
  const tally = dayTally(day.tally.need);
  const need = method.hourMinutes;
  for (const station of day.evaluators) {
    const hours = ledger.known(station, air.pollutant)?.hours;
    let part = NO_PART;
    for (const start of day.hours) {
      const hour = start < closedTo ? hours?.get(start) : undefined;
      if (hour === undefined) continue;
      const more = hourPart(shadeOf(hour, need), need);
      part = { n: part.n + more.n, sum: part.sum + more.sum };
    }
    replacePart(tally, NO_PART, part);
  }
  return tally;
}

const delaysOf = ({ on, off }: Projecting, average: 'hour' | 'day'): { on: number; off: number } => ({ on: on[average], off: off[average] });

/** The running hour of a city: looked at minute by minute. */
export function hourLasting(ledger: Ledger, of: { air: CityAir; hour: CityHour; now: number; projecting: Projecting }, limit: HoldingLimit): Lasting {
  const { air, hour, now, projecting } = of;
  const last = Math.floor(now / MINUTE) * MINUTE;
  const then = (at: number) => (): Question => {
    const closed = (at - hour.start) / MINUTE;
    return { ...hourQuestion(ledger, { air, hour, now: at }, limit), ...minutesUpTo(ledger, { air, hour }, closed) };
  };
  const past: Past = (since) => (since < hour.start ? null : Array.from({ length: Math.floor((last - since) / MINUTE) }, (_, i) => then(last - (i + 1) * MINUTE)));
  return lasting({ now: hourQuestion(ledger, of, limit), past, at: now, margin: marginOf(projecting, limit.limit), ...delaysOf(projecting, 'hour') });
}

/** The running day of a city: it stands as its last closed hour left it until the next one ends. */
export function dayLasting(ledger: Ledger, of: { air: CityAir; day: CityDay; now: number; projecting: Projecting }, limit: HoldingLimit): Lasting {
  const { air, day, now, projecting } = of;
  const then = (closedTo: number) => (): Question => {
    const left = day.hours.filter((start) => start >= closedTo).length;
    const tally = tallyOfHours(ledger, { air, day }, closedTo);
    const inHand = tally.counts.some((stations) => stations > 0);
    return { ...dayQuestion(ledger, { air, day }, limit), tally, left, closed: day.hours.length - left, recent: recentHours(ledger, air, closedTo), inHand };
  };
  const past: Past = (since) => {
    // As the day began nothing was in hand, which is neither over nor clear.
    const closings = day.hours.filter((closedTo) => closedTo < air.closedTo && closedTo + HOUR > since);
    return closings.reverse().map(then);
  };
  return lasting({ now: dayQuestion(ledger, { air, day }, limit), past, at: now, margin: marginOf(projecting, limit.limit), ...delaysOf(projecting, 'day') });
}

/** The next instant after `now` at which a delay of a running day may be over; null where there is none. Hours are looked at each minute anyway. */
export function nextLasting(projecting: Projecting | undefined, hourOf: (instant: number) => number, now: number): number | null {
  const delays = projecting === undefined ? [] : [projecting.on.day, projecting.off.day].filter((delay) => delay > 0);
  return delays.length === 0 ? null : Math.min(...delays.map((delay) => hourOf(now - delay) + HOUR + delay));
}
