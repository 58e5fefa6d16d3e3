/** What the databases of a data folder are called: the room's own, and those of each exercise. */
export const JOURNAL = 'journal.sqlite';
export const READINGS = 'readings.sqlite';
/** Messages to channels outside, of the room alone. */
export const OUTBOX = 'notify.sqlite';
