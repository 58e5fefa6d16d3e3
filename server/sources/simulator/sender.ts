/** Sends readings as any station does: `POST /api/readings`, again and again with the same body until it is durable. */
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { MICRO, type Reading } from '../../../shared/reading.ts';

/** As much of the log as a source uses. */
export type Log = Record<'info' | 'warn' | 'error', (about: object, message: string) => void>;

/** `url` is the server's, without a path; `token` a source's. */
export type Target = { url: string; token: string; log: Log; signal: AbortSignal };
/** `stopped` because the signal said so; `refused` for a reason that trying again does not mend. */
export type Sent = { ok: true } | { ok: false; why: 'stopped' | 'refused'; detail: string };
export type Send = (readings: readonly Reading[]) => Promise<Sent>;

const STOPPED: Sent = { ok: false, why: 'stopped', detail: 'stopped' };

/** The server's own bound. */
export const MOST_READINGS = 10_000;
/** Larger bodies go compressed: a minute's does not, an hour's and what was before do. */
const PACKED_FROM = 64 * 1024;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;
const ANSWER_WITHIN = 30_000;
/** What asking again may mend, beside every 5xx: too early, too often, replaying. */
const MAY_PASS = [408, 409, 425, 429];

const pack = promisify(gzip);

const written = ({ station, pollutant, start, minutes, value, flag }: Reading) => ({
  station, pollutant, start: new Date(start).toISOString(), period: minutes === 60 ? 'PT1H' : `PT${minutes}M`,
  value: value === null ? null : value / MICRO, flag,
});

type Body = { bytes: Buffer | string; headers: Record<string, string> };
async function bodyOf(readings: readonly Reading[]): Promise<Body> {
  const text = JSON.stringify({ readings: readings.map(written) });
  const headers = { 'content-type': 'application/json' };
  if (text.length < PACKED_FROM) return { bytes: text, headers };
  return { bytes: await pack(text), headers: { ...headers, 'content-encoding': 'gzip' } };
}

type Answer = { done: true } | { done: false; again: boolean; after: number; detail: string };
type Rejections = { rejected?: { code?: string; detail?: string }[] };

/** What a server's answer asks of us; `tell` hears of readings that were refused. */
async function answerOf(response: Response, tell: (rejections: Rejections) => void): Promise<Answer> {
  if (response.ok) {
    tell(await response.json() as Rejections);
    return { done: true };
  }
  const detail = `${response.status} ${(await response.text()).slice(0, 300)}`;
  const again = response.status >= 500 || MAY_PASS.includes(response.status);
  const after = Number(response.headers.get('retry-after') ?? 0) * 1000;
  return { done: false, again, after: Number.isFinite(after) ? after : 0, detail };
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};

/** Logs each kind of refusal once: a wrong station is wrong every minute. */
function teller(log: Log): (rejections: Rejections) => void {
  const told = new Set<string>();
  return ({ rejected = [] }) => {
    for (const { code = '', detail = '' } of rejected) {
      if (told.has(code)) continue;
      told.add(code);
      log.warn({ code, detail }, 'the server refuses readings');
    }
  };
}

/** A signal for one request: that of the whole, or its own time being over. */
async function within<Result>(signal: AbortSignal, ask: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  // By hand, because `AbortSignal.any` keeps something of each request for as long as the sender lives.
  const request = new AbortController();
  const abort = (): void => { request.abort(new Error('no answer in time')); };
  const timer = setTimeout(abort, ANSWER_WITHIN);
  signal.addEventListener('abort', abort);
  try {
    return await ask(request.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** A sender for one server. One body at a time: what is sent later may not arrive earlier. */
export function senderTo({ url, token, log, signal }: Target): Send {
  const tell = teller(log);
  const attempt = async ({ bytes, headers }: Body): Promise<Answer> => {
    try {
      const wanted = { method: 'POST', body: bytes, headers: { ...headers, authorization: `Bearer ${token}` } };
      return await within(signal, async (each) => answerOf(await fetch(new URL('/api/readings', url), { ...wanted, signal: each }), tell));
    } catch (error) {
      return { done: false, again: true, after: 0, detail: reasonOf(error) };
    }
  };
  return async (readings) => {
    const body = await bodyOf(readings);
    for (let wait = FIRST_WAIT; !signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      const answer = await attempt(body);
      if (answer.done) return { ok: true };
      if (!answer.again) return { ok: false, why: 'refused', detail: answer.detail };
      log.warn({ detail: answer.detail, again: Math.max(wait, answer.after) }, 'readings could not be delivered; they are sent again');
      await sleep(Math.max(wait, answer.after), undefined, { signal }).catch(() => undefined);
    }
    return STOPPED;
  };
}
