/**
 * A webhook: the message as JSON, with `Idempotency-Key`, and signed where a secret is given: `X-Qingkong-Signature: sha256=…`,
 * the HMAC-SHA256 of `timestamp.body` in hex, with `X-Qingkong-Timestamp` in seconds.
 */
import { createHmac } from 'node:crypto';
import { byStatus, openAsker, type Way } from './way.ts';

export function openWebhook({ url, secret, now }: { url: string; secret: string | null; now: () => number }): Way {
  const { ask, close } = openAsker();
  return {
    close,
    send: async ({ key, payload }) => {
      const body = JSON.stringify(payload);
      const timestamp = String(Math.floor(now() / 1000));
      const signed = secret === null ? {} : { 'X-Qingkong-Signature': `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}` };
      const answer = await ask({ url, body, headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key, 'X-Qingkong-Timestamp': timestamp, ...signed } });
      return 'failed' in answer ? { ok: false, reason: answer.failed, again: true } : byStatus(answer);
    },
  };
}
