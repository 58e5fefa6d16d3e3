/** The canary: once a minute a reading through the whole path, from the door to the disk and back. What it finds is told by other ways. */
import { CANARY, CANARY_QUANTITY } from '../../shared/canary.ts';
import { MICRO } from '../../shared/reading.ts';
import { MINUTE } from '../../shared/time.ts';
import type { ReadingsStore } from '../readings/store.ts';

export type CanaryParts = {
  url: string; token: string; store: Pick<ReadingsStore, 'revisions'>;
  /** Event time. */
  now: () => number;
  /** Machine milliseconds between two readings, and how long one may take. */
  every?: number; patience?: number;
  /** Told when it falls silent, and why, and when it is back. */
  onChange: (failing: string | null) => void;
};
/** `at`: machine time of the last one that came through. */
export type CanaryState = { at: number | null; failing: string | null };

const PATIENCE = 20_000;

async function sent({ url, token, patience = PATIENCE }: CanaryParts, start: number, value: number): Promise<string | null> {
  const readings = [{ station: CANARY, pollutant: CANARY_QUANTITY, start: new Date(start).toISOString(), period: 'PT1M', value }];
  const response = await fetch(new URL('/api/readings', url), {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ readings }), signal: AbortSignal.timeout(patience),
  });
  const body = await response.json() as { accepted?: number; unchanged?: number; revised?: number; detail?: string };
  if (response.status !== 200) return `${response.status} ${body.detail ?? ''}`.trim();
  return (body.accepted ?? 0) + (body.unchanged ?? 0) + (body.revised ?? 0) === 1 ? null : 'it was not taken';
}

/** Why it did not come through, or null. */
async function through(parts: CanaryParts, n: number): Promise<string | null> {
  const start = Math.floor(parts.now() / MINUTE) * MINUTE - MINUTE;
  const value = 1000 + (n % 60);
  try {
    const refused = await sent(parts, start, value);
    if (refused !== null) return refused;
    const kept = await parts.store.revisions({ station: CANARY, pollutant: CANARY_QUANTITY, from: start, to: start + MINUTE });
    return kept.at(-1)?.value === value * MICRO ? null : 'it was answered, and is not on the disk';
  } catch (error) {
    return error instanceof Error ? (error.name === 'TimeoutError' ? 'no answer in time' : error.message) : String(error);
  }
}

/** Sings until it is stopped. */
export function startCanary(parts: CanaryParts): { state: () => CanaryState; stop: () => Promise<void> } {
  const state: CanaryState = { at: null, failing: null };
  let [n, stopped] = [0, false];
  let running: Promise<void> = Promise.resolve();
  const once = async (): Promise<void> => {
    if (stopped) return;
    const failing = await through(parts, n++);
    const changed = (failing === null) !== (state.failing === null);
    Object.assign(state, { failing }, failing === null ? { at: Date.now() } : {});
    if (changed) parts.onChange(failing);
  };
  const again = (): void => { running = running.then(once); };
  const timer = setInterval(again, parts.every ?? MINUTE);
  again();
  return {
    state: () => ({ ...state }),
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
