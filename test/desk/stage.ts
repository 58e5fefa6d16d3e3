/** A whole server in small for trying the desk: the made-up event, real commands on a room in memory, a real socket. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type Response } from 'express';
import { Server } from 'socket.io';
import type { Role } from '../../shared/roles.ts';
import type { Fact } from '../../shared/fact.ts';
import type { Alert } from '../../shared/situation.ts';
import type { HandlingStep } from '../../shared/handling.ts';
import { HOUR } from '../../shared/time.ts';
import type { EventInfo, ScreenToServer, ServerToScreen, Snapshot } from '../../shared/wire.ts';
import { alertBody } from '../../server/http/alerts.ts';
import { ORDER_MOVES, type Asked, type CommandResult } from '../../server/http/ports.ts';
import { closeServer } from '../setup/close.ts';
import { slowness } from '../setup/browser.ts';
import { civil, openRoom } from './room.ts';

export type Staged = { web: string | ((app: Express) => Promise<void>); event: EventInfo; snapshot: Snapshot; report?: string; calendar?: object; aqi?: object; ways?: object; duty?: object; tellings?: object; load?: object; screens?: object };
type Person = { name: string; role: Role };

const problem = (res: Response, status: number, more: object) => { res.status(status).type('application/problem+json').send(JSON.stringify({ titles: { zh: '', en: '' }, ...more })); };

function answer(res: Response, result: CommandResult<object>): void {
  if (!result.ok) { problem(res, result.status, { code: result.code, detail: result.detail, ...result.extra }); return; }
  const at = 'at' in result.body && typeof result.body.at === 'number' ? { at: civil.iso(result.body.at) } : {};
  res.json({ ...result.body, ...at });
}

const shownAlert = (alert: Alert) => alertBody(alert, civil);

/** Hourly means that look like air: an evening peak, two missing hours, one revised. */
export const seriesOf = (from: number, to: number) => Array.from({ length: Math.round((to - from) / HOUR) }, (_, n) => {
  const start = from + n * HOUR;
  const hour = civil.parts(start).hour;
  const value = Math.round(10 * (58 + 30 * Math.sin(((hour - 14) / 24) * 2 * Math.PI) + 9 * Math.sin(n * 1.7))) / 10;
  return { start: civil.iso(start), value: hour === 5 || hour === 6 ? null : value, valid: true, completeness: 1, revision: hour === 9 ? 2 : 1 };
});

/** What a station's hour of that air is worth: one is in doubt, one was signed. */
const worth = (point: ReturnType<typeof seriesOf>[number]) => {
  const hour = civil.parts(Date.parse(point.start)).hour;
  if (point.value === null) return { ...point, validity: 'missing', level: 'automatic', reasons: [] };
  if (hour === 18) return { ...point, validity: 'suspect', level: 'automatic', reasons: [{ code: 'step', before: 20.5, value: point.value }, { code: 'neighbours', value: point.value, median: 31, deviation: 4, neighbours: 5 }] };
  return hour === 17 ? { ...point, validity: 'invalid', level: 'verified', revision: 2, reasons: [{ code: 'verified', by: '陈主任', reason: '采样管脱落' }] } : { ...point, validity: 'valid', level: 'automatic', reasons: [] };
};

const historyOf = (alert: Alert): Fact[] => [{
  kind: 'alert-raised', seq: 31, id: 'x', at: alert.raisedAt, recorded: 0, actor: 'system', air: 'live', hash: '', alert: alert.id, occurrence: 1,
  alertKind: alert.kind, place: alert.place, pollutant: alert.pollutant, period: alert.period, condition: 'over', value: alert.value,
  reason: alert.reason, marks: [], severity: alert.severity, limit: alert.limit, assumed: alert.assumed, drill: false,
}];

