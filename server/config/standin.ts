/** What stands in for fields of `event.yaml` that are wrong, so that everything beside them is still checked. */
import { CivilDay, Id, type EventFile, type Span } from '../../shared/event.ts';
import type { Mistake } from '../../shared/keydate.ts';
import { valueAt } from './shape.ts';
import type { Read } from './yaml.ts';

const NAME = { zh: '-', en: '-' };
/** A standard that ships: what it says is not asked while there are problems. */
const STANDARD = 'cn-2012';

const isDay = (value: unknown): value is CivilDay => CivilDay.safeParse(value).success;

/** Every civil day that stands anywhere in a value, in order. */
function daysIn(value: unknown): CivilDay[] {
  if (isDay(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(daysIn).sort() : [];
}

const listed = (raw: unknown, key: string): unknown[] => {
  const list = valueAt(raw, [key]);
  return Array.isArray(list) ? list : [];
};

/** The two ends the other way round, if they are and most days of the file lie between them: then that is what is meant. */
function turned(raw: unknown): Span | null {
  const [from, to] = [valueAt(raw, ['period', 'from']), valueAt(raw, ['period', 'to'])];
  if (!isDay(from) || !isDay(to) || from <= to) return null;
  const days = [...listed(raw, 'phases'), ...listed(raw, 'keyDates')].flatMap(daysIn);
  const within = days.filter((day) => to <= day && day <= from).length;
  return within * 2 >= days.length ? { from: to, to: from } : null;
}

/** As much of the period as can be read, and else as wide as the days that stand in the file. */
function periodFor(raw: unknown): Span {
  const meant = turned(raw);
  if (meant !== null) return meant;
  const days = daysIn(raw);
  const [from, to] = [valueAt(raw, ['period', 'from']), valueAt(raw, ['period', 'to'])];
  const [first = '2000-01-01', last = first] = [days[0], days.at(-1)];
  const one = isDay(from) !== isDay(to);
  return { from: one && isDay(from) ? from : first, to: one && isDay(to) ? to : last };
}

/** The standards in their places, so that a name that stands for nothing is told even beside a wrong date. */
function standardFor(raw: unknown): EventFile['standard'] {
  const list = listed(raw, 'standard');
  if (list.length === 0) return STANDARD;
  return list.map((each) => {
    const id = Id.safeParse(valueAt(each, ['id']));
    return { id: id.success ? id.data : STANDARD };
  });
}

export const eventStandIns = (raw: unknown): Record<string, unknown> =>
  ({ id: 'event', name: NAME, timezone: 'UTC', period: periodFor(raw), standard: standardFor(raw) });

/** Of mistakes found beside stand-ins, those that do not come of the stand-in itself. */
export function owned(mistakes: readonly Mistake[], { problems, raw }: Read<EventFile>): Mistake[] {
  const wrong = new Set(problems.map((each) => each.field.split(/[.[]/)[0] ?? ''));
  const gone = new Set(problems.map((each) => each.field));
  const guessed = wrong.has('period') && turned(raw) === null;
  return mistakes.filter(({ path }) => !(guessed && (path[0] === 'period' || ['lunar', 'yearly', 'weekday'].includes(String(path.at(-1)))))
    && !(path[0] === 'standard' && path.length === 1 && (guessed || wrong.has('standard')))
    // A list that is left out whole has names that nobody could read.
    && !(path[2] === 'on' && gone.has(String(path[3]))));
}
