/** One request to a feed: only to hosts that are allowed, no longer than allowed, no larger than bearable, and not for what is unchanged. */
import type { PullSource } from '../../../shared/sources.ts';

export type Got =
  | { ok: true; bytes: Buffer } | { ok: true; unchanged: true }
  | { ok: false; reason: string; wait?: number };
type Mark = { etag: string | null; modified: string | null };

const LARGEST = 64 * 1024 * 1024;
const MOST_REDIRECTS = 3;
/** Addresses of which it is remembered what they last were. */
const MOST_MARKS = 500;

export type Fetcher = (url: string) => Promise<Got>;
type Secrets = Readonly<Record<string, string | undefined>>;

export type Headers = Readonly<Record<string, string>>;
/** The headers with what the environment holds for them, and which variables hold nothing. */
export function headersOf({ headers }: Pick<PullSource, 'headers'>, secrets: Secrets): { headers: Headers; lacking: string[] } {
  const entries = Object.entries(headers);
  const lacking = entries.flatMap(([, { env }]) => ((secrets[env] ?? '') === '' ? [env] : []));
  return { headers: Object.fromEntries(entries.map(([name, { env, prefix }]) => [name, `${prefix}${secrets[env] ?? ''}`])), lacking };
}

const wrong = (reason: string, wait?: number): Got => ({ ok: false, reason, ...(wait === undefined ? {} : { wait }) });

/** Seconds or a date of Retry-After, in ms from now (machine time). */
function waitOf(text: string | null, now: number): number | undefined {
  if (text === null) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

async function bytesOf(response: Response): Promise<Buffer | string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > LARGEST) return `the answer has more than ${LARGEST} bytes`;
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}

/** The reason of an error of fetch, which stands in its cause. */
const reasonOf = (error: unknown): string => (error instanceof Error ? (error.name === 'TimeoutError' ? 'no answer in time' : error.cause instanceof Error ? error.cause.message : error.message) : String(error));

type Settings = { hosts: ReadonlySet<string>; headers: Headers; timeout: number; own: string };

/** Follows redirects by itself: another host must be listed, and hears no secret of this one. */
async function answerOf(url: string, { hosts, headers, timeout, own }: Settings, conditional: Headers): Promise<Response | string> {
  let at = new URL(url);
  const signal = AbortSignal.timeout(timeout);
  for (let i = 0; i <= MOST_REDIRECTS; i += 1) {
    const response = await fetch(at, { redirect: 'manual', signal, headers: { ...conditional, ...(at.host === own ? headers : {}) } });
    const to = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || response.status === 304 || to === null) return response;
    await response.body?.cancel();
    at = new URL(to, at);
    if (!hosts.has(at.host) || !/^https?:$/.test(at.protocol)) return `sends on to ${at.host}, which is none of the hosts that are allowed`;
  }
  return `sends on more than ${MOST_REDIRECTS} times`;
}

async function outcome(response: Response): Promise<Got> {
  if (response.status === 304) return { ok: true, unchanged: true };
  if (!response.ok) {
    const text = await bytesOf(response);
    return wrong(`${response.status} ${response.statusText} ${(typeof text === 'string' ? text : text.toString('utf8')).slice(0, 200)}`.trim(), waitOf(response.headers.get('retry-after'), Date.now()));
  }
  const bytes = await bytesOf(response);
  return typeof bytes === 'string' ? wrong(bytes) : { ok: true, bytes };
}

/** A way to ask one feed, which remembers of each address what it last was. */
export function fetcherOf(source: Pick<PullSource, 'url' | 'hosts' | 'timeout'>, headers: Headers): Fetcher {
  const marks = new Map<string, Mark>();
  const own = new URL(source.url.replaceAll(/\{\w+\}/g, '1')).host;
  const settings: Settings = { hosts: new Set([own, ...source.hosts]), headers, timeout: source.timeout * 1000, own };
  const conditionsOf = (url: string): Headers => {
    const mark = marks.get(url);
    return { ...(mark?.etag ? { 'if-none-match': mark.etag } : {}), ...(mark?.modified ? { 'if-modified-since': mark.modified } : {}) };
  };
  return async (url) => {
    try {
      const response = await answerOf(url, settings, conditionsOf(url));
      if (typeof response === 'string') return wrong(response);
      const got = await outcome(response);
      if (!('bytes' in got)) return got;
      if (marks.size >= MOST_MARKS) marks.clear();
      marks.set(url, { etag: response.headers.get('etag'), modified: response.headers.get('last-modified') });
      return got;
    } catch (error) {
      return wrong(reasonOf(error));
    }
  };
}
