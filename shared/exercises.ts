/** Exercises as the desk asks for them: which scripts there are, which exercise is under way, which there were. */
import { z } from 'zod';
import { Id, Name } from './event.ts';

/** Where the room of an exercise stands: its pages, its API and its sockets begin so. */
export const EXERCISE_BASE = '/exercise';
/** Where one exercise stands, also when it is over and can only be looked at. */
export const addressOfExercise = (id: string): string => `${EXERCISE_BASE}/${encodeURIComponent(id)}`;

/** `walls`: whether the walls of the room are to show the exercise while it lasts. `speed` absent: as the script says. */
export const ExerciseBody = z.object({ script: Id, speed: z.number().min(1).max(600).optional(), walls: z.boolean().default(false) });
/** `exercise`: the one that the person saw; another one is not ended. */
export const ExerciseEndBody = z.object({ exercise: z.string().optional() });

/** `warnings`: what of it cannot be as the script means it, begun all the same. */
export const ExerciseBegunBody = z.object({ exercise: z.string(), warnings: z.array(z.string()) });
export type ExerciseBegun = z.infer<typeof ExerciseBegunBody>;

export type ExerciseWish = z.output<typeof ExerciseBody>;

const Listed = z.object({
  id: z.string(), script: z.string(), name: Name, by: z.string(), speed: z.number(), walls: z.boolean(),
  begun: z.number().meta({ description: 'machine time, UTC ms' }), ended: z.number().nullable(), endedBy: z.string().nullable(),
  broken: z.string().optional().meta({ description: 'why no start of the server could go on with it' }),
});
export type ExerciseListed = z.infer<typeof Listed>;

export const ExercisesBody = z.object({
  scripts: z.array(z.object({
    id: z.string(), name: Name.nullable(), brief: Name.nullable(), from: z.string().nullable(), lasts: z.string().nullable(), speed: z.number().nullable(),
    pace: z.object({ aims: z.object({ acknowledge: z.number(), order: z.number(), verify: z.number() }), first: z.number(), lasts: z.number() }).nullable().meta({ description: 'what decides whether the aims can be kept at a speed, in milliseconds' }),
    /** Why it cannot be begun. */
    problems: z.array(z.string()),
  })),
  running: Listed.extend({ at: z.number().meta({ description: 'event time of the exercise, UTC ms' }), percent: z.int() }).nullable(),
  past: z.array(Listed),
});
export type ExercisesBody = z.infer<typeof ExercisesBody>;
