/** A way out to people: what every channel does, whatever its service. */

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
export type Way = { send: (message: Outgoing) => Promise<Outcome>; close?: () => void };

/** How long a service may take, ms. */
const PATIENCE = 10_000;
/** Nobody's answer is longer than this, bytes. */
const LONGEST_ANSWER = 64 * 1024;

export type Asked = { url: string; method?: string; headers?: Record<string, string>; body?: string };
export type Answered = { status: number; text: string; retryAfter: number | null };

/** Asks a service over HTTP; a failure of the way itself is an outcome. A redirect is none: a message is not handed on to strangers. */
export async function ask({ url, method = 'POST', headers = {}, body }: Asked): Promise<Answered | { failed: string }> {
  try {
    const answer = await fetch(url, { method, headers, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE), ...(body === undefined ? {} : { body }) });
    const text = (await answer.text()).slice(0, LONGEST_ANSWER);
    const after = Number(answer.headers.get('retry-after'));
    return { status: answer.status, text, retryAfter: Number.isFinite(after) && after > 0 ? after * 1000 : null };
  } catch (error) {
    return { failed: why(error) };
  }
}

/** Why a connection failed, without the address: of robots it is a secret. */
function why(error: unknown): string {
  const cause = error instanceof Error ? error.cause : null;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  const name = error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'cannot be reached';
  return code === '' ? name : `${name} (${code})`;
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
