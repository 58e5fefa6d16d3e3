/** The seats of the roster. */
import { z } from 'zod';

export const SEATS = ['duty', 'leader', 'department', 'commander'] as const;
/** A seat of the roster: who watches, who leads the shift, the lead of the department, the commander. */
export const Seat = z.enum(SEATS);
export type Seat = z.infer<typeof Seat>;
