/** Lets the air of a script into the room of its exercise, by the path that all readings take. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Script } from '../../../shared/exercise.ts';
import type { Reading } from '../../../shared/reading.ts';
import { scriptedAir, type ScriptedBatch, scriptedHistory } from '../../sources/simulator/scripted.ts';
import type { Log } from '../../http/ports.ts';
import { type Begun, EVENT_SOURCE, type House } from '../house.ts';

/** How long readings that cannot be made durable wait for the disk. */
const RETRY = 1_000;

export type Scripted = { house: House; take: Begun['take']; script: Script; /** When the exercise's clock began. */ from: number; log: Log };

/** Gives readings to the room until they are kept, or it is to end. */
function delivering({ take, log }: Pick<Scripted, 'take' | 'log'>, signal: AbortSignal): (readings: readonly Reading[]) => Promise<void> {
  return async (readings) => {
    const post = { source: EVENT_SOURCE, readings, indexes: readings.map((_, i) => i), rejected: [] };
    for (let tries = 1; !signal.aborted && readings.length > 0; tries += 1) {
      const receipt = await take(post);
      if (receipt.ok) return;
      if (tries === 1) log.error({ reason: receipt.detail }, 'readings of the exercise cannot be kept; sent again until they can');
      await sleep(RETRY, undefined, { signal }).catch(() => undefined);
    }
  };
}

/** Waits for an instant of the exercise, or its end. */
const waiting = (clock: House['clock'], signal: AbortSignal) => (at: number): Promise<void> => new Promise((resolve) => {
  if (at <= clock.now() || signal.aborted) { resolve(); return; }
  const give = (): void => { callOff(); resolve(); };
  const callOff = clock.at(at, () => { signal.removeEventListener('abort', give); resolve(); });
  signal.addEventListener('abort', give, { once: true });
});

/** Sends every period as it ends; after a restart from the last that was kept. Answers how to stop it. */
export async function sendScripted({ house: { config, clock, store }, take, script, from, log }: Scripted): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const stations = config.stations.map(({ id, area }) => ({ id, within: config.areasAbove(area).map((each) => each.id) }));
  const parts = { script, stations, from };
  const [until, deliver] = [waiting(clock, signal), delivering({ take, log }, signal)];
  const kept = (await store.extent()).end ?? -Infinity;
  const send = async (batches: Iterable<ScriptedBatch>): Promise<void> => {
    for (const { at, readings } of batches) {
      if (at < kept) continue;
      await until(at);
      if (signal.aborted) return;
      await deliver(readings);
    }
  };
  const sending = send(scriptedHistory(parts)).then(() => send(scriptedAir(parts)));
  return async () => {
    stopping.abort();
    await sending;
  };
}