export async function openStage(staged: Staged) {
  const { event, snapshot } = staged;
  const app = express();
  const http = createServer(app);
  const io = new Server<ScreenToServer, ServerToScreen>(http);
  let person: Person | null = { name: '李娜', role: 'duty' };
  // A slow world answers late, and its facts come later than its answers.
  const late = slowness > 1 ? 300 : 0;
  let [beating, answering, telling, now, lag] = [true, true, true, snapshot.at, late];
  const seen: { address: string; headers: Record<string, unknown>; body: unknown }[] = [];
  const room = openRoom([], {
    room: snapshot.room, plan: event, areas: event.areas.map((area) => area.id),
    shown: (facts) => { if (facts.length > 0) setTimeout(() => { io.emit('facts', { from: facts[0]?.seq ?? 0, to: facts.at(-1)?.seq ?? 0, facts }); }, 2 * late); },
  });
  const known = (): Snapshot => ({ ...snapshot, seq: room.room().seq, at: now, room: room.room() });
  const asked = (req: express.Request): Asked => {
    seen.push({ address: req.path, headers: req.headers, body: req.body as unknown });
    const match = req.get('if-match');
    return { by: person?.name ?? '', role: person?.role ?? 'screen', key: req.get('idempotency-key') ?? null, ifMatch: match === undefined ? null : Number(match) };
  };
  room.clock({ now });
  app.use(express.json());
  app.use('/api', (req, _res, next) => {
    if (!answering && req.method === 'POST') req.socket.destroy();
    else setTimeout(next, lag);
  });
  app.get('/api/session', (_req, res) => { if (person === null) problem(res, 401, { code: 'no-token' }); else res.json(person); });
  app.post('/api/session', (req, res) => {
    const { name, password, code } = req.body as { name: string; password: string; code?: string };
    if (password !== 'right') { problem(res, 401, { code: 'bad-credentials' }); return; }
    // One account has an authenticator.
    if (name === '赵敏' && code !== '246810') { problem(res, 401, { code: code === undefined ? 'needs-code' : 'bad-code' }); return; }
    person = { name, role: name === '陈主任' ? 'leader' : 'duty' };
    res.json(person);
  });
  app.delete('/api/session', (_req, res) => { person = null; res.status(204).end(); });
  app.get('/api/event', (_req, res) => { res.json(event); });
  app.get('/api/calendar', (_req, res) => { if (staged.calendar === undefined) problem(res, 404, { code: 'not-found' }); else res.json(staged.calendar); });
  app.get('/api/sources', (_req, res) => { if (staged.ways === undefined) problem(res, 404, { code: 'not-found' }); else res.json(staged.ways); });
  app.get('/api/alerts', (_req, res) => { res.json({ seq: 1, alerts: Object.values(room.room().alerts).map(shownAlert), more: false, next: null }); });
  app.get('/api/alerts/:id', (req, res) => {
    const alert = room.room().alerts[req.params.id];
    if (alert === undefined) problem(res, 404, { code: 'unknown-alert' });
    else res.json({ ...shownAlert(alert), history: [...historyOf(alert), ...room.facts.filter((fact) => 'alert' in fact && fact.alert === alert.id)] });
  });
  app.get('/api/series', (req, res) => {
    const { place, from, to } = req.query as Record<string, string>;
    const points = seriesOf(Date.parse(from ?? ''), Date.parse(to ?? ''));
    res.json({ place, pollutant: 'PM2.5', average: 'hour', points: place?.startsWith('station') === true ? points.map(worth) : points });
  });
  app.get('/api/aqi', (req, res) => { if (staged.aqi === undefined) problem(res, 404, { code: 'unknown-place' }); else res.json({ ...staged.aqi, place: req.query['place'] }); });
  app.get('/api/report', (_req, res) => { res.type('html').send(staged.report ?? '<p>报告</p>'); });
  app.post('/api/readings/review', (req, res) => {
    const { by } = asked(req);
    const { station, pollutant, verdict, level } = req.body as { station: string; pollutant: string; verdict: string; level: string };
    res.json({ station, pollutant, verdict, level, by, at: civil.iso(now), readings: 2, overtaken: 0 });
  });
  app.post('/api/alerts/:id/acknowledge', (req, res) => {
    const { occurrence, note } = req.body as { occurrence: number; note: string | null };
    void room.desk.acknowledge({ ...asked(req), alert: req.params.id, occurrence, note }).then((result) => { answer(res, result); });
  });
  app.post('/api/alerts/:id/:what', (req, res) => {
    const about = { ...asked(req), alert: req.params.id };
    const body = req.body as { until: string; reason: string; text: string; step: HandlingStep };
    const done = { shelve: () => room.desk.shelve({ ...about, until: Date.parse(body.until), reason: body.reason }), unshelve: () => room.desk.unshelve(about),
      comment: () => room.desk.comment({ ...about, text: body.text }), handle: () => room.desk.handle({ ...about, step: body.step }) }[req.params.what];
    void done?.().then((result) => { answer(res, result.ok ? { ok: true, status: 200, body: {} } : result); });
  });
  app.post('/api/shifts/handover', (req, res) => {
    const { names, ...body } = req.body as { names: string[]; note: string };
    void room.desk.handOver({ ...asked(req), names, ...body }).then((result) => { answer(res, result); });
  });
  app.post('/api/stations/:station/:what', (req, res) => {
    const { reason, workOrder } = req.body as { reason: string; workOrder: string | null };
    const out = req.params.what === 'out-of-service' ? { reason, workOrder, until: null } : null;
    void room.desk.setService({ ...asked(req), station: req.params.station, out }).then((result) => { answer(res, result); });
  });
  app.get('/api/journal', (req, res) => {
    const [after, limit] = [Number(req.query['after']), Number(req.query['limit'])];
    const facts = [...Object.values(snapshot.room.alerts).flatMap(historyOf), ...room.facts].filter(({ seq }) => seq > after && seq <= after + limit);
    res.json({ seq: room.room().seq, facts });
  });
  // What the moment was is what the stage began with.
  app.get('/api/situation', (req, res) => {
    const at = Date.parse((req.query as { at: string }).at);
    if (Number.isNaN(at)) problem(res, 400, { code: 'bad-request', detail: 'at: no such instant' });
    else if (at > now) problem(res, 400, { code: 'not-yet', detail: 'it is still to come', at: new Date(now).toISOString() });
    else if (at < Date.parse('2022-03-01T00:00:00+08:00')) problem(res, 404, { code: 'before-records', detail: 'the records begin later', at: '2022-03-01T00:00:00+08:00' });
    else res.json({ ...snapshot, at });
  });
  app.get('/api/screens', (_req, res) => { if (staged.screens === undefined) problem(res, 404, { code: 'not-found' }); else res.json(staged.screens); });
  app.post('/api/calls', (req, res) => {
    void room.desk.call({ ...asked(req), ...(req.body as { calls: string[]; spoke: string; note: string | null }) }).then((result) => { answer(res, result); });
  });
  app.get('/api/duty', (_req, res) => { if (staged.duty === undefined) problem(res, 404, { code: 'not-found' }); else res.json(staged.duty); });
  app.get('/api/load', (_req, res) => { if (staged.load === undefined) problem(res, 404, { code: 'not-found' }); else res.json(staged.load); });
  app.get('/api/tellings', (_req, res) => { if (staged.tellings === undefined) problem(res, 404, { code: 'not-found' }); else res.json(staged.tellings); });
  app.post('/api/response/level', (req, res) => {
    void room.desk.setLevel({ ...asked(req), ...(req.body as { ladder: string; level: 'III'; areas: string[]; reason: string }) }).then((result) => { answer(res, result); });
  });
  app.post('/api/orders/:id/:move', (req, res) => {
    const move = ORDER_MOVES.find((each) => each === req.params.move) ?? 'receive';
    void room.desk.moveOrder({ ...asked(req), order: req.params.id, move, note: (req.body as { note: string | null }).note }).then((result) => { answer(res, result); });
  });
  if (typeof staged.web === 'string') {
    const folder = staged.web;
    app.use(express.static(folder));
    app.get(['/wall', '/desk', '/login', '/report', '/calendar', '/handover', '/evaluation'], (_req, res) => { res.sendFile('index.html', { root: folder }); });
  } else await staged.web(app);
  io.on('connection', (socket) => {
    setTimeout(() => { if (telling) socket.emit('snapshot', known()); }, 3 * late);
    socket.on('resync', () => { socket.emit('snapshot', known()); });
  });
  const timer = setInterval(() => {
    if (!beating) return;
    // Within its minute, however slow the machine: times to the minute can be told beforehand.
    now = Math.min(now + 250, snapshot.at + 15_000);
    room.clock({ now });
    io.emit('tick', { at: now, seq: room.room().seq, airSeq: snapshot.airSeq, epoch: snapshot.epoch, build: 'stage' });
  }, 250);
  await new Promise<void>((ready) => { http.listen(0, '127.0.0.1', ready); });
  return {
    ...room, seen, io,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    /** Who is signed in; null: nobody. */
    be: (next: Person | null) => { person = next; },
    /** What becomes of messages to people outside. */
    tells: (next: object) => { staged.tellings = next; },
    /** Whether the server's heart beats. */
    beat: (next: boolean) => { beating = next; },
    /** Tells every screen the whole situation anew, as after a link that was lost. */
    tellAll: () => { io.emit('snapshot', known()); },
    /** Whether a screen that connects is told the situation. */
    tellOnConnect: (next: boolean) => { telling = next; },
    /** Whether a command is answered; else the line breaks when it has been heard, as a cable that is pulled. */
    answerCommands: (next: boolean) => { answering = next; },
    /** How long the server takes to answer, ms. */
    lag: (ms: number) => { lag = ms; },
    close: () => { clearInterval(timer); return closeServer(http, io); },
  };
}
