/** How every way in does, as `GET /api/sources` answers and the desk shows: what came, what was refused and why, which devices are heard. */
import { z } from 'zod';

const Instant = z.string().meta({ description: 'ISO 8601 with the offset of the event', example: '2022-02-04T19:00:00+08:00' });
const Counts = z.record(z.string(), z.int());

/** What came of one source since the start. `rejected` by code; `withheld`: deliveries that were not answered, or refused, because they could not be made durable. */
export const WayBody = z.object({
  id: z.string(), kind: z.string(), stations: z.int(), deliveries: z.int(), accepted: z.int(), unchanged: z.int(), revised: z.int(),
  rejected: Counts, withheld: z.int(), lastAt: Instant.nullable(),
});
export type WayBody = z.infer<typeof WayBody>;

/** A device that is registered. `skewSeconds`: how far its clock was ahead when its last frame came. */
export const DeviceBody = z.object({
  mn: z.string(), station: z.string(), source: z.string(), frames: z.int(), readings: z.int(), failed: z.int(),
  heardAt: Instant.nullable(), skewSeconds: z.number().nullable(), connected: z.boolean(),
});
export type DeviceBody = z.infer<typeof DeviceBody>;

/** Numbers that nobody registered, or that came with another password; `at` in machine time. */
export const UnknownBody = z.object({ mn: z.string(), count: z.int(), at: Instant, reason: z.enum(['unknown-device', 'password']) });

/** HJ 212: `failures` by reason, each kept raw in the data folder but for `unkept`; `unknownMore`: frames of still other numbers. */
export const Hj212Body = z.object({
  port: z.int(), connections: z.int(), registered: z.int(), frames: z.int(), readings: z.int(), withheld: z.int(), failures: Counts, unkept: z.int(),
  devices: z.array(DeviceBody), unknown: z.array(UnknownBody), unknownMore: z.int(),
});
export type Hj212Body = z.infer<typeof Hj212Body>;

/** The way to an InfluxDB: how many readings it has not confirmed, for how long the oldest has waited, and why. `setAside`: refused for good, kept raw. */
export const ShippingBody = z.object({
  to: z.string(), owed: z.int(), waitedSeconds: z.number().nullable(), failing: z.string().nullable(), setAside: z.int(), shipped: z.int(),
});
export type ShippingBody = z.infer<typeof ShippingBody>;

/** A feed that is asked, a folder that is looked into, a broker that is listened to: what is wrong with it, and since when; `absent`: stations that its last answer had nothing of. */
export const FeedBody = z.object({
  id: z.string(), kind: z.enum(['pull', 'files', 'mqtt']), trouble: z.string().nullable(), since: Instant.nullable(), reached: Instant.nullable(),
  absent: z.array(z.string()), figures: Counts,
});
export type FeedBody = z.infer<typeof FeedBody>;

/** The room's own reading: when it last came through the whole path (machine time), or why it does not. */
export const CanaryBody = z.object({ at: Instant.nullable(), failing: z.string().nullable() });
export type CanaryBody = z.infer<typeof CanaryBody>;

export const WaysBody = z.object({ at: Instant, sources: z.array(WayBody), hj212: Hj212Body.nullable(), feeds: z.array(FeedBody), shipping: ShippingBody.nullable(), canary: CanaryBody.nullable() });
export type WaysBody = z.infer<typeof WaysBody>;
