/** Who is on duty, and what became of messages, as HTTP answers it. */
import { z } from 'zod';
import { Name } from './event.ts';

const Iso = z.string();
const Person = z.object({ id: z.string(), name: z.string(), account: z.string().nullable(), phone: z.string().nullable(), for: z.string().nullable().meta({ description: 'in whose place, by id' }) });
const Shift = z.object({ id: z.string(), name: Name, start: Iso, end: Iso, duty: z.array(Person), leader: z.array(Person), department: z.array(Person), commander: z.array(Person) });
export const DutyBody = z.object({
  at: Iso, rostered: z.boolean(), shifts: z.array(Shift), people: z.array(z.object({ id: z.string(), name: z.string(), phone: z.string().nullable() })), next: z.object({ at: Iso, shifts: z.array(Shift) }).nullable(),
});
export type DutyBody = z.infer<typeof DutyBody>;

export const TellingsBody = z.object({
  channels: z.array(z.object({ id: z.string(), kind: z.string(), state: z.enum(['fine', 'failing']), reason: z.string().nullable(), since: z.number().nullable().meta({ description: 'of one that fails: of the first failure after which it delivered nothing; UTC milliseconds of the machine' }),
    next: z.object({ by: z.enum(['message', 'probe']), at: z.number().nullable() }).nullable().meta({ description: 'of one that fails: when it is asked again, and whether by a message or by something that nobody is told of; `at` null: with the next message' }) })),
  silenced: z.boolean().optional().meta({ description: 'the server was started so that nobody is told by any channel' }),
  queued: z.int(), failed: z.int().meta({ description: 'what neither a channel nor anybody on duty could be told of, and nobody has been called about' }),
  messages: z.array(z.object({
    id: z.string(), channel: z.string(), what: z.string(), alert: z.string().nullable(), drill: z.boolean(), title: z.object({ zh: z.string(), en: z.string() }), to: z.array(z.string()), person: z.string().optional().meta({ description: 'whom it is for, by id, because no channel had delivered it' }),
    created: z.number(), state: z.enum(['queued', 'delivered', 'failed']), attempts: z.int(), reason: z.string().nullable(), settled: z.number().nullable(),
  })).meta({ description: 'the last 200; instants in UTC milliseconds of the machine' }),
});
export type TellingsBody = z.infer<typeof TellingsBody>;
