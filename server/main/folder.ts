/** The data folder: whose it is, what is in it, and where its event time stands. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { openAccess } from '../access/open.ts';
import type { Access } from '../access/access.ts';
import type { Log } from '../http/ports.ts';
import { identify, type Identity } from '../identity.ts';
import { lockFolder } from '../lock.ts';
import { type Checkpoints, openCheckpoints } from '../journal/checkpoints.ts';
import type { JournalStore } from '../journal/journal.ts';
import { openSqliteJournal } from '../journal/sqlite.ts';
import { openSqliteReadings } from '../readings/sqlite.ts';
import type { SqliteStore } from '../readings/sqlite.ts';
import type { ReadingsStore } from '../readings/store.ts';
import { JOURNAL, READINGS } from './files.ts';

export type Folder = { dir: string; store: SqliteStore; journal: JournalStore; checkpoints: Checkpoints; access: Access; eventTime: number | null; close: () => Promise<void> };
export type Opened = { ok: true; folder: Folder } | { ok: false; reason: string };

/** The names under which the store remembers how far event time had come, and how far a replay's deliveries. */
const EVENT_TIME = 'event-time';
export const REPLAYED = 'replayed-to';

/** `access`: that of the server, for a folder that has none of its own. */
export type FolderOptions = { ships?: boolean; access?: Access; log?: Log };

/** Takes a data folder for one server, one event and one kind of air, or says why not. */
export async function openFolder(dir: string, identity: Identity, { ships = false, access: shared, log }: FolderOptions = {}): Promise<Opened> {
  const lock = lockFolder(dir, { pid: process.pid, since: Date.now() });
  if (!lock.ok) return lock;
  const mine = identify(dir, identity);
  const opened = mine.ok ? await openStores(dir, ships) : mine;
  if (!opened.ok) {
    lock.release();
    return opened;
  }
  const { store, journal } = opened;
  const access = shared ?? openAccess({ dir, now: Date.now });
  const checkpoints = openCheckpoints(path.join(dir, JOURNAL), journal, (reason) => log?.warn({ reason }, 'rooms of the past are passed over, and made anew'));
  const close = async (): Promise<void> => {
    await store.close();
    await journal.close();
    if (shared === undefined) access.close();
    lock.release();
  };
  return { ok: true, folder: { dir, store, journal, checkpoints, access, eventTime: await reachedTime(store, journal), close } };
}

const lost = (file: string, other: string): { ok: false; reason: string } =>
  ({ ok: false, reason: `${file} is missing beside ${other}: put it back from a copy, or start with another --data; a new one would pass for the whole truth` });

async function openStores(dir: string, ships: boolean): Promise<{ ok: true; store: SqliteStore; journal: JournalStore } | { ok: false; reason: string }> {
  const [readingsFile, journalFile] = [path.join(dir, READINGS), path.join(dir, JOURNAL)];
  // The readings are made first, so that a first start that broke off left no journal without them.
  const had = { readings: existsSync(readingsFile), journal: existsSync(journalFile) };
  if (had.journal && !had.readings) return lost(readingsFile, JOURNAL);
  const opening = { readings: openSqliteReadings(readingsFile, { ships }), journal: had.journal ? openSqliteJournal(journalFile) : null };
  const readings = await opening.readings;
  if (!readings.ok) {
    const other = await opening.journal;
    if (other?.ok === true) await other.journal.close();
    return readings;
  }
  if (!had.journal && (await readings.store.extent()).end !== null) {
    await readings.store.close();
    return lost(journalFile, READINGS);
  }
  const journal = await (opening.journal ?? openSqliteJournal(journalFile));
  if (journal.ok) return { ok: true, store: readings.store, journal: journal.journal };
  await readings.store.close();
  return journal;
}

/** The latest durable instant: event time as it was noted, a replay's last delivery, or the last fact, whichever is latest. */
async function reachedTime(store: ReadingsStore, journal: JournalStore): Promise<number | null> {
  const noted = await Promise.all([EVENT_TIME, REPLAYED].map((name) => store.noted(name)));
  const facts = await journal.read(Math.max(0, (await journal.head()).seq - 1), 1);
  const known = [...noted.filter((each) => each !== null).map(Number), ...facts.map(({ at }) => at)];
  return known.length === 0 ? null : Math.max(...known);
}

/** Remembers how far event time has come; a refusal is the next note's to make good. */
export const noteTime = async (store: ReadingsStore, at: number): Promise<void> => { await store.note(EVENT_TIME, String(at)); };
