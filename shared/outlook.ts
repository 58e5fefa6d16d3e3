/** How a running hour or day of a city stands against its limit: the mean so far, the budget for the rest, and what they mean. */
import type { Standing } from './air.ts';
import { ableStations, type CityMean, enough, meanOf, type Tally } from './average.ts';
import { type Budget, budgetOf, ceilingOf, isTight, wouldExceed } from './budget.ts';
import type { CityAir, CityDay, CityHour } from './city.ts';
import type { HoldingLimit } from './calendar.ts';
import { dayParts, dayStations } from './city-day.ts';
import type { Ledger } from './ledger.ts';
import { meanOfRationals, type Rational, roundMicro } from './rounding.ts';
import { HOUR, MINUTE } from './time.ts';

/** Decimals to which a pollutant is judged and shown (domain 2.4): CO one, all others none. */
export const placesOf = (pollutant: string): number => (pollutant === 'CO' ? 1 : 0);

export type Outlook = {
  mean: CityMean; budget: Budget | null; recent: Rational | null; standing: Standing;
  able: number; evaluating: number; left: number; closed: number;
};

/** A running period as its outlook is asked about: what is in hand, how much is left, what it was like of late. */
export type Question = {
  tally: Tally; left: number; closed: number; evaluating: number; share: number; places: number;
  limit: HoldingLimit | null; recent: Rational | null;
  /** Whether enough of the period is in hand to project from: 10 minutes, or one closed hour, that have a value. */
  inHand: boolean;
};

/** The outlook of a running period. */
export function outlookOf(question: Question): Outlook {
  const { tally, left, closed, evaluating, recent } = question;
  const heard = tally.counts.reduce((sum, n) => sum + n, 0);
  const silent = evaluating - heard;
  const able = ableStations(tally, left, silent);
  const ceiling = question.limit === null ? null : ceilingOf(question.limit.limit.max, question.places);
  const budget = ceiling === null || !enough(able, evaluating, question.share) ? null : budgetOf(tally, left, { silent, ceiling });
  return { mean: meanOf(tally, left), budget, recent, standing: standingOf(question, { able, budget }), able, evaluating, left, closed };
}

function standingOf(question: Question, { able, budget }: { able: number; budget: Budget | null }): Standing {
  if (question.limit === null) return 'unlimited';
  if (!enough(able, question.evaluating, question.share)) return 'impossible';
  if (budget === null) return 'unknown';
  if (budget.locked) return 'locked';
  if (question.recent === null || !question.inHand) return 'unknown';
  if (wouldExceed(budget, question.recent, ceilingOf(question.limit.limit.max, question.places))) return 'projected';
  return isTight(budget, question.recent) ? 'tight' : 'clear';
}

/** Whether the recent mean, kept on, would meet the limit by `margin` (millionths) at least: what a deadband asks before an alert returns. */
export function isClear(question: Question, margin: bigint): boolean {
  const { standing, able, evaluating } = outlookOf(question);
  if ((standing !== 'clear' && standing !== 'tight') || question.recent === null || question.limit === null) return false;
  if (margin === 0n) return true;
  const silent = evaluating - question.tally.counts.reduce((sum, n) => sum + n, 0);
  const ceiling = { raw: BigInt(Math.round(question.limit.limit.max * 1_000_000)) - margin, inclusive: true };
  const budget = able === 0 ? null : budgetOf(question.tally, question.left, { silent, ceiling });
  return budget !== null && !wouldExceed(budget, question.recent, ceiling);
}

/** Mean of the valid city hours among the last three before `closedTo`: the last closed ones, unless an earlier moment is asked about. */
export function recentHours(ledger: Ledger, air: CityAir, closedTo = air.closedTo): Rational | null {
  const means: Rational[] = [];
  for (let back = 1; back <= 3; back += 1) {
    const hour = air.hours.get(closedTo - back * HOUR);
    if (hour === undefined) continue;
    const mean = validMean(hour.tally, hour.day, ledger.setup.method.stationShare);
    if (mean !== null) means.push(mean);
  }
  return meanOfRationals(means);
}

