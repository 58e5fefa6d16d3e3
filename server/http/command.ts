/** What every command of a person over HTTP does: the door, the body, who asks and what they saw, then the desk's answer or its refusal. */
import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { Right } from '../../shared/roles.ts';
import type { Civil } from '../../shared/time.ts';
import { askedBy, bodyOf } from './asked.ts';
import type { Doors } from './caller.ts';
import type { Asked, CommandResult } from './ports.ts';
import { refusal } from './problem.ts';

/** `id`: of what the address names, or empty. */
export type Commanding<S extends z.ZodType, B> = {
  right: Right; schema: S; ask: (asked: Asked & { id: string }, body: z.output<S>) => Promise<CommandResult<B>>; answer: (body: B) => object;
};

export function commanding<S extends z.ZodType, B>(civil: Civil, doors: Doors, { right, schema, ask, answer }: Commanding<S, B>): RequestHandler<{ id?: string }> {
  return async (req, res) => {
    const person = doors.person(req, res, right);
    if (person === null) return;
    const body = bodyOf(req, res, schema);
    const asked = body === null ? null : askedBy(req, res, person);
    if (body === null || asked === null) return;
    const result = await ask({ ...asked, id: req.params.id ?? '' }, body);
    if (result.ok) res.json(answer(result.body));
    else refusal(res, result, civil.iso);
  };
}
