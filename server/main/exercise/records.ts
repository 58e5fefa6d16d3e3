/** What is written down of each exercise, beside its own journal and readings: `DIR/exercises/ID/exercise.json`. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { aimsOf, Script } from '../../../shared/exercise.ts';
import type { ExerciseListed } from '../../../shared/exercises.ts';
import { type Evaluation, evaluationOf } from '../../../shared/evaluation.ts';
import type { Fact } from '../../../shared/fact.ts';
import type { JournalStore } from '../../journal/journal.ts';
import { openSqliteJournal } from '../../journal/sqlite.ts';
import { writeWhole } from '../../access/whole.ts';
import type { Config } from '../../config.ts';
import { keepEvent } from './event.ts';
import { JOURNAL } from '../files.ts';

/** The script as it was then; `ended` null: it is under way, or the server was killed in it. Machine time. */
const Record = z.strictObject({
  id: z.string(), script: z.string(), definition: Script, by: z.string(), speed: z.number(), walls: z.boolean(),
  begun: z.number(), ended: z.number().nullable(), endedBy: z.string().nullable(),
  /** Why no start could go on with it. */
  broken: z.string().optional(),
});
export type ExerciseRecord = z.infer<typeof Record>;

/** The part of a data folder that holds exercises, and the file that says of one what it is. */
export const EXERCISES = 'exercises';
export const RECORD = 'exercise.json';
export const folderOf = (dir: string, id: string): string => path.join(dir, EXERCISES, id);

/** Null, or why the disk refuses. `event`: of one that begins, laid down before it. */
export function keepRecord(dir: string, record: ExerciseRecord, event?: Config): string | null {
  try {
    const folder = folderOf(dir, record.id);
    const file = path.join(folder, RECORD);
    mkdirSync(folder, { recursive: true });
    if (event !== undefined) keepEvent(folder, event);
    writeWhole(file, `${JSON.stringify(record, null, 2)}\n`);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** One that never began is no exercise that there was. */
export function dropRecord(dir: string, id: string): void {
  try {
    rmSync(folderOf(dir, id), { recursive: true, force: true });
  } catch {
    // What the disk does not give back holds no record that could be read, or one of an exercise without facts.
  }
}

function readRecord(dir: string, id: string): ExerciseRecord | null {
  try {
    const found = Record.safeParse(JSON.parse(readFileSync(path.join(folderOf(dir, id), RECORD), 'utf8')));
    return found.success && found.data.id === id ? found.data : null;
  } catch {
    return null;
  }
}

/** Every folder of an exercise; `record` null: none of it can be read. */
export function exercisesIn(dir: string): { id: string; dir: string; record: ExerciseRecord | null }[] {
  const partition = path.join(dir, EXERCISES);
  const there = statSync(partition, { throwIfNoEntry: false })?.isDirectory() === true;
  return (there ? readdirSync(partition) : []).sort().map((id) => ({ id, dir: folderOf(dir, id), record: readRecord(dir, id) }));
}

/** All of them, the latest first; what is no record is nobody's exercise. */
export const readRecords = (dir: string): ExerciseRecord[] => exercisesIn(dir).flatMap(({ record }) => record ?? []).sort((a, b) => b.begun - a.begun);

export const listed = ({ definition, ...record }: ExerciseRecord): ExerciseListed => ({ ...record, name: definition.name });

/** What its facts show; `now` machine time. */
export const evaluated = (record: ExerciseRecord, facts: readonly Fact[], { plan, now }: { plan: Config['plan']; now: number }): Evaluation =>
  evaluationOf({ facts, aims: aimsOf(record.definition), measures: plan.measures, now: record.ended ?? now });

/** All facts of an exercise's journal, in order. */
export const factsIn = async (journal: JournalStore): Promise<Fact[]> => journal.read(0, (await journal.head()).seq);

/** The facts of an exercise that is over, from its own journal. */
export async function factsOf(dir: string, id: string): Promise<Fact[]> {
  const file = path.join(folderOf(dir, id), JOURNAL);
  const opened = existsSync(file) ? await openSqliteJournal(file) : { ok: false as const };
  if (!opened.ok) return [];
  try {
    return await factsIn(opened.journal);
  } finally {
    await opened.journal.close();
  }
}
