/** What the head of every face says: where the event stands, what holds today, what comes next, what can be trusted. */
import type { HeaderCell } from './air.ts';
import type { Calendar } from './calendar.ts';
import { CANARY } from './canary.ts';
import { dayCompleteness } from './completeness.ts';
import type { Bench } from './judge.ts';
import { Ledger } from './ledger.ts';
import { isSilent } from './silence.ts';
import { daysBetween } from './time.ts';

/** What the calendar and the readings cannot tell. */
export type HeaderState = Pick<HeaderCell, 'durable' | 'evaluating' | 'clock' | 'replay' | 'exercise' | 'real'>;

function phaseOf(calendar: Calendar, day: string): HeaderCell['phase'] {
  const phase = calendar.phaseOn(day);
  if (phase === null) return null;
  return { id: phase.id, day: daysBetween(phase.from, day).length, days: daysBetween(phase.from, phase.to).length, drill: phase.drill };
}

function limitsOf(calendar: Calendar, day: string): HeaderCell['limits'] {
  return calendar.limitsOn(day).map(({ id, pollutant, average, max, assumed, areas }) => ({ id, pollutant, average, max, assumed, areas: areas ?? null }));
}

function nextKeyDate(calendar: Calendar, now: number): HeaderCell['nextKeyDate'] {
  const ahead = calendar.keyDates.filter(({ end }) => end > now).sort((a, b) => a.start - b.start);
  const [next] = ahead;
  return next === undefined ? null : { id: next.id, from: next.start, to: next.end, inWindow: next.start <= now };
}

/** Of the evaluating stations in force, those heard lately; the newest end of a reading; the valid share of what was due today. */
function hearing(bench: Bench, day: string, now: number): Pick<HeaderCell, 'heard' | 'freshest' | 'completeness'> {
  const { ledger } = bench;
  const { stations, judged } = ledger.setup;
  const inForce = stations.filter((station) => station.id !== CANARY && Ledger.inForce(station, day));
  let heard = 0;
  let freshest: number | null = null;
  for (const station of inForce) {
    const series = judged.flatMap((pollutant) => ledger.known(station.id, pollutant) ?? []);
    if (series.some((one) => one.heard !== null && !isSilent(bench, one, now))) heard += 1;
    for (const one of series) if (one.heard !== null && (freshest === null || one.heard > freshest)) freshest = one.heard;
  }
  return { heard: { now: heard, of: inForce.length }, freshest, completeness: completenessOf(ledger, day) };
}

function completenessOf(ledger: Ledger, date: string): HeaderCell['completeness'] {
  let valid = 0;
  let expected = 0;
  for (const air of ledger.airs) {
    if (!ledger.setup.judged.includes(air.pollutant) || !ledger.setup.cities.includes(air.city)) continue;
    const day = ledger.day(air, date);
    const closed = day.hours.filter((start) => start < air.closedTo).length;
    const of = dayCompleteness(day, closed);
    expected += of.expected;
    valid += of.valid;
  }
  return { valid, expected };
}

/** The header at `now`. */
export function headerCell(bench: Bench, state: HeaderState, now: number): HeaderCell {
  const { calendar } = bench;
  const day = calendar.civil.day(now);
  return {
    kind: 'header', phase: phaseOf(calendar, day), eventDay: now < calendar.start ? 'before' : now < calendar.end ? 'during' : 'after',
    limits: limitsOf(calendar, day), nextKeyDate: nextKeyDate(calendar, now), nextChange: calendar.nextChange(now),
    ...hearing(bench, day, now), ...state,
  };
}
