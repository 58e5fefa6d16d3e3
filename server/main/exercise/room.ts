/**
 * The room of one exercise: the same parts as the real room, put together a second time over a folder and a clock of their own.
 * Nothing of it is handed to the real room but how many walls look at it.
 */
import { lengthOf } from '../../../shared/exercise.ts';
import { instantOf } from '../../../shared/rehearsing.ts';
import type { Draft, Fact } from '../../../shared/fact.ts';
import type { HeaderState } from '../../../shared/header.ts';
import { evenTime, simulatedClock } from '../../clock.ts';
import { createRoomApp } from '../../http/app.ts';
import type { Notifier } from '../../notify/notifier.ts';
import type { Io } from '../../screens/feed.ts';
import type { Screens } from '../../screens.ts';
import { showOn } from '../faces.ts';
import { type Folder, openFolder } from '../folder.ts';
import { openHouse, type House } from '../house.ts';
import { openOutside, type Outside } from '../outside.ts';
import type { RunParts } from '../run.ts';
import { openTelling } from '../telling.ts';
import { upkeep } from '../upkeep.ts';
import { sendScripted } from './air.ts';
import { type ExerciseRecord, factsIn, folderOf } from './records.ts';

export type ExerciseRoom = {
  house: House; screens: Screens; app: ReturnType<typeof createRoomApp>;
  facts: () => Promise<Fact[]>;
  /** What is known here of the real room has moved. */
  touched: () => void;
  /** Writes down who ended it, and closes everything; what was still to be sent is sent no more. */
  close: (ended: { by: string | null } | null) => Promise<void>;
};
/** The real room, as much of it as an exercise shares: how often channels have been asked. */
export type ExerciseHost = RunParts & { telling: Notifier };
export type ExerciseParts = {
  parts: ExerciseHost; io: Io; record: ExerciseRecord;
  /** What staff of the exercise are to know of the real room. */
  real: () => NonNullable<HeaderState['real']>;
  /** The script's time is over. */
  over: () => void;
};

/** An exercise has no ways in and ships nowhere. */
export const NOT_SHIPPED = { shipping: () => null, hj212: null, broker: null, far: null, recording: null };

/** When a script's clock begins, event time. */
export const beginningOf = ({ config: { civil } }: Pick<RunParts, 'config'>, { definition: { from } }: ExerciseRecord): number => instantOf(civil, from);

/** And until when it goes. */
function spanOf(parts: Pick<RunParts, 'config'>, record: ExerciseRecord): { from: number; until: number } {
  const from = beginningOf(parts, record);
  return { from, until: from + lengthOf(record.definition) };
}

export async function openExerciseRoom(of: ExerciseParts): Promise<{ ok: true; room: ExerciseRoom } | { ok: false; reason: string }> {
  const { parts: { config, folder: { dir, access }, log }, record, over } = of;
  const opened = await openFolder(folderOf(dir, record.id), { event: config.event.id, air: 'exercise' }, { access });
  if (!opened.ok) return opened;
  const { folder } = opened;
  const { from, until } = spanOf(of.parts, record);
  const clock = simulatedClock({ start: Math.min(until, folder.eventTime ?? from), speed: record.speed, until, held: true });
  // Staff are measured by it, also over a restart.
  const [last] = await folder.journal.read(Math.max(0, (await folder.journal.head()).seq - 1), 1);
  const house = await openHouse({ config, air: 'exercise', clock, store: folder.store, journal: folder.journal, machine: evenTime(last?.recorded), partition: record.id });
  const telling = await openTelling({ config, house, dir: folder.dir, log, env: process.env, tell: of.parts.options.tell, requests: of.parts.telling.requests });
  const { outside, app } = stand(of, { house, folder, telling });
  house.room.append([{ id: 'exercise-begun', at: clock.now(), actor: `person:${record.by}`, body: { kind: 'exercise-begun', script: record.script, by: record.by, speed: record.speed } }]);
  const stops = [upkeep(house, outside.board, log), telling.stop, house.keeper.settled, house.sequencer.close, folder.close];
  // Taking back a room takes its time, which at a script's speed is hours: nobody is silent in them.
  clock.begin();
  const stopAir = await sendScripted({ house, take: outside.begun.take, script: record.definition, from, log });
  clock.at(until, over);
  const close = async (ended: { by: string | null } | null): Promise<void> => {
    await stopAir();
    if (ended !== null) {
      await house.sequencer.command([ending(ended, clock.now())]);
      await told(telling);
    }
    clock.stop();
    for (const part of [outside.begun.watch, outside.board]) part.stop();
    outside.screens.close();
    of.io.disconnectSockets(true);
    for (const stop of stops) await stop();
  };
  return { ok: true, room: { house, screens: outside.screens, app, facts: () => factsIn(folder.journal), touched: () => { outside.board.touched(); }, close } };
}

type Inside = { house: House; folder: Folder; telling: Notifier };
/** Its faces, under its own address: the name of the script stands where simulated air says what of it is real. */
function stand({ parts, io, record, real }: ExerciseParts, { house, folder, telling }: Inside): { outside: Outside; app: ExerciseRoom['app'] } {
  const made: { app: ExerciseRoom['app'] | null } = { app: null };
  const outside = openOutside({
    ...parts, ...NOT_SHIPPED, folder, clock: house.clock, telling, walls: '[]', beside: () => ({ real: real() }),
    stand: ({ http, showing }) => {
      made.app = createRoomApp({ ...http, event: () => ({ ...http.event(), airNote: record.definition.name }) });
      // A wall that goes back to the real room is not dark.
      return showOn(io, { ...showing, dark: () => undefined });
    },
  }, house, { ready: true, replay: null });
  if (made.app === null) throw new Error('the exercise stands nowhere');
  return { outside, app: made.app };
}

/** Lets the last messages go, so long as a person waits for an answer. */
async function told({ state }: Notifier): Promise<void> {
  for (const until = Date.now() + 3_000; state().queued > 0 && Date.now() < until;) await new Promise((resolve) => { setTimeout(resolve, 100); });
}

const ending = ({ by }: { by: string | null }, at: number): Draft => ({ id: 'exercise-ended', at, actor: by === null ? 'system' : `person:${by}`, body: { kind: 'exercise-ended', by } });
