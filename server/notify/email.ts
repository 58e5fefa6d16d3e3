/** E-mail over SMTP; the same key makes the same Message-ID, so that a mail that was sent twice is one mail to most readers. */
import { UNDELIVERED } from '../../shared/undelivered.ts';
import type { Outcome, Way } from './way.ts';

export type Mailbox = { host: string; port: number; tls: boolean; user: string | null; password: string | null; from: string };

/** 5xx is for good (RFC 5321 4.2.1); 4xx and a server that is not there may pass. */
function failed(error: unknown): Outcome {
  const code = typeof error === 'object' && error !== null && 'responseCode' in error ? Number(error.responseCode) : null;
  const reason = error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error);
  return { ok: false, reason: reason.slice(0, 200), again: code === null || code < 500 };
}

export function openEmail({ host, port, tls, user, password, from }: Mailbox): Way {
  const transport = import('nodemailer').then(({ default: nodemailer }) => nodemailer.createTransport({
    host, port, secure: tls, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000,
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
  }));
  return {
    send: async ({ key, title, text, to }) => {
      if (to.length === 0) return { ok: false, reason: UNDELIVERED['no-address'], again: false };
      try {
        const sent = await (await transport).sendMail({ from, to: [...to], subject: title, text: `${title}\n\n${text}`, messageId: `<${key.replace(/[^A-Za-z0-9.-]/g, '-')}@qingkong>` });
        return { ok: true, ref: sent.messageId };
      } catch (error) {
        return failed(error);
      }
    },
    // It greets, signs in and leaves.
    probe: async () => {
      try {
        await (await transport).verify();
        return { ok: true, ref: null };
      } catch (error) {
        return failed(error);
      }
    },
    close: () => { void transport.then((open) => { open.close(); }); },
  };
}
