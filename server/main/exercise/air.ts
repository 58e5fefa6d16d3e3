/** Lets the air of a script into the room of its exercise, by the path that all readings take. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Script } from '../../../shared/exercise.ts';
import type { Reading } from '../../../shared/reading.ts';
import { scriptedAir, type ScriptedBatch, scriptedHistory } from '../../sources/simulator/scripted.ts';
import { type Begun, EVENT_SOURCE, type House } from '../house.ts';

/** How long readings that cannot be made durable wait for the disk. */
const RETRY = 1_000;

export type Scripted = { house: House; take: Begun['take']; script: Script; /** When the exercise's clock began. */ from: number };

/** Sends every period as it ends; after a restart all of them again up to now, which changes nothing. Answers how to stop it. */
export function sendScripted({ house: { config, clock }, take, script, from }: Scripted): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const stations = config.stations.map(({ id, area }) => ({ id, within: config.areasAbove(area).map((each) => each.id) }));
  const parts = { script, stations, from };
  const until = (at: number): Promise<void> => new Promise((resolve) => {
    if (at <= clock.now() || signal.aborted) { resolve(); return; }
    const give = (): void => { callOff(); resolve(); };
    const callOff = clock.at(at, () => { signal.removeEventListener('abort', give); resolve(); });
    signal.addEventListener('abort', give, { once: true });
  });
  const deliver = async (readings: readonly Reading[]): Promise<void> => {
    const post = { source: EVENT_SOURCE, readings, indexes: readings.map((_, i) => i), rejected: [] };
    while (!signal.aborted && readings.length > 0 && !(await take(post)).ok) await sleep(RETRY, undefined, { signal }).catch(() => undefined);
  };
  const send = async (batches: Iterable<ScriptedBatch>): Promise<void> => {
    for (const { at, readings } of batches) {
      await until(at);
      if (signal.aborted) return;
      await deliver(readings);
    }
  };
  const sending = send([scriptedHistory(parts)]).then(() => send(scriptedAir(parts)));
  return async () => {
    stopping.abort();
    await sending;
  };
}
