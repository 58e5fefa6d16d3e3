/** An SMS gateway that is asked over HTTP, by a template; whether it took the message its answer says, by members that `accepted` names. */
import { UNDELIVERED } from '../../shared/undelivered.ts';
import { asJson, byStatus, openAsker, type Outcome, type Way } from './way.ts';

export type Gateway = { url: string; method: 'GET' | 'POST'; type: 'json' | 'form'; body: string; key: string | null; accepted: Readonly<Record<string, string | number | boolean>> };

type Values = Record<'to' | 'text' | 'key' | 'id', string>;
const filled = (template: string, values: Values, quoted: (text: string) => string): string =>
  template.replace(/\{(to|text|key|id)\}/g, (_, name: keyof Values) => quoted(values[name]));

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

function judged(accepted: Gateway['accepted'], text: string): Outcome {
  const names = Object.entries(accepted);
  if (names.length === 0) return { ok: true, ref: null };
  const answer = asJson(text);
  const wrong = names.find(([name, value]) => String(answer?.[name]) !== String(value));
  return wrong === undefined ? { ok: true, ref: null } : { ok: false, reason: `${wrong[0]} is ${JSON.stringify(answer?.[wrong[0]] ?? null)}: ${text.trim().slice(0, 200)}`, again: true };
}

/** One message to one number after the other; some gateways take several, none must. */
export function openSms({ url, method, type, body, key, accepted }: Gateway): Way {
  const { ask, close } = openAsker();
  const one = async (values: Values): Promise<Outcome> => {
    const address = filled(url, values, encodeURIComponent);
    const content = type === 'json' ? filled(body, values, inJson) : filled(body, values, encodeURIComponent);
    const headers = { 'Content-Type': type === 'json' ? 'application/json' : 'application/x-www-form-urlencoded' };
    const answer = await ask(method === 'GET' ? { url: address, method } : { url: address, method, headers, body: content });
    if ('failed' in answer) return { ok: false, reason: answer.failed, again: true };
    const http = byStatus(answer);
    return http.ok ? judged(accepted, answer.text) : http;
  };
  return {
    close,
    send: async ({ key: id, title, text, to }) => {
      if (to.length === 0) return { ok: false, reason: UNDELIVERED['no-telephone'], again: false };
      for (const number of to) {
        const outcome = await one({ to: number, text: text === '' ? title : `${title} ${text.replace(/\n+/g, ' ')}`, key: key ?? '', id: `${id}-${number}` });
        if (!outcome.ok) return outcome;
      }
      return { ok: true, ref: null };
    },
  };
}
