/**
 * How soon somebody may try again to sign in as one account, over all addresses. Nobody is shut out: the wait is short, and whoever comes from
 * where that account was signed in to before is counted by themselves, so that strangers' guesses are not laid to them.
 */

/** Failed ones in a row. Instants are machine time. */
export type Tries = { count: number; since: number; last: number };

/** So many are free: more than the minute of one address allows. */
export const FREE = 30;
const [FIRST, LONGEST] = [2_000, 60_000];
/** After so long without a failure they are forgotten. */
export const FORGOTTEN = 24 * 3_600_000;

/** Milliseconds until the next try is looked at; each failure beyond the free ones doubles it, up to a minute. */
export function waitAfter({ count, last }: Tries, now: number): number {
  return count < FREE ? 0 : Math.max(0, last + Math.min(LONGEST, FIRST * 2 ** Math.min(count - FREE, 10)) - now);
}

export const failedAgain = (before: Tries | undefined, now: number): Tries =>
  (before === undefined || now - before.last >= FORGOTTEN ? { count: 1, since: now, last: now } : { ...before, count: before.count + 1, last: now });

/** All that failed of one account, from wherever. */
export const together = (all: readonly Tries[]): Pick<Tries, 'count' | 'since'> | null =>
  (all.length === 0 ? null : { count: all.reduce((sum, { count }) => sum + count, 0), since: Math.min(...all.map(({ since }) => since)) });
