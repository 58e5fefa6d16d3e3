/** `duty.yaml`: who is on duty when, to whom an alert goes up, and by which channels anybody is told. */
import { z } from 'zod';
import { Channel, Telling } from './channels.ts';
import { CivilDay, ClockTime, Duration, Id, Name, type Severity } from './event.ts';
import { duplicates, unknownName } from './names.ts';
import type { Mistake } from './keydate.ts';
import { Seat } from './seat.ts';
import { durationMs } from './time.ts';

const Person = z.strictObject({
  id: Id, name: z.string().min(1), phone: z.string().regex(/^\+?[\d -]{5,20}$/, 'expected a telephone number').optional(), email: z.email().optional(),
  /** The name under which they sign in. */
  account: z.string().min(1).optional(),
});
export type DutyPerson = z.infer<typeof Person>;
const Shift = z.strictObject({ id: Id, name: Name, from: ClockTime, to: ClockTime });
const Ids = z.array(Id).default([]);
/** Who has a shift from one civil day to another, both inclusive: the day is that on which the shift begins. */
const Row = z.strictObject({ shift: Id, from: CivilDay, to: CivilDay, duty: Ids, leader: Ids, department: Ids, commander: Ids })
  .refine(({ from, to }) => from <= to, '"from" is after "to"');
const Leave = z.strictObject({ person: Id, from: CivilDay, to: CivilDay, substitute: Id.optional() }).refine(({ from, to }) => from <= to, '"from" is after "to"');
const Step = z.strictObject({ after: Duration.refine((text) => (durationMs(text) ?? 0) >= 60_000, 'shorter than a minute'), to: Seat });
const Steps = z.array(Step).superRefine((steps, context) => {
  const after = steps.map((step) => durationMs(step.after) ?? 0);
  if (after.some((ms, at) => at > 0 && ms <= (after[at - 1] ?? 0))) context.addIssue({ code: 'custom', message: 'each step comes later than the one before it' });
}).default([]);

export const DutyFile = z.strictObject({
  people: z.array(Person).default([]), shifts: z.array(Shift).default([]), roster: z.array(Row).default([]), leave: z.array(Leave).default([]),
  /** How long an alert may ask before it goes up, by severity. */
  escalation: z.strictObject({ critical: Steps, warning: Steps, notice: Steps }).prefault({}),
  channels: z.array(Channel).default([]), tell: z.array(Telling).default([]),
});
export type DutyFile = z.infer<typeof DutyFile>;
export type EscalationStep = { after: number; to: Seat };

export const stepsOf = ({ escalation }: DutyFile, severity: Severity): EscalationStep[] => escalation[severity].map(({ after, to }) => ({ after: durationMs(after) ?? 0, to }));

const idsOf = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);

function unknown(kind: string, names: readonly string[], known: readonly string[]): { at: number; message: string }[] {
  return names.flatMap((name, at) => (known.includes(name) ? [] : [{ at, message: unknownName(kind, name, known) }]));
}

/** What the parts of `duty.yaml` say of each other that is not so. */
export function dutyMistakes({ people, shifts, roster, leave, channels, tell }: DutyFile): Mistake[] {
  const [persons, named, ways] = [idsOf(people), idsOf(shifts), idsOf(channels)];
  const lists = { people: persons, shifts: named, channels: ways };
  return [
    ...Object.entries(lists).flatMap(([list, ids]) => duplicates(ids, (at) => [list, at, 'id'])),
    ...roster.flatMap((row, n) => [
      ...unknown('shift', [row.shift], named).map(({ message }) => ({ path: ['roster', n, 'shift'], message })),
      ...Seat.options.flatMap((seat) => unknown('person', row[seat], persons).map(({ at, message }) => ({ path: ['roster', n, seat, at], message }))),
    ]),
    ...leave.flatMap(({ person, substitute }, n) => [
      ...unknown('person', [person], persons).map(({ message }) => ({ path: ['leave', n, 'person'], message })),
      ...(substitute === undefined ? [] : unknown('person', [substitute], persons).map(({ message }) => ({ path: ['leave', n, 'substitute'], message }))),
    ]),
    ...tell.flatMap(({ by, otherwise }, n) => [
      ...unknown('channel', by, ways).map(({ at, message }) => ({ path: ['tell', n, 'by', at], message })),
      ...unknown('channel', otherwise, ways).map(({ at, message }) => ({ path: ['tell', n, 'otherwise', at], message })),
    ]),
    ...channels.flatMap((channel, n): Mistake[] => (channel.kind === 'webhook' && channel.url === undefined && channel.urlEnv === undefined ? [{ path: ['channels', n, 'url'], message: 'is missing; name an address, or with urlEnv the variable that holds it' }] : [])),
  ];
}
