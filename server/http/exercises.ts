/** Exercises: which scripts there are, the one that is under way, its beginning and end, what each has shown; and the door to its room. */
import { Router, type RequestHandler } from 'express';
import { addressOfExercise, EXERCISE_BASE, ExerciseBody, ExerciseEndBody } from '../../shared/exercises.ts';
import type { Civil } from '../../shared/time.ts';
import { jsonBody } from './asked.ts';
import type { Doors } from './caller.ts';
import { commanding } from './command.ts';
import type { ExercisePorts } from './ports.ts';
import { problem } from './problem.ts';

type Ports = { exercises: ExercisePorts; civil: Civil };

export function exerciseRoutes({ exercises, civil }: Ports, doors: Doors): Router {
  const right = 'exercise';
  return Router()
    .get('/exercises', async (req, res) => { if (doors.person(req, res, 'see-people') !== null) res.json(await exercises.list()); })
    .get('/exercises/:id/evaluation', evaluation(exercises, doors))
    .post('/exercises', jsonBody, commanding(civil, doors, { right, schema: ExerciseBody, ask: ({ id: _, ...asked }, body) => exercises.begin({ ...asked, ...body }), answer: (body) => body }))
    .post('/exercises/end', jsonBody, commanding(civil, doors, { right, schema: ExerciseEndBody.nullish(), ask: ({ id: _, ...asked }, body) => exercises.end({ ...asked, exercise: body?.exercise ?? null }), answer: (body) => body }));
}

const evaluation = (exercises: ExercisePorts, doors: Doors): RequestHandler<{ id: string }> => async (req, res) => {
  if (doors.person(req, res, 'see-people') === null) return;
  const found = await exercises.evaluation(req.params.id);
  if (found === null) problem(res, 'unknown-exercise', { detail: req.params.id.slice(0, 200) });
  else res.json(found);
};

/** The room of one exercise by its id, which may be over. */
export const exerciseByName = (exercises: ExercisePorts): RequestHandler<{ id: string }> => async (req, res) => {
  const room = await exercises.roomOf(req.params.id);
  if (room === null) problem(res, 'unknown-exercise', { detail: req.params.id.slice(0, 200) });
  else room(req, res);
};

/** A moment of an exercise that is over stands under its own address; who asks for one while none is under way means the last. */
export const lastExercise = ({ room, latest }: ExercisePorts): RequestHandler => (req, res, next) => {
  const id = req.query['at'] === undefined || room() !== null ? null : latest();
  if (id === null) next();
  else res.set('Cache-Control', 'no-store').redirect(303, `${addressOfExercise(id)}${req.url.slice(EXERCISE_BASE.length)}`);
};

/** Everything under the exercise's own address goes to its room, while there is one. */
export const exerciseDoor = (exercises: ExercisePorts): RequestHandler => (req, res) => {
  const room = exercises.room();
  if (room === null) problem(res, 'no-exercise', { detail: 'no exercise is under way; the real room is at /api' });
  else room(req, res);
};
