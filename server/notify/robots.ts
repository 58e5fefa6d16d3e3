/**
 * Robots of DingTalk, WeCom and Feishu groups. Each answers 200 whatever became of the message: its own code in the body is what
 * counts. Each takes so many a minute (`shared/channels.ts`), and says so by a code when it has had too many.
 */
import { createHmac } from 'node:crypto';
import { UNDELIVERED } from '../../shared/undelivered.ts';
import { asJson, byStatus, openAsker, type Outcome, type Outgoing, type Way } from './way.ts';

type Robot = { url: string; secret: string | null; now: () => number };
type Code = { code: number; message: string } | null;

const MINUTE = 60_000;

/** What the body's own code means: nought is well, some mean later, all others never. */
function outcomeOf(code: Code, later: readonly number[]): Outcome {
  if (code === null) return { ok: false, reason: UNDELIVERED['strange-answer'], again: true };
  if (code.code === 0) return { ok: true, ref: null };
  const again = later.includes(code.code);
  return { ok: false, reason: `${code.code}: ${code.message.slice(0, 200)}`, again, ...(again ? { wait: MINUTE } : {}) };
}

type Post = { url: string; body: object; read: (body: Record<string, unknown>) => Code; later: readonly number[] };

/** A robot: what is asked of it for each message, over connections of its own. */
function robot(posts: (message: Outgoing) => Post): Way {
  const { ask, close } = openAsker();
  return {
    close,
    around: () => Buffer.byteLength(JSON.stringify(posts({ key: '', title: '', text: '', to: [], payload: {} }).body)),
    send: async (message) => {
      const { url, body, read, later } = posts(message);
      const answer = await ask({ url, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json; charset=utf-8' } });
      if ('failed' in answer) return { ok: false, reason: answer.failed, again: true };
      const http = byStatus(answer);
      if (!http.ok) return http;
      const json = asJson(answer.text);
      return outcomeOf(json === null ? null : read(json), later);
    },
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const errcode = ({ errcode: code, errmsg }: Record<string, unknown>): Code => (typeof code === 'number' ? { code, message: textOf(errmsg) } : null);
const withTitle = ({ title, text }: Outgoing): string => (text === '' ? title : `${title}\n${text}`);

/** Signed by `timestamp` and `sign` in the address: HMAC-SHA256 of "timestamp\nsecret". 130101: too fast; -1: busy. */
export const openDingTalk = ({ url, secret, now }: Robot): Way => robot((message) => {
  const signed = new URL(url);
  if (secret !== null) {
    const timestamp = String(now());
    signed.searchParams.set('timestamp', timestamp);
    signed.searchParams.set('sign', createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'));
  }
  return { url: signed.href, body: { msgtype: 'text', text: { content: withTitle(message) } }, read: errcode, later: [130_101, 130_102, -1] };
});

/** 45009: too many; -1: busy. It counts the text alone. */
export function openWeCom({ url }: Robot): Way {
  const { around: _, ...way } = robot((message) => ({ url, body: { msgtype: 'text', text: { content: withTitle(message) } }, read: errcode, later: [45_009, 45_033, -1] }));
  return way;
}

function feishuCode({ code, StatusCode: old, msg, StatusMessage: said }: Record<string, unknown>): Code {
  const found = code ?? old;
  return typeof found === 'number' ? { code: found, message: textOf(msg ?? said) } : null;
}

/** Signed in the body: HMAC-SHA256 of nothing with "timestamp\nsecret" as the key. 11232 and 9499: too many. */
export const openFeishu = ({ url, secret, now }: Robot): Way => robot((message) => {
  const timestamp = String(Math.floor(now() / 1000));
  const signed = secret === null ? {} : { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64') };
  return { url, body: { ...signed, msg_type: 'text', content: { text: withTitle(message) } }, read: feishuCode, later: [11_232, 9_499] };
});
