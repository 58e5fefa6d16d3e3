/** The HTTP face of the room, put together from its routes. */
import express, { Router, type Express, type RequestHandler } from 'express';
import { alertRoutes } from './alerts.ts';
import { type Doors, doorsOf, OWN_ORIGINS } from './caller.ts';
import { docsRoutes } from './docs.ts';
import { exerciseByName, exerciseDoor, exerciseRoutes, lastExercise } from './exercises.ts';
import { EXERCISE_BASE } from '../../shared/exercises.ts';
import { onFailure } from './failure.ts';
import { neverStored, secureHeaders } from './headers.ts';
import { createMetrics, healthRoutes, type Metrics } from './health.ts';
import { lineRoutes } from './lines.ts';
import { lookingRoutes } from './looking.ts';
import { refuseForeignWrites } from './origin.ts';
import { pageRoutes } from './pages.ts';
import { peopleRoutes } from './people.ts';
import type { HttpPorts, RoomPorts } from './ports.ts';
import { notFound, problem } from './problem.ts';
import { takeReadings } from './readings.ts';
import { responseRoutes } from './response.ts';
import { reviewRoutes } from './review.ts';
import { sessionRoutes } from './session.ts';
import { signOnRoutes } from './sign-on.ts';
import { shiftRoutes } from './shifts.ts';

/** Before the first complete look there is nothing to show and nothing to write to. */
const whenReady = (readiness: HttpPorts['readiness']): RequestHandler => (_req, res, next) => {
  if (readiness().ready) next();
  else problem(res, 'not-ready', { detail: 'the server is starting', headers: { 'Retry-After': '1' } });
};

function apiRoutes(ports: HttpPorts, { count }: Metrics): Router {
  const doors = doorsOf(ports.access);
  const ready = whenReady(ports.readiness);
  return Router()
    .use(neverStored)
    // First, for it is asked most.
    .post('/readings', ready, takeReadings({ ...ports, doors, count }))
    .use(docsRoutes(ports.civil), sessionRoutes(ports), signOnRoutes(ports.signOn), ready)
    .use(exerciseRoutes(ports, doors), peopleRoutes(ports, doors), roomRoutes(ports, doors))
    .use(notFound);
}

/** What is asked of a room, be it the real one or an exercise's. */
const roomRoutes = (ports: RoomPorts, doors: Doors): Router =>
  Router().use(lookingRoutes(ports, doors), alertRoutes(ports, doors), responseRoutes(ports, doors), reviewRoutes(ports, doors), shiftRoutes(ports, doors));

/** Says once that somebody stands in between who is not known: whoever comes through them counts as one, and passes for one without TLS. */
function unknownProxy(log: HttpPorts['log']): RequestHandler {
  let told = false;
  return (req, _res, next) => {
    const trusts = req.app.get('trust proxy fn') as (address: string, hop: number) => boolean;
    const by = req.socket.remoteAddress ?? '';
    if (!told && req.get('x-forwarded-for') !== undefined && !trusts(by, 0)) {
      told = true;
      log.warn({ by }, 'X-Forwarded-For is not believed: if a proxy stands there, and nobody else comes from that address, name it in AIR_TRUST_PROXY');
    }
    next();
  };
}

/** What every application here is: nothing but the proxies that are named may say who asks, by which name, and whether there is TLS. */
function bareApp({ proxies, origins }: Pick<HttpPorts, 'proxies' | 'origins'>): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple').set('trust proxy', [...proxies]).set(OWN_ORIGINS, origins);
  return app;
}

/** The API of an exercise's room, behind the house's own door (`exerciseDoor`): it takes no readings but its script's, and no summary comes of it. */
export function createRoomApp(ports: RoomPorts): Express {
  const doors = doorsOf(ports.access);
  const app = bareApp(ports);
  app.use(neverStored);
  app.get('/report', doors.sees, (_req, res) => { problem(res, 'no-summary', { detail: 'an exercise is in no summary; what it has shown is at /api/exercises/ID/evaluation' }); });
  app.use(roomRoutes(ports, doors), notFound, onFailure(ports.log));
  return app;
}

export function createApp(ports: HttpPorts): Express {
  const metrics = createMetrics(ports);
  const app = bareApp(ports);
  app.use(unknownProxy(ports.log), secureHeaders(), refuseForeignWrites(ports.origins));
  app.use(healthRoutes(ports, metrics.registry));
  app.use(lineRoutes({ ...ports, count: metrics.count }, whenReady(ports.readiness)));
  app.use('/api', apiRoutes(ports, metrics));
  app.use(`${EXERCISE_BASE}/api`, exerciseDoor(ports.exercises));
  app.use(`${EXERCISE_BASE}/:id/api`, exerciseByName(ports.exercises));
  app.get([`${EXERCISE_BASE}/wall`, `${EXERCISE_BASE}/desk`], lastExercise(ports.exercises));
  app.use(pageRoutes(ports.web, ports.access));
  app.use(notFound, onFailure(ports.log));
  return app;
}
