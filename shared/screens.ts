/** What a screen says of itself every few seconds, and the roll of all of them. */
import { z } from 'zod';

export const FACES = ['wall', 'desk', 'other'] as const;
/** What a wall shows of the room, by its address. */
export const VIEWS = ['all', 'map', 'alerts', 'response'] as const;
/** `screen`: what the page calls itself as long as its window is open, so that two of one token are two; `seq`, `airSeq`: how far it has been told; `clock`: its own clock, UTC ms; `sound`: whether it would be heard. */
export const Here = z.object({
  face: z.enum(FACES), view: z.enum(['', ...VIEWS]), screen: z.string().regex(/^[\w-]{1,40}$/).optional(), seq: z.int(), airSeq: z.int(), clock: z.number(), sound: z.enum(['on', 'off', 'blocked', 'none']),
});
export type Here = z.infer<typeof Here>;

export const ScreensBody = z.object({ screens: z.array(z.object({
  name: z.string(), kind: z.enum(['screen', 'person']), face: z.enum(FACES), view: z.string(), alive: z.boolean(), connections: z.int(),
  heardAt: z.number().meta({ description: 'machine time, UTC ms' }), behind: z.int().meta({ description: 'facts it has not shown yet' }),
  skewSeconds: z.number().meta({ description: 'its clock against the server\'s; positive: ahead' }), sound: Here.shape.sound,
})) });
export type ScreensBody = z.infer<typeof ScreensBody>;
