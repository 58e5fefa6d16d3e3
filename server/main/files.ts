/** What the databases of a data folder are called: the room's own, and those of each exercise. */
export const JOURNAL = 'journal.sqlite';
export const READINGS = 'readings.sqlite';
