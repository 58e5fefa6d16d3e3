/**
 * The compliance summary: was every city under its limits on every day and in every hour that had one. It takes its means
 * from `meanOf`, as the alerts and the wall do, and the readings it counts from the same ledger.
 */
import { meanOf } from './average.ts';
import { limitsIn, standardsIn, type SummaryLimit, type SummaryStandard } from './basis.ts';
import type { Calendar } from './calendar.ts';
import type { Completeness } from './air.ts';
import type { CityAir, CityDay } from './city.ts';
import { aqiAsked, cityAqi, type SummaryAqi } from './city-aqi.ts';
import { dayMean } from './city-day.ts';
import { dayCompleteness, isPartial } from './completeness.ts';
import { type Stretch, stretchesOf } from './effective.ts';
import type { Method } from './event.ts';
import type { Fact } from './fact.ts';
import type { Ledger } from './ledger.ts';
import { judged, shown, validMean } from './outlook.ts';
import { meanOfRationals, type Rational, roundHalfEven } from './rounding.ts';
import { type DataCount, evidenceOf, noData, noReview } from './evidence.ts';
import { type ProcessCount, processOf } from './process.ts';
import type { Order } from './situation.ts';
import type { Standard } from './standard.ts';
import { daysBetween, HOUR } from './time.ts';

export type Verdict = 'met' | 'exceeded' | 'insufficient' | 'unlimited';
type Judged = { mean: number | null; rounded: number | null; stations: number; limit: number | null; verdict: Verdict };
/** Beside a mean over less than everything: valid station-hours of those expected. Not there where nothing is missing. */
type Short = { incomplete?: Completeness };
export type SummaryDay = { date: string } & Judged & Short & { drill?: true };
export type SummaryHour = { start: string } & Judged & Short & { drill?: true };
export type SummaryCity = {
  id: string; pollutant: string; mean: number | null; rounded: number | null; days: SummaryDay[]; hours: SummaryHour[];
  attainment: { met: number; exceeded: number; insufficient: number; unlimited: number; rate: number | null };
};
/** The summary as it is sent; its shape and the order of its members are fixed. */
export type Summary = {
  event: string; standard: string; timezone: string; from: string; to: string;
  method: { cityMean: Method['cityMean']; rounding: 'GB/T 8170'; hourMinutes: number; dayHours: number; stationShare: number };
  through: string | null;
  /** `verified` once every station-hour that is used has that level. */
  data: DataCount & { state: 'provisional' | 'verified'; sha256: string };
  cities: SummaryCity[]; alerts: ProcessCount['alerts']; orders: ProcessCount['orders'];
  /** What it was judged by, in full; `standard` is the id of the first. */
  standards: SummaryStandard[]; limits: SummaryLimit[];
  /** Each city's AQI, where the event asks for it; its means of pollutants without limits are not counted in `data`. */
  aqi: SummaryAqi[] | null;
  /** Station-hours of `data` whose verdict somebody set by hand, by its level. */
  review: { reviewed: number; verified: number };
  /** Where the summary is of what was known at a past moment: that moment, in civil time. */
  asKnownAt?: string;
};

export type SummaryInput = {
  calendar: Calendar; ledger: Ledger;
  /** The standards that the event names. */
  standards: readonly Standard[];
  /** Facts of alerts, in order; orders as they stand; event time now, for what is overdue. */
  alertFacts: readonly Fact[]; orders: readonly Order[]; now: number;
  /** The past moment that all this is as of; absent: now. */
  asKnownAt?: number;
  /** A new SHA-256, as Node's `createHash` makes it. */
  sha256: () => { update: (text: string) => unknown; digest: (as: 'hex') => string };
};
export type DayRange = { from: string; to: string };

