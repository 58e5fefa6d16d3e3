/**
 * What was known at a past moment, from the revisions alone: a verdict of that moment can be worked out again at any time,
 * whatever has been corrected since.
 */
import { closeDue } from './closing.ts';
import { Ledger, type LedgerSetup } from './ledger.ts';
import { type KeptReading, readingKey } from './reading.ts';

/** Of each key the last revision that had arrived by `at`; what came later, or was not there yet, is left out. */
export function knownBy(revisions: Iterable<KeptReading>, at: number): KeptReading[] {
  const known = new Map<string, KeptReading>();
  for (const kept of revisions) {
    if (kept.arrived > at) continue;
    const key = readingKey(kept);
    const rival = known.get(key);
    if (rival === undefined || rival.revision < kept.revision) known.set(key, kept);
  }
  return [...known.values()];
}

/** Judges hours beside each other and closes what was due by `at`, once everything that was known by then is in. */
export function closeAll(ledger: Ledger, at: number): void {
  ledger.judgeContext({ now: at });
  for (const air of ledger.airs) closeDue(ledger, air, at);
}

/**
 * The averages as they were known at `at` (event time, UTC ms): the same means, the same closed periods and so the same
 * verdicts as the room had then. `revisions` are all that were kept, in any order.
 */
export function asKnownAt(setup: LedgerSetup, revisions: Iterable<KeptReading>, at: number): Ledger {
  const ledger = new Ledger(setup, at);
  for (const kept of knownBy(revisions, at)) ledger.load(kept);
  closeAll(ledger, at);
  return ledger;
}
