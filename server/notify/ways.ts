/** Each channel of `duty.yaml` opened, with its secrets from the environment; what is missing there is told before anything starts. */
import type { Channel } from '../../shared/channels.ts';
import { openEmail } from './email.ts';
import { openDingTalk, openFeishu, openWeCom } from './robots.ts';
import { openSms } from './sms.ts';
import type { Way } from './way.ts';
import { openWebhook } from './webhook.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Variables that a channel names and that are not set. */
export function unset(channel: Channel, env: Env): string[] {
  const named = Object.entries(channel).flatMap(([field, value]) => (field.endsWith('Env') && typeof value === 'string' ? [value] : []));
  return named.filter((name) => (env[name] ?? '') === '');
}

const from = (env: Env, name: string | undefined): string | null => (name === undefined ? null : env[name] ?? null);

export function openWay(channel: Channel, env: Env, now: () => number): Way {
  switch (channel.kind) {
    case 'webhook': return openWebhook({ url: channel.url ?? from(env, channel.urlEnv) ?? '', secret: from(env, channel.secretEnv), now });
    case 'email': return openEmail({ ...channel, user: from(env, channel.userEnv), password: from(env, channel.passwordEnv) });
    case 'sms': return openSms({ ...channel, key: from(env, channel.keyEnv) });
    case 'dingtalk': return openDingTalk({ url: from(env, channel.urlEnv) ?? '', secret: from(env, channel.secretEnv), now });
    case 'wecom': return openWeCom({ url: from(env, channel.urlEnv) ?? '', secret: null, now });
    case 'feishu': return openFeishu({ url: from(env, channel.urlEnv) ?? '', secret: from(env, channel.secretEnv), now });
  }
}
