/**
 * A reviewer's verdict, pure: which readings it touches, what it makes of them, and what a start finds told and not kept.
 * The fact is the truth. It is journalled first; the averages, the alerts and the readings that are kept follow from it.
 */
import type { Draft, Fact, FactOf } from './fact.ts';
import { lastRevision } from './hour.ts';
import type { Added, Ledger } from './ledger.ts';
import { printOf } from './print.ts';
import type { Worth } from './quality.ts';
import { handLevel, type HandLevel, type HandVerdict, handWhy } from './quality/hand.ts';
import type { KeptReading, Reading } from './reading.ts';

type Reviewed = FactOf<'readings-reviewed'>;
type Told = Reviewed['readings'][number];

/** `signs`: whether whoever asks may change what is verified. */
export type ReviewCommand = { verdict: HandVerdict; level: HandLevel; reason: string; by: string; at: number; signs: boolean };
export type ReviewDecided = { ok: true; drafts: Draft[] } | { ok: false; code: 'nothing-to-review' | 'already-verified' };

/** Facts name at most this many readings each. */
const READINGS_A_FACT = 500;

/** The last revision is still the one that the averages have: what came meanwhile nobody has looked at. */
function stands({ hour, was }: Added, { value, flag, revision, start, minutes }: KeptReading): boolean {
  return was !== null && was.value === value && was.flag === flag && lastRevision(hour, { start, minutes }) === revision;
}

/** Of the last revisions of one station and pollutant those that a verdict can be about, and the facts of it. A reading without a value has nothing to judge. */
export function decideReview(ledger: Ledger, kept: readonly KeptReading[], command: ReviewCommand): ReviewDecided {
  const touched: Told[] = [];
  for (const reading of kept) {
    const { start, minutes, value, flag, source, revision, why } = reading;
    if (value === null || (command.verdict === 'automatic' && handLevel(why) === null)) continue;
    if (handLevel(why) === 'verified' && !command.signs) return { ok: false, code: 'already-verified' };
    const found = ledger.find(reading);
    if (stands(found, reading)) touched.push({ start, minutes, revision: revision + 1, value, flag, source, late: found.late });
  }
  const [first] = kept;
  if (first === undefined || touched.length === 0) return { ok: false, code: 'nothing-to-review' };
  return { ok: true, drafts: draftsOf(first, touched, command) };
}

function draftsOf({ station, pollutant }: KeptReading, touched: readonly Told[], { verdict, level, reason, by, at }: ReviewCommand): Draft[] {
  const drafts: Draft[] = [];
  for (let i = 0; i < touched.length; i += READINGS_A_FACT) {
    const readings = touched.slice(i, i + READINGS_A_FACT);
    const body: Reviewed = { kind: 'readings-reviewed', station, pollutant, verdict, level: verdict === 'automatic' ? null : level, by, why: reason, readings };
    const [first] = readings;
    drafts.push({ id: `readings-reviewed:${station}:${pollutant}:${first?.start ?? 0}:${first?.minutes ?? 0}:${first?.revision ?? 0}:${printOf(JSON.stringify(body))}`, at, actor: `person:${by}`, body });
  }
  return drafts;
}

const readingOf = ({ station, pollutant }: Reviewed, { start, minutes, value, flag }: Told): Reading => ({ station, pollutant, start, minutes, value, flag });

/** What a value is worth by a verdict; taken back, by the rules again. */
function worthBy(ledger: Ledger, fact: Reviewed, told: Told): Worth {
  const { verdict, level, by, why: reason } = fact;
  if (verdict === 'automatic' || level === null) return ledger.worthOf(readingOf(fact, told), told.source);
  return { validity: verdict, why: handWhy({ level, by, reason }) };
}

/** Puts a verdict upon the value that it was about; null where its station sent another one before the verdict was durable. */
export function putByHand(ledger: Ledger, fact: Fact & Reviewed, told: Told): Added | null {
  const reading = readingOf(fact, told);
  const found = ledger.find(reading);
  const { was, hour } = found;
  if (was === null || was.value !== told.value || was.flag !== told.flag || lastRevision(hour, told) !== told.revision - 1) return null;
  return ledger.put({ ...found, late: told.late }, reading, { worth: worthBy(ledger, fact, told), at: fact.at, source: told.source });
}

type ByStart = Map<number, { fact: Fact & Reviewed; told: Told }[]>;

function byStation(facts: readonly Fact[]): Map<string, Map<string, ByStart>> {
  const found = new Map<string, Map<string, ByStart>>();
  for (const fact of facts) {
    if (fact.kind !== 'readings-reviewed') continue;
    const station = found.get(fact.station) ?? new Map<string, ByStart>();
    const series: ByStart = station.get(fact.pollutant) ?? new Map<number, { fact: Fact & Reviewed; told: Told }[]>();
    found.set(fact.station, station.set(fact.pollutant, series));
    for (const told of fact.readings) series.set(told.start, [...(series.get(told.start) ?? []), { fact, told }]);
  }
  return found;
}

/** Of the last revision that the store has of a key those that `facts` tell of and the store lacks: a server was killed in between. */
export function unkeptReviews(ledger: Ledger, facts: readonly Fact[]): (kept: KeptReading) => KeptReading[] {
  const reviews = byStation(facts);
  return (kept) => {
    const told = reviews.get(kept.station)?.get(kept.pollutant)?.get(kept.start);
    return told === undefined ? [] : missing(ledger, kept, told);
  };
}

function missing(ledger: Ledger, kept: KeptReading, told: NonNullable<ReturnType<ByStart['get']>>): KeptReading[] {
  const lacking: KeptReading[] = [];
  for (const { fact, told: one } of told) {
    const last = lacking.at(-1) ?? kept;
    if (one.minutes !== kept.minutes || one.revision !== last.revision + 1 || one.value !== last.value || one.flag !== last.flag) continue;
    lacking.push({ ...last, ...worthBy(ledger, fact, one), revision: one.revision, arrived: fact.at });
  }
  return lacking;
}
