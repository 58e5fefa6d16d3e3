/** What may be looked at: the situation, the event, series, the journal, the report. */
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { AVERAGINGS, type SeriesBody } from '../../shared/api.ts';
import { CivilDay } from '../../shared/event.ts';
import { QUANTITIES } from '../../shared/reading.ts';
import type { Civil } from '../../shared/time.ts';
import { withoutAccess } from '../../shared/withheld.ts';
import { inOrder, instantOf, NoQuery, queryOf, Whole } from './asked.ts';
import type { Doors } from './caller.ts';
import type { HttpPorts } from './ports.ts';
import { problem, refusal } from './problem.ts';

type Ports = Pick<HttpPorts, 'situation' | 'situationAt' | 'event' | 'calendar' | 'series' | 'aqi' | 'journal' | 'report' | 'reportHtml' | 'ways' | 'tellings' | 'duty' | 'load' | 'cap' | 'screens' | 'civil'>;

export const seriesQuery = (civil: Civil) => z.object({
  place: z.string().regex(/^(city|station):[A-Za-z0-9][A-Za-z0-9._-]*$/, 'expected city:ID or station:ID'),
  pollutant: z.enum(QUANTITIES), average: z.enum(AVERAGINGS), from: instantOf(civil), to: instantOf(civil),
  asKnownAt: instantOf(civil).optional(),
}).refine(inOrder, 'from is after to');

function series({ series: ask, civil }: Ports): RequestHandler {
  const Query = seriesQuery(civil);
  return async (req, res) => {
    const query = queryOf(req, res, Query);
    if (query === null) return;
    const { place, pollutant, average } = query;
    const colon = place.indexOf(':');
    const kind = place.startsWith('city:') ? 'city' : 'station';
    const found = await ask({ ...query, place: { kind, id: place.slice(colon + 1) }, knownAt: query.asKnownAt ?? null });
    if (!found.ok) { refusal(res, found, civil.iso); return; }
    const body: SeriesBody = { place, pollutant, average, points: found.points.map((point) => ({ ...point, start: civil.iso(point.start) })) };
    res.json(body);
  };
}

export const JournalQuery = z.object({ after: Whole.default(0), limit: Whole.pipe(z.int().min(1).max(10_000)).default(1000) });

export const situationQuery = (civil: Civil) => z.object({ at: instantOf(civil).optional() });

/** Facts about accounts go to whoever may see those; others get that there is one. */
function journal({ journal: ask, situation }: Ports, doors: Doors): RequestHandler {
  return async (req, res) => {
    const query = queryOf(req, res, JournalQuery);
    if (query === null) return;
    const facts = await ask(query.after, query.limit);
    res.json({ seq: situation().seq, facts: doors.has(req, 'see-accounts') ? facts : facts.map(withoutAccess) });
  };
}

export const AqiQuery = z.object({ place: z.string().regex(/^city:[A-Za-z0-9][A-Za-z0-9._-]*$/, 'expected city:ID') });

const aqi = ({ aqi: ask, civil }: Ports): RequestHandler => (req, res) => {
  const query = queryOf(req, res, AqiQuery);
  const found = query === null ? null : ask(query.place.slice('city:'.length));
  if (found?.ok === true) res.json(found.aqi);
  else if (found !== null) refusal(res, found, civil.iso);
};

export const reportQuery = (civil: Civil) => z.object({
  from: CivilDay.optional(), to: CivilDay.optional(), format: z.enum(['json', 'html']).default('json'), asKnownAt: instantOf(civil).optional(),
}).refine(({ from, to }) => from === undefined || to === undefined || from <= to, 'from is after to');

function report({ report: ask, reportHtml, civil }: Ports): RequestHandler {
  const Query = reportQuery(civil);
  return async (req, res) => {
    const query = queryOf(req, res, Query);
    if (query === null) return;
    const range = { from: query.from ?? null, to: query.to ?? null, knownAt: query.asKnownAt ?? null };
    if (query.format === 'html') {
      const page = await reportHtml(range);
      if (page.ok) res.type('html').send(page.html);
      else refusal(res, page, civil.iso);
      return;
    }
    const found = await ask(range);
    if (found.ok) res.type('json').send(found.json);
    else refusal(res, found, civil.iso);
  };
}

/** What is the same for everybody, and asked for without a query. */
const whole = (told: () => object): RequestHandler => (req, res) => { if (queryOf(req, res, NoQuery) !== null) res.json(told()); };

/** Now, or `at` a past moment. */
function situation({ situation: now, situationAt, civil }: Ports): RequestHandler {
  const Query = situationQuery(civil);
  return async (req, res) => {
    const query = queryOf(req, res, Query);
    if (query === null) return;
    if (query.at === undefined) { res.json(now()); return; }
    const found = await situationAt(query.at);
    if (found.ok) res.json(found.snapshot);
    else refusal(res, found, civil.iso);
  };
}

export const loadQuery = (civil: Civil) => z.object({ from: instantOf(civil).optional() });

/** The alerts' load; without `from` of the last 24 hours. */
function load({ load: ask, civil }: Ports): RequestHandler {
  const Query = loadQuery(civil);
  return (req, res) => {
    const query = queryOf(req, res, Query);
    if (query !== null) res.json(ask(query.from ?? null));
  };
}

const capMessage = ({ cap }: Ports): RequestHandler<{ id: string }> => async (req, res) => {
  const found = await cap.message(req.params.id);
  if (found === null) problem(res, 'unknown-alert', { detail: req.params.id.slice(0, 200) });
  else res.type('application/cap+xml').send(found);
};

export function lookingRoutes(ports: Ports, doors: Doors): Router {
  return Router()
    .get('/situation', doors.sees, situation(ports))
    .get('/event', doors.sees, whole(ports.event))
    .get('/calendar', doors.sees, whole(ports.calendar))
    .get('/series', doors.sees, series(ports))
    .get('/aqi', doors.sees, aqi(ports))
    .get('/sources', doors.sees, whole(ports.ways))
    .get('/load', doors.sees, load(ports))
    .get('/cap', doors.sees, async (_req, res) => { res.type('application/atom+xml').send(await ports.cap.feed()); })
    .get('/cap/:id', doors.sees, capMessage(ports))
    .get('/screens', doors.sees, whole(ports.screens))
    .get('/tellings', (req, res) => { if (doors.person(req, res, 'see-people') !== null) res.json(ports.tellings()); })
    .get('/duty', (req, res) => { if (doors.person(req, res, 'see-people') !== null) res.json(ports.duty()); })
    .get('/journal', doors.sees, journal(ports, doors))
    .get('/report', doors.sees, report(ports));
}
