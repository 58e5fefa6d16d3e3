/** A long list of alerts, a page at a time: the latest period first. */

/** Alerts in one answer, where as many as there ever were may be asked for. */
export const MOST_LISTED = 10_000;

/** Where an alert stands in the list. */
export type Listed = { start: number; id: string };
/** At most `limit` alerts whose period starts in `[from, to)`, after `before` in the list (null: from its beginning). */
export type Page = { from: number; to: number; before: Listed | null; limit: number };

/** Below 0 where `a` comes before `b`. */
export const byPlace = (a: Listed, b: Listed): number => b.start - a.start || (a.id < b.id ? 1 : -1);

/** Those of some alerts that a page has, each once, in order. */
export function pageOf(listed: readonly Listed[], { from, to, before, limit }: Page): Listed[] {
  const fits = (one: Listed): boolean => one.start >= from && one.start < to && (before === null || byPlace(before, one) < 0) && one.id !== before?.id;
  return [...new Map(listed.map((one) => [one.id, one])).values()].filter(fits).sort(byPlace).slice(0, limit);
}
