/** `POST /api/readings`: what stations send. Answered once it is durable; no answer means: send again. */
import type { Request, RequestHandler, Response } from 'express';
import { decodeReadings } from '../../shared/decode.ts';
import { readBody } from './body.ts';
import type { Doors } from './caller.ts';
import type { HttpPorts, Receipt } from './ports.ts';
import { problem } from './problem.ts';
import { rowsOf, type Rows } from './rows.ts';

const RETRY_SECONDS = 5;

function typeOf(req: Request): 'json' | 'csv' | null {
  const type = (req.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  return type === 'application/json' ? 'json' : type === 'text/csv' ? 'csv' : null;
}

/** The rows that were sent; null: answered already. */
async function rowsIn(req: Request, res: Response): Promise<Extract<Rows, { ok: true }> | null> {
  const type = typeOf(req);
  if (type === null) {
    problem(res, 'wrong-type', { detail: 'readings are application/json or text/csv', headers: { Accept: 'application/json, text/csv' } });
    return null;
  }
  const body = await readBody(req);
  if (!body.ok) { problem(res, body.code, { detail: body.detail }); return null; }
  const rows = rowsOf(body.bytes, type);
  if (rows.ok) return rows;
  problem(res, rows.code, { detail: rows.detail, extra: rows.position === undefined ? {} : { position: rows.position } });
  return null;
}

function answer(res: Response, receipt: Receipt): void {
  if (receipt.ok) {
    const { accepted, unchanged, revised, rejected } = receipt;
    res.json({ accepted, unchanged, revised, rejected });
    return;
  }
  const { code, detail, retryAfterSeconds = RETRY_SECONDS } = receipt;
  problem(res, code, { detail, ...(code === 'not-durable' ? { headers: { 'Retry-After': String(retryAfterSeconds) } } : {}) });
}

export type ReadingsPorts = Pick<HttpPorts, 'ingest' | 'civil'> & { doors: Doors; count: (receipt: Receipt) => void };

export function takeReadings({ doors, ingest, civil, count }: ReadingsPorts): RequestHandler {
  return async (req, res) => {
    const source = doors.source(req, res);
    if (source === null) return;
    const sent = await rowsIn(req, res);
    if (sent === null) return;
    const decoded = decodeReadings(sent.rows, { hourOf: civil.hour, values: sent.values });
    const receipt = await ingest({ source, ...decoded });
    count(receipt);
    answer(res, receipt);
  };
}
