/** A way out to people: what every channel does, whatever its service. */
import type { Dispatcher } from 'undici';
import { UNDELIVERED } from '../../shared/undelivered.ts';

/** One message as a service is given it. `key`: the same at every attempt, so that a service that can may refuse the second. */
export type Outgoing = {
  key: string; title: string; text: string;
  /** Telephone numbers or addresses, where the channel has such. */
  to: readonly string[];
  /** The whole of it for machines. */
  payload: object;
};
/** `again`: it may go well later; `wait`: not before so many milliseconds, as the service says. */
export type Outcome = { ok: true; ref: string | null } | { ok: false; reason: string; again: boolean; wait?: number };
/** `around`: of a service that counts a whole body as JSON, how many bytes of it are neither title nor text; elsewhere the text is what counts. */
export type Way = {
  send: (message: Outgoing) => Promise<Outcome>; close?: () => void; around?: () => number;
  /** Whether the service is there, asked by what nobody is told of and nothing is counted for; absent: nothing of the kind can be asked of it. */
  probe?: () => Promise<Outcome>;
};

/** How long a service may take, ms. */
const PATIENCE = 10_000;
/** Nobody's answer is longer than this, bytes. */
const LONGEST_ANSWER = 64 * 1024;
/** Connections to one service, kept open from one message to the next. */
export const CONNECTIONS = 16;

export type Asked = { url: string; method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string };
export type Answered = { status: number; text: string; retryAfter: number | null };
export type Asker = { ask: (asked: Asked) => Promise<Answered | { failed: string }>; close: () => void };

/** Reads no further, and for no longer, than anybody's answer is. */
async function textOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const until = performance.now() + PATIENCE;
  let text = '';
  body.setEncoding('utf8');
  for await (const part of body) {
    text += String(part);
    if (text.length >= LONGEST_ANSWER || performance.now() > until) break;
  }
  return text.slice(0, LONGEST_ANSWER);
}

function endOf(url: string): { origin: string; path: string } {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: pathname + search };
}

const lengthOf = (headers: Dispatcher.ResponseData['headers']): string => String(headers['content-length'] ?? '');

/** Asks a service over HTTP, by connections of its own; a failure of the way itself is an outcome. A redirect is none: a message is not handed on to strangers. */
export function openAsker(): Asker {
  const dispatcher = import('undici').then(({ Agent }) => new Agent({ connections: CONNECTIONS, pipelining: 1, headersTimeout: PATIENCE, bodyTimeout: PATIENCE, connect: { timeout: PATIENCE } }));
  // Most services have one address.
  let last = { url: '', end: { origin: '', path: '' } };
  return {
    ask: async ({ url, method = 'POST', headers = {}, body }) => {
      try {
        if (url !== last.url) last = { url, end: endOf(url) };
        const answer = await (await dispatcher).request({ ...last.end, method, headers, ...(body === undefined ? {} : { body }) });
        const empty = answer.statusCode === 204 || lengthOf(answer.headers) === '0';
        const text = empty ? '' : await textOf(answer.body);
        if (empty) await answer.body.dump();
        const after = Number(answer.headers['retry-after']);
        return { status: answer.statusCode, text, retryAfter: Number.isFinite(after) && after > 0 ? after * 1000 : null };
      } catch (error) {
        return { failed: why(error) };
      }
    },
    close: () => { void dispatcher.then((agent) => agent.destroy()); },
  };
}

/** Why a connection failed, without the address: of robots it is a secret. */
function why(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const late = code.endsWith('_TIMEOUT');
  const name = late ? UNDELIVERED.late : UNDELIVERED.unreached;
  return code === '' || late ? name : `${name} (${code})`;
}

/** What an HTTP status alone means for a message. */
export function byStatus({ status, text, retryAfter }: Answered): Outcome {
  if (status >= 200 && status < 300) return { ok: true, ref: null };
  const again = status === 429 || status === 408 || status >= 500;
  return { ok: false, reason: `HTTP ${status}${text.trim() === '' ? '' : `: ${text.trim().slice(0, 200)}`}`, again, ...(retryAfter === null ? {} : { wait: retryAfter }) };
}

export const asJson = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : null;
  } catch {
    return null;
  }
};
