/**
 * A station that is none: the room sends itself a value of it every minute, over the same door and path as everyone's, and reads it
 * back. Its id is no station's, its quantity is judged by nobody, and no face shows it.
 */
import type { Station } from './event.ts';
import type { Quantity } from './reading.ts';

export const CANARY = '~canary';
/** The source under which it sends. */
export const CANARY_SOURCE = 'room-canary';
export const CANARY_QUANTITY: Quantity = 'pressure';
/** In no area, so that it makes no average. */
export const canaryStation: Station = { id: CANARY, name: CANARY, area: CANARY, longitude: 0, latitude: 0, kind: 'micro', evaluates: false, aliases: [] };
