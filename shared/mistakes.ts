/** What the shape of an event file cannot say: names that stand for nothing, phases that overlap, days that never come. */
import type { EventFile, Limit } from './event.ts';
import type { Mistake } from './keydate.ts';
import { duplicates, unknownName } from './names.ts';
import { addDays, isZone } from './time.ts';

/** Days an event may last; longer ones are typing errors. */
const LONGEST = 1100;

function phaseMistakes({ phases, period }: EventFile): Mistake[] {
  return phases.flatMap((phase, at) => {
    const found: Mistake[] = [];
    const say = (field: string, message: string) => found.push({ path: ['phases', at, field], message });
    if (phase.from > phase.to) say('to', `${phase.to} is before ${phase.from}`);
    if (phase.from < period.from) say('from', `${phase.from} is before the event's first day ${period.from}`);
    if (phase.to > period.to) say('to', `${phase.to} is after the event's last day ${period.to}`);
    const other = phases.slice(0, at).find((each) => each.from <= phase.to && phase.from <= each.to);
    if (other !== undefined) say('from', `overlaps the phase "${other.id}" (${other.from} to ${other.to})`);
    return found;
  });
}

function onMistakes(limit: Limit, event: EventFile): { path: (string | number)[]; message: string }[] {
  const { on } = limit;
  if (on === undefined) return [];
  if ('phases' in on) return dangling('phase', on.phases, event.phases).map((m) => ({ ...m, path: ['phases', ...m.path] }));
  if ('keyDates' in on) return dangling('key date', on.keyDates, event.keyDates).map((m) => ({ ...m, path: ['keyDates', ...m.path] }));
  if (on.from > on.to) return [{ path: ['to'], message: `${on.to} is before ${on.from}` }];
  const never = on.to < event.period.from || on.from > event.period.to;
  return never ? [{ path: ['from'], message: `never holds: ${on.from} to ${on.to} is outside the event's period ${event.period.from} to ${event.period.to}` }] : [];
}

function dangling(kind: string, named: readonly string[], known: readonly { id: string }[]): Mistake[] {
  const ids = known.map((each) => each.id);
  return named.flatMap((name, at) => (ids.includes(name) ? [] : [{ path: [at], message: unknownName(kind, name, ids) }]));
}

function standardMistakes({ standard, period }: EventFile): Mistake[] {
  if (typeof standard === 'string') return [];
  const spans = standard.map((each) => ({ from: each.from ?? period.from, to: each.to ?? period.to }));
  const uncovered = [period.from, ...spans.map((span) => addDays(span.to, 1))]
    .filter((day) => day >= period.from && day <= period.to && !spans.some((span) => span.from <= day && day <= span.to)).sort()[0];
  return uncovered === undefined ? [] : [{ path: ['standard'], message: `no standard is in force on ${uncovered}` }];
}

/** Everything of an event file that names nothing or contradicts itself, but for its key dates' days. */
export function eventMistakes(event: EventFile): Mistake[] {
  const { period, timezone } = event;
  const ids = (list: readonly { id: string }[], name: string) => duplicates(list.map((each) => each.id), (at) => [name, at, 'id']);
  return [
    ...(isZone(timezone) ? [] : [{ path: ['timezone'], message: `no time zone "${timezone}"; expected one such as Asia/Shanghai` }]),
    ...(period.to > addDays(period.from, LONGEST) ? [{ path: ['period', 'to'], message: `more than ${LONGEST} days after ${period.from}` }] : []),
    ...ids(event.phases, 'phases'), ...ids(event.keyDates, 'keyDates'), ...ids(event.limits, 'limits'),
    ...phaseMistakes(event), ...standardMistakes(event),
    ...event.limits.flatMap((limit, at) => onMistakes(limit, event).map((m) => ({ ...m, path: ['limits', at, 'on', ...m.path] }))),
  ];
}
