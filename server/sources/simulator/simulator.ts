/**
 * A fleet of simulated stations that send over the real interface, minute by minute, never ahead of the clock. They ask
 * nothing of the server: after a restart they send the running hour again, which changes nothing where it was known.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { Reading } from '../../../shared/reading.ts';
import { MINUTE } from '../../../shared/time.ts';
import type { Clock } from '../../clock.ts';
import { AIR_FROM, AIR_UNTIL, type SimulatedStation } from './air.ts';
import { fleetOf, type Fleet } from './fleet.ts';
import { MOST_READINGS, senderTo, type Log, type Send } from './sender.ts';

export type Simulation = {
  /** The server's, without a path, and a source's token: for whoever sends over HTTP. */
  url?: string; token?: string;
  /** Another way to send. */
  sender?: (signal: AbortSignal) => Send;
  /** What becomes of the fleet's readings; nothing where not said. */
  spoil?: (fleet: Fleet) => Fleet;
  stations: readonly SimulatedStation[];
  clock: Pick<Clock, 'now' | 'at'>;
  /** Start of the civil hour from which readings are sent as they come. After a restart, that of the last durable instant. */
  from: number;
  /** Nothing is sent for periods that end later. */
  until: number;
  /** Hours to be sent before anything else; the same span on every start, or null. */
  history: { from: number; to: number } | null;
  /** Minutes of a period; 1 where not said. */
  every?: number;
  seed?: number;
  log: Log;
};

/** How it ended: everything was sent or it was stopped, or the server will not have it. */
export type Ended = { ok: true } | { ok: false; detail: string };
export type Simulator = { stop: () => Promise<void>; done: Promise<Ended> };

/** Waits for an event instant, or until stopped. */
function reached(clock: Pick<Clock, 'at'>, instant: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      callOff();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const callOff = clock.at(instant, done);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}

type Parts = { fleet: Fleet; send: Send; signal: AbortSignal };

/** The hours before, in bodies as large as the server takes. */
async function sendHistory(span: { from: number; to: number }, { fleet, send }: Parts): Promise<Ended> {
  let waiting: Reading[] = [];
  for (const hour of fleet.history(span)) {
    // An hour of a hundred stations is twelve thousand minutes: whoever shares the process gets a turn in between.
    await turn();
    if (waiting.length + hour.length > MOST_READINGS) {
      const sent = await send(waiting);
      if (!sent.ok) return sent;
      waiting = [];
    }
    waiting.push(...hour);
  }
  return waiting.length === 0 ? { ok: true } : await send(waiting);
}

/** Readings of all periods from `next` on that have ended, as far as one body takes them. */
function ended(next: number, { now, length, fleet }: { now: number; length: number; fleet: Fleet }): { next: number; readings: Reading[] } {
  let readings: Reading[] = [];
  let start = next;
  for (; start + length <= now; start += length) {
    const period = fleet.readings(start, length / MINUTE);
    if (readings.length > 0 && readings.length + period.length > MOST_READINGS) break;
    readings = readings.concat(period);
  }
  return { next: start, readings };
}

async function sendAll(simulation: Simulation, parts: Parts): Promise<Ended> {
  const { clock, from, until, history, every = 1 } = simulation;
  const before = history === null ? { ok: true as const } : await sendHistory(history, parts);
  if (!before.ok) return before;
  const length = every * MINUTE;
  const last = Math.min(until, AIR_UNTIL);
  let next = Math.max(from, AIR_FROM);
  while (next + length <= last) {
    await reached(clock, next + length, parts.signal);
    if (parts.signal.aborted) return { ok: true };
    const due = ended(next, { now: Math.min(clock.now(), last), length, fleet: parts.fleet });
    next = due.next;
    const sent = due.readings.length === 0 ? { ok: true as const } : await parts.send(due.readings);
    if (!sent.ok) return sent;
  }
  return { ok: true };
}

/** Starts the stations; `done` tells how it ended. Beyond the days of the table of real means nothing is sent. */
export function startSimulator(simulation: Simulation): Simulator {
  const { url = '', token = '', stations, log, seed = 1, spoil = (fleet: Fleet): Fleet => fleet } = simulation;
  const stopping = new AbortController();
  const { signal } = stopping;
  const send = simulation.sender?.(signal) ?? senderTo({ url, token, log, signal });
  const parts = { fleet: spoil(fleetOf(seed, stations)), send, signal };
  const done = sendAll(simulation, parts).then((result): Ended => {
    if (result.ok || signal.aborted) return { ok: true };
    log.error({ detail: result.detail }, 'the simulated stations give up: the server will not have their readings');
    return result;
  });
  return {
    done,
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}
