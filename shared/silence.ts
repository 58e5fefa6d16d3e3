/** Stations that are not heard: a silence begins at the end of the last reading that had a value, and is an alert after a while. */
import type { Finding } from './alert.ts';
import type { Suppression } from './fact.ts';
import { alertId, type Bench } from './judge.ts';
import { Ledger, type Series } from './ledger.ts';
import type { FlagCode } from './quality/flags.ts';
import { MINUTE } from './time.ts';

/** How long a station may be quiet: some of its own intervals, and never less than the floor of `rules.yaml`. */
export function patience(bench: Bench, series: Series): number {
  const interval = (series.latest?.reading.minutes ?? 60) * MINUTE;
  return Math.max(bench.rules.silenceAtLeast, bench.rules.silenceIntervals * interval);
}

const watched = (bench: Bench, series: Series): boolean => bench.ledger.setup.judged.includes(series.pollutant);

/** Whether a station counts as silent at `now`: it was heard before, is in force, and its patience is over. */
export function isSilent(bench: Bench, series: Series, now: number): boolean {
  if (series.heard === null || now < series.heard + patience(bench, series)) return false;
  return Ledger.inForce(series.station, bench.calendar.civil.day(now));
}

/** When a station's patience ends: a start is not news, so it begins again there (nobody listened before). */
const endsAt = (bench: Bench, series: Series, heard: number): number => Math.max(heard, bench.ledger.since) + patience(bench, series);

/** Flags after which a station is expected to be quiet. */
const AT_WORK: readonly (string | null)[] = ['flag-maintenance', 'flag-calibration', 'flag-stopped'] satisfies FlagCode[];

/** Why a silence disturbs nobody: the station is out of service, or the last that it said was that somebody works on it. */
function suppressionOf({ rules }: Bench, { latest }: Series, { out, drill }: { out: boolean; drill: boolean }): Suppression | null {
  if (out) return 'out-of-service';
  if (rules.suppress?.maintenance !== false && AT_WORK.includes(latest?.worth.why ?? null)) return 'maintenance';
  return drill && rules.suppress?.drill === true ? 'drill' : null;
}

/** What a silence that began at `since` says at `now`: over, until the station is heard in time again or is no longer in force. */
function silenceFinding(bench: Bench, series: Series, { since, now, out }: { since: number; now: number; out: boolean }): Finding {
  const day = bench.calendar.civil.day(now);
  // Old readings that come late, one by one, end no silence: the station is still behind.
  const again = series.heard !== null && series.heard > since && !isSilent(bench, series, now);
  const over = !again && Ledger.inForce(series.station, day);
  const place = series.station.id;
  const pollutant = series.pollutant;
  const drill = bench.calendar.drillOn(day);
  return {
    id: alertId(bench, 'silent', { place, pollutant, start: since }), kind: 'silent', place, pollutant, period: { start: since, end: null },
    condition: over ? 'over' : 'under', limit: null, assumed: false, drill, severity: bench.rules.severity.silent, needs: bench.rules.needs?.[bench.rules.severity.silent], current: true, revised: false,
    suppression: suppressionOf(bench, series, { out, drill }),
    said: () => ({
      value: null, marks: drill ? [...bench.marks, 'drill'] : [...bench.marks],
      reason: over ? { code: 'silent', minutes: Math.floor((now - since) / MINUTE) } : { code: again ? 'heard-again' : 'not-in-force' },
    }),
  };
}

/** Where a silence of a series begins by now, or null; none begins beside one that is open. */
function begun(bench: Bench, series: Series, { open, now }: { open: readonly number[]; now: number }): number | null {
  const { heard } = series;
  if (heard === null || now < endsAt(bench, series, heard) || !isSilent(bench, series, now)) return null;
  return open.length > 0 ? null : heard;
}

/** Findings of the silences of one series: the one that may have begun, and those that are open and may have ended. */
export function silences(bench: Bench, series: Series, at: { open: readonly number[]; now: number; out: boolean }): Finding[] {
  if (!watched(bench, series)) return [];
  const fresh = begun(bench, series, at);
  const starts = fresh === null ? at.open : [...at.open, fresh];
  return starts.map((since) => silenceFinding(bench, series, { since, now: at.now, out: at.out }));
}

/** The first instant at which some station's patience ends; null where none is awaited. */
export function nextSilence(bench: Bench, now: number): number | null {
  let next: number | null = null;
  for (const series of bench.ledger.series.values()) {
    if (series.heard === null || !watched(bench, series)) continue;
    const ends = endsAt(bench, series, series.heard);
    if (ends > now && (next === null || ends < next)) next = ends;
  }
  return next;
}
