/** Who is on duty now, and next. */
import { nextChange, shiftsAt, type ShiftNow } from '../../shared/roster.ts';
import type { DutyBody } from '../../shared/tellings.ts';
import type { Config } from '../config.ts';

function shown({ civil }: Config, { id, name, start, end, seats }: ShiftNow): DutyBody['shifts'][number] {
  const of = (seat: keyof ShiftNow['seats']) => seats[seat].map(({ person, for: place }) => ({ id: person.id, name: person.name, account: person.account ?? null, phone: person.phone ?? null, for: place }));
  return { id, name, start: civil.iso(start), end: civil.iso(end), duty: of('duty'), leader: of('leader'), department: of('department'), commander: of('commander') };
}

export function dutyNow(config: Config, now: number): DutyBody {
  const { duty, civil } = config;
  const next = nextChange(duty, civil, now);
  return {
    at: civil.iso(now), rostered: duty.roster.length > 0, people: duty.people.map(({ id, name, phone }) => ({ id, name, phone: phone ?? null })), shifts: shiftsAt(duty, civil, now).map((shift) => shown(config, shift)),
    next: next === null ? null : { at: civil.iso(next), shifts: shiftsAt(duty, civil, next).map((shift) => shown(config, shift)) },
  };
}