/** The mean of a closed period of a city, or null where too few of its stations are valid. */
export function validMean(tally: Tally, day: CityDay, share: number): Rational | null {
  const { mean, stations } = meanOf(tally);
  return enough(stations, day.evaluators.size, share) ? mean : null;
}

/** Mean of the stations' minutes in the last 15 minutes before `now`, and how many minutes of this hour have any. */
export function recentMinutes(air: CityAir, hour: CityHour, now: number): { mean: Rational | null; inHand: number } {
  let sum = 0;
  let count = 0;
  const end = Math.floor(now / MINUTE) * MINUTE;
  for (let at = end - 15 * MINUTE; at < end; at += MINUTE) {
    const of = at >= hour.start ? hour : air.hours.get(hour.start - HOUR);
    const slot = (((at - hour.start) / MINUTE) + 60) % 60;
    sum += of?.minutes?.sums[slot] ?? 0;
    count += of?.minutes?.counts[slot] ?? 0;
  }
  const inHand = hour.minutes === null ? 0 : hour.minutes.counts.reduce((n, c) => n + Number(c > 0), 0);
  return { mean: count === 0 ? null : { num: BigInt(sum), den: BigInt(count) }, inHand };
}

/** What is asked about the running day of a city; `limit` is the one that holds for it. */
export function dayQuestion(ledger: Ledger, { air, day }: { air: CityAir; day: CityDay }, limit: HoldingLimit | null): Question {
  const left = day.hours.filter((start) => start >= air.closedTo).length;
  const closed = day.hours.length - left;
  const { method } = ledger.setup;
  const { tally, of } = dayParts(method, { air, day });
  return {
    tally, left, closed, evaluating: of, share: method.stationShare, places: placesOf(air.pollutant),
    limit, recent: recentHours(ledger, air), inHand: tally.counts.some((stations) => stations > 0),
  };
}

/** The running day of a city; `limit` is the one that holds for it. */
export function dayOutlook(ledger: Ledger, at: { air: CityAir; day: CityDay }, limit: HoldingLimit | null): Outlook {
  const outlook = outlookOf(dayQuestion(ledger, at, limit));
  const { method } = ledger.setup;
  if (method.cityMean === 'station-day-first') return outlook;
  // By city hours every station can still be in every hour to come, as long as the day itself can be valid.
  const evaluating = at.day.evaluators.size;
  return { ...outlook, mean: { ...outlook.mean, stations: dayStations(method, at.day) }, able: outlook.able * evaluating, evaluating };
}

/** Minutes of the hour that must have a value before anything is projected (domain 8.5). */
export const IN_HAND = 10;

/** What is asked about the running hour of a city at `now`. Minutes gone without a reading are neither in hand nor to come. */
export function hourQuestion(ledger: Ledger, { air, hour, now }: { air: CityAir; hour: CityHour; now: number }, limit: HoldingLimit | null): Question {
  const closed = Math.min(60, Math.max(0, Math.floor((now - hour.start) / MINUTE)));
  const { mean: recent, inHand } = recentMinutes(air, hour, now);
  return {
    tally: hour.tally, left: 60 - closed, closed, evaluating: hour.day.evaluators.size, share: ledger.setup.method.stationShare,
    places: placesOf(air.pollutant), limit, recent, inHand: inHand >= IN_HAND,
  };
}

/** The running hour of a city at `now`; where no minutes came, the stations may send whole hours. */
export function hourOutlook(ledger: Ledger, at: { air: CityAir; hour: CityHour; now: number }, limit: HoldingLimit | null): Outlook {
  const outlook = outlookOf(hourQuestion(ledger, at, limit));
  return outlook.standing === 'impossible' && at.hour.minutes === null ? { ...outlook, standing: 'unknown' } : outlook;
}

/** A mean in the pollutant's unit at the judged precision; null of null. */
export const judged = (mean: Rational | null, pollutant: string): number | null => (mean === null ? null : roundMicro(mean, placesOf(pollutant)));
/** A mean to two decimals, for reading only. */
export const shown = (mean: Rational | null): number | null => (mean === null ? null : roundMicro(mean, 2));