/** The summary of a range of civil days, both inclusive; days that are not closed yet are left out. */
export function summaryOf(input: SummaryInput, range: DayRange): Summary {
  const steps = summarySteps(input, range);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps of about a millisecond. What it rests on must not change on the way (`Ledger.settled`). */
export function* summarySteps(input: SummaryInput, range: DayRange): Generator<undefined, Summary> {
  const { calendar, ledger } = input;
  const { event, civil } = calendar;
  ledger.judgeContext();
  const airs = ledger.airs.filter((air) => hasLimit(calendar, air, range));
  const closedTo = Math.min(...airs.map((air) => air.closedTo), ...(airs.length === 0 ? [input.now] : []));
  const days = daysBetween(range.from, range.to).filter((date) => endOf(civil, date) <= closedTo);
  const { cityMean, hourMinutes, dayHours, stationShare } = ledger.setup.method;
  const { data, review } = yield* dataOf(input, airs, days);
  const cities: SummaryCity[] = [];
  for (const air of airs) {
    cities.push(cityOf(input, air, days));
    yield;
  }
  const stretches = stretchesOf(event, input.standards, range);
  const aqi = yield* aqiOf(input, stretches, days);
  return {
    event: event.id, standard: stretches[0]?.standard.id ?? '', timezone: event.timezone, from: range.from, to: range.to,
    method: { cityMean, rounding: 'GB/T 8170', hourMinutes, dayHours, stationShare },
    through: days.at(-1) ?? null, data, cities,
    ...processOf(input, { from: civil.at(range.from), to: endOf(civil, range.to) }),
    standards: standardsIn(stretches), limits: limitsIn(calendar, { ...range, areas: new Set(airs.map((air) => air.city)) }, stretches), aqi, review,
    ...(input.asKnownAt === undefined ? {} : { asKnownAt: civil.iso(input.asKnownAt) }),
  };
}

/** The AQI of every city; a day is in it once all of its pollutants are closed. */
function* aqiOf({ calendar, ledger }: SummaryInput, stretches: Stretch[], days: readonly string[]): Generator<undefined, SummaryAqi[] | null> {
  const notMonitored = aqiAsked(calendar.event);
  if (notMonitored === null) return null;
  const closedTo = Math.min(...ledger.airs.map((air) => air.closedTo));
  const closed = days.filter((date) => endOf(calendar.civil, date) <= closedTo);
  const found: SummaryAqi[] = [];
  for (const city of ledger.setup.cities) found.push(yield* cityAqi({ ledger, stretches, notMonitored }, city, closed));
  return found;
}

function* dataOf({ ledger, sha256 }: SummaryInput, airs: readonly CityAir[], days: readonly string[]): Generator<undefined, Pick<Summary, 'data' | 'review'>> {
  const [count, review] = [noData(), noReview()];
  const hash = sha256();
  for (const one of evidenceOf(ledger, airs, days)) {
    for (const key of ['readings', 'missing', 'suspect', 'invalid'] as const) count[key] += one.count[key];
    for (const key of ['reviewed', 'verified', 'used', 'usedVerified'] as const) review[key] += one.review[key];
    hash.update(one.rows);
    yield;
  }
  const { reviewed, verified, used, usedVerified } = review;
  const state = used > 0 && usedVerified === used ? 'verified' : 'provisional';
  return { data: { ...count, state, sha256: hash.digest('hex') }, review: { reviewed, verified } };
}

const endOf = (civil: Calendar['civil'], date: string): number => (civil.hours(date).at(-1) ?? 0) + HOUR;

function hasLimit(calendar: Calendar, air: CityAir, { from, to }: DayRange): boolean {
  const query = { area: air.city, pollutant: air.pollutant };
  return daysBetween(from, to).some((day) => (['hour', 'day'] as const).some((average) => calendar.limitOn({ ...query, average, day }) !== null));
}

function cityOf(input: SummaryInput, air: CityAir, dates: readonly string[]): SummaryCity {
  const days = dates.map((date) => dayOf(input, air, date));
  const means = days.flatMap(({ exact, day }) => (exact === null || day.drill ? [] : [exact]));
  const mean = meanOfRationals(means);
  return {
    id: air.city, pollutant: air.pollutant, mean: shown(mean), rounded: judged(mean, air.pollutant),
    days: days.map(({ day }) => day), hours: dates.flatMap((date) => hoursOf(input, air, date)),
    attainment: attainmentOf(days.map(({ day }) => day)),
  };
}

type Asked = { exact: Rational | null; stations: number; pollutant: string; limit: { max: number; drill: boolean } | null };

function judgedOf({ exact, stations, pollutant, limit }: Asked): Judged {
  const rounded = judged(exact, pollutant);
  const verdict: Verdict = limit === null ? 'unlimited' : rounded === null ? 'insufficient' : rounded > limit.max ? 'exceeded' : 'met';
  return { mean: shown(exact), rounded, stations, limit: limit?.max ?? null, verdict };
}

const shortOf = (exact: Rational | null, of: Completeness): Short => (exact !== null && isPartial(of) ? { incomplete: of } : {});

function dayOf({ calendar, ledger }: SummaryInput, air: CityAir, date: string): { day: SummaryDay; exact: Rational | null } {
  const cityDay = ledger.peekDay(air, date);
  const holding = calendar.limitOn({ area: air.city, pollutant: air.pollutant, average: 'day', day: date });
  const { mean: exact, stations } = dayMean(ledger.setup.method, { air, day: cityDay });
  const limit = holding === null ? null : { max: holding.limit.max, drill: holding.drill };
  const day = { date, ...judgedOf({ exact, stations, pollutant: air.pollutant, limit }), ...shortOf(exact, dayCompleteness(cityDay, cityDay.hours.length)) };
  return { day: calendar.drillOn(date) ? { ...day, drill: true } : day, exact };
}

function hoursOf({ calendar, ledger }: SummaryInput, air: CityAir, date: string): SummaryHour[] {
  const holding = calendar.limitOn({ area: air.city, pollutant: air.pollutant, average: 'hour', day: date });
  if (holding === null) return [];
  const limit = { max: holding.limit.max, drill: holding.drill };
  const day: CityDay = ledger.peekDay(air, date);
  return day.hours.map((start) => {
    const tally = air.hours.get(start)?.tally;
    const exact = tally === undefined ? null : validMean(tally, day, ledger.setup.method.stationShare);
    const stations = tally === undefined ? 0 : meanOf(tally).stations;
    const hour = { start: calendar.civil.iso(start), ...judgedOf({ exact, stations, pollutant: air.pollutant, limit }), ...shortOf(exact, { valid: stations, expected: day.evaluators.size }) };
    return limit.drill ? { ...hour, drill: true } : hour;
  });
}

function attainmentOf(days: readonly SummaryDay[]): SummaryCity['attainment'] {
  const count = (verdict: Verdict): number => days.filter((day) => day.verdict === verdict && !day.drill).length;
  const met = count('met');
  const exceeded = count('exceeded');
  const rate = met + exceeded === 0 ? null : Number(roundHalfEven(BigInt(met * 100), BigInt(met + exceeded), 1)) / 10;
  return { met, exceeded, insufficient: count('insufficient'), unlimited: count('unlimited'), rate };
}
