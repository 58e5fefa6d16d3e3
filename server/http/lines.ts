/**
 * `POST /api/v2/write` and `POST /write`: InfluxDB line protocol, so that Telegraf and gateways can point here unchanged.
 * Answered as InfluxDB answers: 204 once all is durable; 400 with what was dropped, and why, where a part was not taken.
 */
import { type Request, type Response, Router, type RequestHandler } from 'express';
import type { Access } from '../access/access.ts';
import { readBody } from './body.ts';
import { MOST } from './rows.ts';
import type { HttpPorts, LinesRefused, Receipt } from './ports.ts';

/** Both versions know these answers, each in its own words. */
type Fault = { status: 400 | 401 | 403 | 404 | 413 | 415 | 503; name: string; message: string; retryAfter?: number };
type Version = 1 | 2;
type Ports = Pick<HttpPorts, 'ingest' | 'lines'> & { access: Access; count: (receipt: Receipt) => void };

const RETRY_SECONDS = 5;
/** Reasons that one answer names. */
const MOST_NAMED = 5;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The token: as `Token …`, `Bearer …`, as the password of Basic, or as 1.x's `p`. */
function secretOf(req: Request): string {
  const header = req.get('authorization') ?? '';
  const token = /^(?:Token|Bearer) +(\S+) *$/i.exec(header)?.[1];
  if (token !== undefined) return token;
  const basic = /^Basic +(\S+) *$/i.exec(header)?.[1];
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString('utf8').split(':').slice(1).join(':');
  return textOf(req.query['p']) ?? '';
}

function answer(res: Response, version: Version, fault: Fault): void {
  if (fault.retryAfter !== undefined) res.set('Retry-After', String(fault.retryAfter));
  const header = fault.message.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 500);
  if (version === 1) res.status(fault.status).set('X-Influxdb-Error', header).json({ error: fault.message });
  else res.status(fault.status).set('X-Platform-Error-Code', fault.name).json({ code: fault.name, message: fault.message });
}

type Source = { id: string } | Fault;
function sourceOf(req: Request, access: Access): Source {
  const caller = access.caller(secretOf(req));
  if (caller === null) return { status: 401, name: 'unauthorized', message: "unauthorized access: send a source's token as Token, or as the password" };
  return caller.kind === 'source' ? { id: caller.source } : { status: 403, name: 'forbidden', message: "only a source's token writes readings" };
}

const BODY_FAULTS = { 'too-large': 413, 'wrong-type': 415, 'bad-json': 400 } as const;
async function textIn(req: Request): Promise<string | Fault> {
  const body = await readBody(req);
  if (!body.ok) return { status: BODY_FAULTS[body.code], name: body.code === 'too-large' ? 'request too large' : 'invalid', message: body.detail };
  return body.bytes.toString('utf8');
}

function partial(refused: readonly LinesRefused[]): Fault {
  const named = refused.slice(0, MOST_NAMED).map(({ line, code, detail }) => `line ${line}: ${code}: ${detail}`).join('; ');
  const dropped = new Set(refused.map(({ line }) => line)).size;
  return { status: 400, name: 'invalid', message: `partial write: ${named}${refused.length > MOST_NAMED ? '; …' : ''} dropped=${dropped}` };
}

const UNKNOWN_WAY = (id: string): Fault => ({ status: 403, name: 'forbidden', message: `source ${id} is of no kind "line-protocol" in sources.yaml, which says the period and the unit of what it sends` });

/** Takes the lines; null: all of them were taken and are durable. */
async function take({ ingest, lines, count }: Ports, source: string, of: { text: string; precision: string }): Promise<Fault | null> {
  const read = lines(source, of);
  if (read === 'unknown-source') return UNKNOWN_WAY(source);
  if (read === 'bad-precision') return { status: 400, name: 'invalid', message: `invalid precision "${of.precision.slice(0, 20)}"; valid precisions are ns, us, ms, s` };
  if (read.readings.length > MOST) return { status: 413, name: 'request too large', message: `a body has at most ${MOST} readings` };
  const receipt = await ingest({ source, readings: read.readings, indexes: read.readings.map((_, i) => i), rejected: [] });
  count(receipt);
  if (!receipt.ok) return { status: 503, name: 'unavailable', message: receipt.detail, retryAfter: receipt.retryAfterSeconds ?? RETRY_SECONDS };
  const refused = [...read.refused, ...receipt.rejected.map(({ index, code, detail }) => ({ line: read.lines[index] ?? 0, code, detail }))].sort((a, b) => a.line - b.line);
  return refused.length === 0 ? null : partial(refused);
}

function write(ports: Ports, version: Version): RequestHandler {
  return async (req, res) => {
    const source = sourceOf(req, ports.access);
    if (!('id' in source)) { answer(res, version, source); return; }
    const text = await textIn(req);
    if (typeof text !== 'string') { answer(res, version, text); return; }
    const fault = await take(ports, source.id, { text, precision: textOf(req.query['precision']) ?? 'ns' });
    if (fault === null) res.status(204).end();
    else answer(res, version, fault);
  };
}

/** 1.x clients ask for their database to be made before they write; there is nothing to make. */
const query = (ports: Ports): RequestHandler => (req, res) => {
  const source = sourceOf(req, ports.access);
  if (!('id' in source)) { answer(res, 1, source); return; }
  const asked = textOf(req.query['q']) ?? '';
  if (/^\s*CREATE\s+DATABASE\b/i.test(asked) || asked === '') res.json({ results: [{ statement_id: 0 }] });
  else answer(res, 1, { status: 400, name: 'invalid', message: 'nothing is queried here; GET /api/series answers' });
};

const ping: RequestHandler = (_req, res) => { res.status(204).set('X-Influxdb-Version', 'qingkong').end(); };

/** Both versions' routes; 1.x's stand at the root. */
export function lineRoutes(ports: Ports, ready: RequestHandler): Router {
  return Router()
    .get('/ping', ping).head('/ping', ping)
    .post('/query', ready, query(ports))
    .post('/write', ready, write(ports, 1))
    .post('/api/v2/write', ready, write(ports, 2));
}
