/**
 * What of a data folder goes into a copy, and how each file is taken while somebody else may be writing it: what is owed to
 * channels first, so that the journal knows what became of it since; then the journal, then the readings, so that none is told of that is not there; so too of each exercise, which is a data folder of its own.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import Database from 'libsql';
import { ACCESS } from '../access/database.ts';
import { JOURNAL, OUTBOX, READINGS } from './files.ts';
import { EXERCISES, RECORD } from './exercise/records.ts';

/**
 * In the order in which they are copied. A room that is put back goes on with its messages by a rule of its own (`server/notify/restored.ts`); those of an
 * exercise are not among them. Nor is what lies beside the journal and is made from it: the first start makes it anew.
 */
const DATABASES = [OUTBOX, JOURNAL, READINGS, ACCESS] as const;
const IDENTITY = 'identity.json';
export const NEEDED = [JOURNAL, READINGS, IDENTITY] as const;

const OF_THE_ROOM: readonly string[] = [...DATABASES, IDENTITY];
/** No part of a path leads out of it: none begins with a dot. */
const OF_AN_EXERCISE = /^exercises\/[A-Za-z0-9][\w.-]*\/(exercise\.json|identity\.json|journal\.sqlite|readings\.sqlite|(event|standards)\/[A-Za-z0-9][\w.-]*)$/;
/** Whether a file of this name may be in a copy. */
export const mayHold = (name: string): boolean => OF_THE_ROOM.includes(name) || OF_AN_EXERCISE.test(name);

export type Copied = { name: string; bytes: number; sha256: string };

export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** A consistent copy of a database that somebody else may be writing. */
function copyDatabase(from: string, to: string): void {
  const db = new Database(from, { fileMustExist: true });
  try {
    db.pragma('busy_timeout=10000');
    db.exec(`VACUUM INTO '${to.replaceAll("'", "''")}'`);
  } finally {
    db.close();
  }
}

async function copyOne(from: string, to: string): Promise<void> {
  mkdirSync(path.dirname(to), { recursive: true });
  if (from.endsWith('.sqlite')) copyDatabase(from, to);
  else await copyFile(from, to);
}

const filesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);

/** The files of an exercise, its record first. Its databases only together: one whose room has not been open has neither. */
function namesOf(folder: string): string[] {
  const laid = ['event', 'standards'].flatMap((part) => filesIn(path.join(folder, part)).map((name) => `${part}/${name}`));
  const kept = existsSync(path.join(folder, JOURNAL)) ? [JOURNAL, READINGS, IDENTITY] : [];
  return [RECORD, ...laid, ...kept];
}

/** Copies an exercise as of one moment: where it ended meanwhile, it is taken once more. */
async function copyExercise(from: string, to: string): Promise<string[]> {
  for (;;) {
    const before = readFileSync(path.join(from, RECORD), 'utf8');
    const names = namesOf(from);
    for (const name of names) await copyOne(path.join(from, name), path.join(to, name));
    if (readFileSync(path.join(from, RECORD), 'utf8') === before) return names;
    rmSync(to, { recursive: true });
  }
}

/** Copies everything into a folder; answers the names, in order. */
export async function gather(data: string, folder: string, say: (name: string, bytes: number) => void): Promise<Copied[]> {
  const copied: Copied[] = [];
  const list = async (names: readonly string[]): Promise<number> => {
    const added = await Promise.all(names.map(async (name) => ({ name, bytes: statSync(path.join(folder, name)).size, sha256: await hashOf(path.join(folder, name)) })));
    copied.push(...added);
    return added.reduce((sum, { bytes }) => sum + bytes, 0);
  };
  for (const name of OF_THE_ROOM.filter((each) => existsSync(path.join(data, each)))) {
    await copyOne(path.join(data, name), path.join(folder, name));
    say(name, await list([name]));
  }
  for (const id of filesIn(path.join(data, EXERCISES)).filter((each) => existsSync(path.join(data, EXERCISES, each, RECORD)))) {
    const under = `${EXERCISES}/${id}`;
    const names = await copyExercise(path.join(data, under), path.join(folder, under));
    say(under, await list(names.map((name) => `${under}/${name}`)));
  }
  return copied;
}
