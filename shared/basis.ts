/** What a summary was judged by: the standards with their documents, and each limit's basis and the figures of a standard that it equals. */
import type { Calendar } from './calendar.ts';
import type { Limit, Name } from './event.ts';
import { limitsOn, type Stretch } from './effective.ts';
import type { StandardLimit } from './standard.ts';
import { daysBetween } from './time.ts';

/** A standard and the civil days of the range that it judges; `inForce` are its own dates, which an event may go beyond. */
export type SummaryStandard = {
  id: string; name: Name; from: string; to: string; inForce: { from: string; to: string | null }; documents: { number: string; name: Name }[];
};
/** A figure of a standard that a limit equals, and where it is from. */
export type SummaryFigure = { standard: string; clause: Name; grade: 1 | 2 | null; target: StandardLimit['target'] | null };
/** A limit that holds on some day of the range, with its basis. `figures` is empty where no standard says the same: the limit is the event's own. */
export type SummaryLimit = Pick<Limit, 'id' | 'pollutant' | 'average' | 'max' | 'assumed' | 'basis'> & { figures: SummaryFigure[] };

/** Documents that came later than both the range and the standard itself (an amendment of 2018 in 2014) judged nothing in it. */
export const standardsIn = (stretches: readonly Stretch[]): SummaryStandard[] => stretches.map(({ from, to, standard: { id, name, inForce, documents } }) => ({
  id, name, from, to, inForce: { from: inForce.from, to: inForce.to ?? null },
  documents: documents.filter((each) => each.inForce.from <= to || each.inForce.from <= inForce.from).map(({ number, name: of }) => ({ number, name: of })),
}));

const same = (a: SummaryFigure, b: SummaryFigure): boolean => a.standard === b.standard && a.clause.en === b.clause.en && a.grade === b.grade && a.target === b.target;

function figuresOf(limit: Limit, days: readonly string[], stretches: readonly Stretch[]): SummaryFigure[] {
  const found: SummaryFigure[] = [];
  for (const day of days) {
    const standard = stretches.find(({ from, to }) => from <= day && day <= to)?.standard;
    for (const { pollutant, average, max, clause, grade = null, target = null } of standard === undefined ? [] : limitsOn(standard, day)) {
      if (pollutant !== limit.pollutant || average !== limit.average || max !== limit.max) continue;
      const figure = { standard: standard?.id ?? '', clause, grade, target };
      if (!found.some((each) => same(each, figure))) found.push(figure);
    }
  }
  return found;
}

/** The limits that hold in a range for some of the areas, in the event's order. */
export function limitsIn(calendar: Calendar, range: { from: string; to: string; areas: ReadonlySet<string> }, stretches: readonly Stretch[]): SummaryLimit[] {
  const days = new Map<string, string[]>();
  for (const day of daysBetween(range.from, range.to)) for (const { id } of calendar.limitsOn(day)) days.set(id, [...(days.get(id) ?? []), day]);
  return calendar.event.limits.filter(({ id, areas }) => days.has(id) && (areas === undefined || areas.some((area) => range.areas.has(area)))).map((limit) => {
    const { id, pollutant, average, max, assumed, basis } = limit;
    return { id, pollutant, average, max, assumed, basis, figures: figuresOf(limit, days.get(id) ?? [], stretches) };
  });
}
