/** What a feed is to be asked for, and when again; pure. */
import type { PullSource } from '../../../shared/sources.ts';
import { type Civil, durationMs, HOUR } from '../../../shared/time.ts';

export type Span = { from: number; to: number };
/** One request: its address, and whose station it is about ('' where it says so itself). */
export type Request = { url: string; place: string };

const ms = (duration: string): number => durationMs(duration) ?? 0;
const NAMES = /\{(from|to|date|hour|place)\}/;
/** Hours of one request at most. */
const MOST_HOURS = 24;

/** Whether the feed is asked for hours; otherwise it is one document, asked for as it is. */
export const asksHours = ({ url }: Pick<PullSource, 'url'>): boolean => /\{(from|to|date|hour)\}/.test(url);

/**
 * The hours to ask for at `now`: up to the last whose values are there, from a little before what was reached (what came late), or
 * from where an outage began, but no further back than `catchUp`. Null: none.
 */
export function hoursDue(source: Pick<PullSource, 'delay' | 'again' | 'catchUp'>, civil: Civil, of: { now: number; reached: number | null }): Span | null {
  const to = civil.hour(of.now - ms(source.delay));
  const earliest = civil.hour(of.now - ms(source.catchUp));
  const from = of.reached === null ? earliest : Math.max(earliest, civil.hour(of.reached - ms(source.again)));
  return from < to ? { from, to } : null;
}

/** A span as the requests' own: by day where the address names {to}, else hour by hour; the oldest first. */
export function spansOf({ url }: Pick<PullSource, 'url'>, { from, to }: Span): Span[] {
  const step = /\{to\}/.test(url) ? MOST_HOURS * HOUR : HOUR;
  const spans: Span[] = [];
  for (let at = from; at < to; at += step) spans.push({ from: at, to: Math.min(to, at + step) });
  return spans;
}

function filled(url: string, civil: Civil, of: Span & { place: string }): string {
  const parts: Readonly<Record<string, string>> = {
    from: new Date(of.from).toISOString(), to: new Date(of.to).toISOString(), place: of.place,
    date: civil.day(of.from).replaceAll('-', ''), hour: String(civil.parts(of.from).hour).padStart(2, '0'),
  };
  return url.replaceAll(new RegExp(NAMES, 'g'), (_, name: string) => encodeURIComponent(parts[name] ?? ''));
}

/** The requests of a span: one, or one for each place. */
export function requestsOf({ url, places }: Pick<PullSource, 'url' | 'places'>, civil: Civil, span: Span): Request[] {
  const all = Object.entries(places);
  if (all.length === 0) return [{ url: filled(url, civil, { ...span, place: '' }), place: '' }];
  return all.map(([name, station]) => ({ url: filled(url, civil, { ...span, place: name }), place: station }));
}

/** Milliseconds: the first wait after a failure, and the longest. */
const [FIRST, LONGEST] = [5_000, 600_000];
/** How long to wait after so many failures in a row; `chance` in [0, 1) spreads those who failed together. */
export function waitAfter(failures: number, chance: number, asked: number | undefined): number {
  if (asked !== undefined) return Math.min(LONGEST, asked);
  return Math.min(LONGEST, FIRST * 2 ** Math.min(failures - 1, 10)) * (0.75 + chance / 2);
}
