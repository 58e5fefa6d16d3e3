/** Who has a seat at an instant: by the roster's shifts, also past midnight, with whoever stands in for those on leave. */
import type { Seat } from './seat.ts';
import type { DutyFile, DutyPerson } from './duty.ts';
import type { Name } from './event.ts';
import { clockOn } from './keydate.ts';
import { addDays, type Civil } from './time.ts';

/** `for`: in whose place; null: their own. */
export type OnDuty = { person: DutyPerson; for: string | null };
/** A shift that runs at an instant, and who is in it. */
export type ShiftNow = { id: string; name: Name; start: number; end: number; seats: Readonly<Record<Seat, readonly OnDuty[]>> };

/** Somebody stands in for somebody who stands in …: no further than this. */
const LONGEST_CHAIN = 5;

function standIn({ people, leave }: DutyFile, id: string, day: string): OnDuty | null {
  let now: string | undefined = id;
  for (let n = 0; n < LONGEST_CHAIN && now !== undefined; n += 1) {
    const who: string = now;
    const away = leave.find(({ person, from, to }) => person === who && from <= day && day <= to);
    if (away === undefined) {
      const person = people.find((each) => each.id === who);
      return person === undefined ? null : { person, for: who === id ? null : id };
    }
    now = away.substitute;
  }
  return null;
}

/** Shifts that run at an instant, the one that began last first. */
export function shiftsAt(duty: DutyFile, civil: Civil, at: number): ShiftNow[] {
  const today = civil.day(at);
  const found = [today, addDays(today, -1), addDays(today, -2)].flatMap((day) => duty.roster.filter(({ from, to }) => from <= day && day <= to).flatMap((row): ShiftNow[] => {
    const shift = duty.shifts.find(({ id }) => id === row.shift);
    if (shift === undefined) return [];
    const [start, end] = [clockOn(civil, day, shift.from), clockOn(civil, day, shift.to)];
    if (at < start || at >= end) return [];
    const of = (seat: Seat): OnDuty[] => row[seat].flatMap((id) => standIn(duty, id, day) ?? []);
    return [{ id: shift.id, name: shift.name, start, end, seats: { duty: of('duty'), leader: of('leader'), department: of('department'), commander: of('commander') } }];
  }));
  return found.sort((a, b) => b.start - a.start);
}

/** Everybody who has a seat at an instant; nobody: the roster has none. */
export function onDuty(duty: DutyFile, civil: Civil, of: { seat: Seat; at: number }): OnDuty[] {
  const all = shiftsAt(duty, civil, of.at).flatMap(({ seats }) => seats[of.seat]);
  return all.filter(({ person }, n) => all.findIndex((other) => other.person.id === person.id) === n);
}

/** When the next shift begins or ends after an instant; null: none that is rostered. */
export function nextChange(duty: DutyFile, civil: Civil, at: number): number | null {
  const today = civil.day(at);
  const edges = [-1, 0, 1].flatMap((n) => duty.roster.filter(({ from, to }) => from <= addDays(today, n) && addDays(today, n) <= to).flatMap(({ shift }) => {
    const of = duty.shifts.find(({ id }) => id === shift);
    return of === undefined ? [] : [clockOn(civil, addDays(today, n), of.from), clockOn(civil, addDays(today, n), of.to)];
  })).filter((edge) => edge > at);
  return edges.length === 0 ? null : Math.min(...edges);
}

