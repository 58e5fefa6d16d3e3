/** Exercises beside the real room: which there are, and the one that is under way. One at a time; it outlives a restart of the server. */
import type { Evaluation } from '../../../shared/evaluation.ts';
import { hurriedSaid, lengthOf, paceOf } from '../../../shared/exercise.ts';
import { EXERCISE_BASE, type ExercisesBody } from '../../../shared/exercises.ts';
import type { HeaderState } from '../../../shared/header.ts';
import { type Config, readScripts } from '../../config.ts';
import { createRepeats } from '../../desk/repeats.ts';
import { createTurns } from '../../desk/turns.ts';
import type { ExercisePorts, Refused } from '../../http/ports.ts';
import type { Sockets } from '../../screens/feed.ts';
import { letIn, type Screens } from '../../screens.ts';
import { dropRecord, evaluated, type ExerciseRecord, factsOf, folderOf, keepRecord, listed, readRecords } from './records.ts';
import { eventOf } from './event.ts';
import { LookedAt } from './past.ts';
import { beginningOf, type ExerciseHost, type ExerciseRoom, openExerciseRoom } from './room.ts';

type Running = { record: ExerciseRecord; room: ExerciseRoom };
export type ExercisesParts = {
  parts: ExerciseHost;
  /** How many alerts of the real room ask for somebody. */
  real: () => NonNullable<HeaderState['real']>;
  /** One has begun or ended: the real room's faces say so. */
  changed: () => void;
};

const refused = (status: Refused['status'], code: Refused['code'], detail: string): Refused => ({ ok: false, status, code, detail });
const NONE = refused(409, 'no-exercise', 'no exercise is under way');

export class Exercises implements ExercisePorts {
  readonly #of: ExercisesParts;
  #sockets: Sockets | null = null;
  #running: Running | null = null;
  readonly #looked = new LookedAt();
  /** Beginning and ending come one after the other. */
  readonly #turns = createTurns();

