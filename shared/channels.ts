/**
 * Ways out to people, as `duty.yaml` describes them, each with the limits that its service has: how many messages a minute, how
 * many bytes a body may have. Secrets are named there and stand in the environment.
 */
import { z } from 'zod';
import { Id, Severity } from './event.ts';
import { AIRS } from './fact.ts';
import { Seat } from './seat.ts';
import { variable } from './variable.ts';

const Variable = variable('DINGTALK_SECRET');
const Url = z.url({ protocol: /^https?$/, error: 'expected an http or https address' });
const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
const base = {
  id: Id, language: z.enum(LANGUAGES).default('zh'),
  /** Under which air it is used: of simulated air nobody outside is told unless this says so. */
  airs: z.array(z.enum(AIRS)).min(1).default(['live']),
};
/** Of robots the address is itself the secret: it stands in the environment. */
const robot = { ...base, urlEnv: Variable, secretEnv: Variable.optional() };
const toSeats = { seats: z.array(Seat).default([]), to: z.array(z.string().min(1)).default([]) };

const Webhook = z.strictObject({ kind: z.literal('webhook'), ...base, url: Url.optional(), urlEnv: Variable.optional(), secretEnv: Variable.optional() });
const Email = z.strictObject({
  kind: z.literal('email'), ...base, ...toSeats, host: z.string().min(1), port: z.int().min(1).max(65_535).default(587), tls: z.boolean().default(false),
  userEnv: Variable.optional(), passwordEnv: Variable.optional(), from: z.email(),
});
/** A gateway that is asked over HTTP: `{to}`, `{text}`, `{key}` and `{id}` in address and body are filled in; `accepted` is what its answer must hold. */
const Sms = z.strictObject({
  kind: z.literal('sms'), ...base, ...toSeats, url: Url, method: z.enum(['POST', 'GET']).default('POST'), type: z.enum(['json', 'form']).default('json'),
  body: z.string().default('{"mobile":"{to}","content":"{text}"}'), keyEnv: Variable.optional(),
  accepted: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}), perMinute: z.int().min(1).default(60), characters: z.int().min(20).default(300),
});

export const Channel = z.discriminatedUnion('kind', [
  Webhook, Email, Sms,
  z.strictObject({ kind: z.literal('wecom'), ...robot }), z.strictObject({ kind: z.literal('dingtalk'), ...robot }), z.strictObject({ kind: z.literal('feishu'), ...robot }),
]);
export type Channel = z.infer<typeof Channel>;
export type ChannelKind = Channel['kind'];
export type ChannelOf<K extends ChannelKind> = Extract<Channel, { kind: K }>;

/** What a service takes: messages a minute, and bytes of UTF-8 of one body. The robots' are what their documentation says. */
export type Bounds = { perMinute: number; bytes: number };
export const BOUNDS: Readonly<Record<ChannelKind, Bounds>> = {
  webhook: { perMinute: 60_000, bytes: 1_000_000 }, email: { perMinute: 60, bytes: 200_000 }, sms: { perMinute: 60, bytes: 1_000 },
  wecom: { perMinute: 20, bytes: 2_048 }, dingtalk: { perMinute: 20, bytes: 20_000 }, feishu: { perMinute: 100, bytes: 20_000 },
};
export const boundsOf = (channel: Channel): Bounds => (channel.kind === 'sms' ? { perMinute: channel.perMinute, bytes: channel.characters * 3 } : BOUNDS[channel.kind]);

export const TELLINGS = ['raised', 'again', 'escalated', 'resolved', 'level', 'notice'] as const;
/** What there is to tell: an alert, that it asks again, that it goes up, that it is over; a response level; trouble with the data. */
export type TellingKind = (typeof TELLINGS)[number];

/** Who is told of what, first by which channels, and where one of them fails by which others. */
export const Telling = z.strictObject({
  of: z.array(z.enum(TELLINGS)).min(1).default([...TELLINGS]), severities: z.array(Severity).min(1).default(['critical', 'warning']),
  by: z.array(Id).min(1), otherwise: z.array(Id).default([]),
});
export type Telling = z.infer<typeof Telling>;
