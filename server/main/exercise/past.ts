/**
 * Exercises that are over, to be looked at: the room of each is put together once more from what it kept, at its last moment, for
 * as long as somebody looks. Its API is under the exercise's own address; nothing can be done there, and nothing is written.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { type RequestHandler } from 'express';
import { simulatedClock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import { createRoomApp } from '../../http/app.ts';
import type { RoomPorts } from '../../http/ports.ts';
import { problem } from '../../http/problem.ts';
import { createTurns } from '../../desk/turns.ts';
import type { JournalStore } from '../../journal/journal.ts';
import { openSqliteJournal } from '../../journal/sqlite.ts';
import { openSqliteReadings, type SqliteStore } from '../../readings/sqlite.ts';
import type { Screens } from '../../screens.ts';
import { openHouse } from '../house.ts';
import { openOutside, type Outside } from '../outside.ts';
import type { RunParts } from '../run.ts';
import { nobody } from '../telling.ts';
import { type ExerciseRecord, folderOf } from './records.ts';
import { NOT_SHIPPED } from './room.ts';
import { JOURNAL, READINGS } from '../files.ts';

type App = ReturnType<typeof createRoomApp>;
type Looked = { app: App; close: () => Promise<void> };

/** So many are open at a time, each for so long after somebody last asked (machine ms). */
const [OPEN, IDLE] = [3, 10 * 60_000];

const NO_SCREENS: Screens = {
  show: () => undefined, move: () => undefined, close: () => undefined, count: () => 0,
  roll: { body: () => ({ screens: [] }), walls: () => '[]', sees: () => false }, admits: () => false, welcome: () => undefined,
};

type Kept = { store: SqliteStore; journal: JournalStore };
async function openKept(folder: string): Promise<Kept | null> {
  const [journalFile, readingsFile] = [path.join(folder, JOURNAL), path.join(folder, READINGS)];
  if (!existsSync(journalFile) || !existsSync(readingsFile)) return null;
  const readings = await openSqliteReadings(readingsFile);
  if (!readings.ok) return null;
  const journal = await openSqliteJournal(journalFile);
  if (journal.ok) return { store: readings.store, journal: journal.journal };
  await readings.store.close();
  return null;
}

/** What the room would write as it is put together again is written nowhere. */
const unwritten = (journal: JournalStore): JournalStore => ({ ...journal, write: () => Promise.resolve({ ok: true }) });

/** Whoever names no moment is shown the last; whatever would change something is refused. */
const lookingOnly = (last: string): RequestHandler => (req, res, next) => {
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    problem(res, 'no-exercise', { detail: 'this exercise is over: it can be looked at, and nothing can be done in it' });
    return;
  }
  if (req.url === '/situation') req.url = `/situation?${new URLSearchParams({ at: last }).toString()}`;
  next();
};

/** The room as the exercise left it; `config`: the event that it began with. */
async function openLooked(parts: RunParts, record: ExerciseRecord, config: Config): Promise<Looked | null> {
  const dir = folderOf(parts.folder.dir, record.id);
  const kept = await openKept(dir);
  if (kept === null) return null;
  const { store } = kept;
  const journal = unwritten(kept.journal);
  const [last] = await journal.read(Math.max(0, (await journal.head()).seq - 1), 1);
  const end = last?.at ?? 0;
  const clock = simulatedClock({ start: end, speed: 1, until: end });
  const house = await openHouse({ config, air: 'exercise', clock, store, journal, machine: Date.now, partition: record.id });
  const made: { http: RoomPorts | null } = { http: null };
  const outside: Outside = openOutside({
    ...parts, ...NOT_SHIPPED, config, clock, folder: { ...parts.folder, dir, store, journal }, telling: nobody(() => 0), walls: '[]', beside: () => ({}),
    stand: ({ http }) => { made.http = http; return NO_SCREENS; },
  }, house, { ready: true, replay: null });
  if (made.http === null) throw new Error('the exercise stands nowhere');
  const { http } = made;
  const app = express().use(lookingOnly(config.civil.iso(end)), createRoomApp({ ...http, event: () => ({ ...http.event(), airNote: record.definition.name }) }));
  const close = async (): Promise<void> => {
    clock.stop();
    for (const part of [outside.begun.watch, outside.board]) part.stop();
    await house.sequencer.close();
    await kept.journal.close();
    await store.close();
  };
  return { app, close };
}

/** Those that somebody looks at. */
export class LookedAt {
  readonly #turns = createTurns();
  readonly #open = new Map<string, Looked & { idle?: NodeJS.Timeout }>();

  /** Null: nothing that can be looked at was kept of it. */
  room = (parts: RunParts, record: ExerciseRecord, event: () => Promise<Config>): Promise<App | null> => this.#turns('looked-at', async () => {
    const { id } = record;
    const found: (Looked & { idle?: NodeJS.Timeout }) | null = this.#open.get(id) ?? await openLooked(parts, record, await event());
    if (found === null) return null;
    clearTimeout(found.idle);
    const idle = setTimeout(() => { void this.#turns('looked-at', () => this.#close(id)); }, IDLE).unref();
    // The one that was asked for last stands last.
    this.#open.delete(id);
    this.#open.set(id, { ...found, idle });
    for (const [other] of [...this.#open].slice(0, -OPEN)) await this.#close(other);
    return found.app;
  });

  async #close(id: string): Promise<void> {
    const found = this.#open.get(id);
    this.#open.delete(id);
    clearTimeout(found?.idle);
    await found?.close();
  }

  close = (): Promise<void> => this.#turns('looked-at', async () => {
    for (const id of [...this.#open.keys()]) await this.#close(id);
  });
}