  constructor(of: ExercisesParts) {
    this.#of = of;
    // Who sends the same again hears the same again.
    const repeats = createRepeats(Date.now);
    this.begin = repeats('begin-exercise', this.#begin);
    this.end = repeats('end-exercise', ({ by, exercise }) => this.#turns('exercise', () => this.#finish(exercise ?? this.#running?.record.id ?? '', by)));
  }

  /** Stands on the server's sockets, and goes on with what a restart broke off. */
  async open(sockets: Sockets): Promise<void> {
    const { parts } = this.#of;
    this.#sockets = sockets;
    letIn(sockets.of(EXERCISE_BASE), () => this.#running?.room.screens ?? null);
    const [broken] = readRecords(parts.folder.dir).filter(({ ended }) => ended === null);
    if (broken === undefined) return;
    await this.#goOn(broken);
  }

  /** By the event that it began with; one that no start can go on with any more is over, and says why. */
  async #goOn(record: ExerciseRecord): Promise<void> {
    const { folder: { dir }, config, log } = this.#of.parts;
    const event = await eventOf(folderOf(dir, record.id), config);
    if (!event.ok) keepRecord(dir, { ...record, ended: Date.now(), broken: event.reason });
    const opened = event.ok ? await this.#openRoom(record, event.config) : { ok: false as const, detail: event.reason };
    if (!opened.ok) log.error({ exercise: record.id, reason: opened.detail }, 'the exercise cannot be gone on with');
  }

  /** For the real room's header. */
  header = (): NonNullable<HeaderState['exercise']> | null => {
    const record = this.#running?.record;
    return record === undefined ? null : { id: record.id, name: record.definition.name, walls: record.walls };
  };

  sees: Screens['roll']['sees'] = (wall) => this.#running?.room.screens.roll.sees(wall) ?? false;
  /** The real room's figures have moved. */
  touched = (): void => { this.#running?.room.touched(); };
  room = (): ExerciseRoom['app'] | null => this.#running?.room.app ?? null;

  roomOf: ExercisePorts['roomOf'] = async (id) => {
    if (this.#running?.record.id === id) return this.#running.room.app;
    const { parts } = this.#of;
    const record = readRecords(parts.folder.dir).find((each) => each.id === id);
    return record === undefined ? null : await this.#looked.room(parts, record, () => this.#eventOf(id));
  };

  latest = (): string | null => readRecords(this.#of.parts.folder.dir)[0]?.id ?? null;

  /** The event that an exercise began with; where that cannot be read any more, as it is now. */
  async #eventOf(id: string): Promise<Config> {
    const { config, folder: { dir } } = this.#of.parts;
    const event = await eventOf(folderOf(dir, id), config);
    return event.ok ? event.config : config;
  }

  list = async (): Promise<ExercisesBody> => {
    const { config, folder: { dir } } = this.#of.parts;
    const scripts = await readScripts(config);
    const running = this.#running;
    return {
      scripts: scripts.map(({ id, script, problems }) => ({
        id, name: script?.name ?? null, brief: script?.brief ?? null, from: script?.from ?? null, lasts: script?.lasts ?? null, speed: script?.speed ?? null, pace: script === null ? null : paceOf(script),
        problems: problems.map(({ file, line, field, message }) => `${file}:${line} ${field} ${message}`),
      })),
      running: running === null ? null : { ...listed(running.record), ...this.#progress(running) },
      past: readRecords(dir).filter(({ id }) => id !== running?.record.id).map(listed),
    };
  };

  #progress({ record, room }: Running): { at: number; percent: number } {
    const at = room.house.clock.now();
    return { at, percent: Math.floor(((at - beginningOf(this.#of.parts, record)) / lengthOf(record.definition)) * 100) };
  }

  begin: ExercisePorts['begin'];

  #begin: ExercisePorts['begin'] = (asked) => this.#turns('exercise', async () => {
    if (this.#running !== null) return refused(409, 'exercise-running', `${this.#running.record.script} is under way since ${new Date(this.#running.record.begun).toISOString()}, begun by ${this.#running.record.by}; end it first`);
    const { config, folder: { dir }, log } = this.#of.parts;
    const found = (await readScripts(config)).find(({ id }) => id === asked.script);
    if (found === undefined) return refused(404, 'unknown-script', `${asked.script} is no file of exercises/ in the event folder`);
    if (found.script === null) return refused(409, 'faulty-script', found.problems.map(({ line, field, message }) => `line ${line} ${field} ${message}`).join('; '));
    const begun = Date.now();
    const id = `${new Date(begun).toISOString().slice(0, 23).replaceAll(/[:.]/g, '')}Z-${asked.script}`;
    const record: ExerciseRecord = { id, script: asked.script, definition: found.script, by: asked.by, speed: asked.speed ?? found.script.speed, walls: asked.walls, begun, ended: null, endedBy: null };
    const unkept = keepRecord(dir, record, config);
    const opened = unkept === null ? await this.#openRoom(record, config) : refused(503, 'not-durable', `the exercise cannot be written down: ${unkept}`);
    if (!opened.ok) { dropRecord(dir, id); return opened; }
    log.info({ exercise: id, by: asked.by }, 'an exercise has begun');
    return { ok: true, status: 200, body: { exercise: id, warnings: hurriedSaid(paceOf(found.script), record.speed) } };
  });

  async #openRoom(record: ExerciseRecord, config: Config): Promise<{ ok: true } | Refused> {
    const { real, changed } = this.#of;
    const parts = { ...this.#of.parts, config };
    if (this.#sockets === null) throw new Error('exercises are not open yet');
    const opened = await openExerciseRoom({ parts, io: this.#sockets.of(EXERCISE_BASE), record, real, over: () => { void this.#turns('exercise', () => this.#finish(record.id, null)); } });
    if (!opened.ok) return refused(503, 'not-durable', `the exercise's room cannot be opened: ${opened.reason}`);
    this.#running = { record, room: opened.room };
    changed();
    return { ok: true };
  }

  end: ExercisePorts['end'];

  /** Closes the room of an exercise and writes its end down; one that is not under way any more is no exercise to end. */
  async #finish(id: string, by: string | null): ReturnType<ExercisePorts['end']> {
    const running = this.#running;
    if (running?.record.id !== id) return NONE;
    const { parts, changed } = this.#of;
    this.#running = null;
    await running.room.close({ by });
    const unkept = keepRecord(parts.folder.dir, { ...running.record, ended: running.room.house.machine(), endedBy: by });
    if (unkept === null) parts.log.info({ exercise: id, by }, 'an exercise has ended');
    else parts.log.error({ exercise: id, by, reason: unkept }, 'an exercise has ended, and that cannot be written down: the next start goes on with it');
    changed();
    return { ok: true, status: 200, body: { exercise: id } };
  }

  evaluation = async (id: string): Promise<Evaluation | null> => {
    const { dir } = this.#of.parts.folder;
    const record = readRecords(dir).find((each) => each.id === id);
    if (record === undefined) return null;
    const room = this.#running?.record.id === id ? this.#running.room : null;
    const { plan } = await this.#eventOf(id);
    return evaluated(record, room === null ? await factsOf(dir, id) : await room.facts(), { plan, now: room?.house.machine() ?? Date.now() });
  };

  /** Leaves what is under way to the next start. */
  close = (): Promise<void> => this.#turns('exercise', async () => {
    const running = this.#running;
    this.#running = null;
    await running?.room.close(null);
    await this.#looked.close();
  });
}
