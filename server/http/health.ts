/** Whether the server lives, whether it is ready, and how it does: for whoever watches the watchers. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, type RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { askToken } from './caller.ts';
import type { HttpPorts, Receipt } from './ports.ts';

type Ports = Pick<HttpPorts, 'readiness' | 'eventNow' | 'gauges' | 'civil' | 'metricsToken'>;

export type Metrics = { registry: Registry; /** One body of readings that was answered. */ count: (receipt: Receipt) => void };

/** Figures of this process; each app has a registry of its own. */
export function createMetrics({ gauges, ways, tellings }: Pick<HttpPorts, 'gauges' | 'ways' | 'tellings'>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'qingkong_' });
  const answered = new Counter({ name: 'qingkong_http_readings_total', help: 'Readings that came over HTTP, by what became of them', labelNames: ['outcome'], registers });
  const bodies = new Counter({ name: 'qingkong_http_bodies_total', help: 'Bodies of readings that came over HTTP, by their answer', labelNames: ['answer'], registers });
  const now = (name: string, help: string, read: () => number): void => {
    new Gauge({ name, help, registers, collect() { this.set(read()); } });
  };
  now('qingkong_readings', 'Readings accepted since the start, over every way in', () => gauges().readings);
  now('qingkong_facts', 'Facts of the journal since the start', () => gauges().facts);
  now('qingkong_queue', 'Writes that wait for the disk', () => gauges().queued);
  now('qingkong_sockets', 'Screens that are connected', () => gauges().sockets);
  now('qingkong_hj212_connections', 'Devices that are connected over HJ 212', () => ways().hj212?.connections ?? 0);
  now('qingkong_hj212_frames', 'HJ 212 frames of registered devices since the start', () => ways().hj212?.frames ?? 0);
  now('qingkong_hj212_failures', 'HJ 212 frames, or parts of them, that were not taken since the start', () => Object.values(ways().hj212?.failures ?? {}).reduce((sum, n) => sum + n, 0));
  now('qingkong_feeds_in_trouble', 'Feeds, folders and brokers that cannot be asked now', () => ways().feeds.filter(({ trouble }) => trouble !== null).length);
  now('qingkong_shipping_owed', 'Readings that the time-series database has not confirmed', () => ways().shipping?.owed ?? 0);
  now('qingkong_shipping_waited_seconds', 'For how long the oldest of them has waited', () => ways().shipping?.waitedSeconds ?? 0);
  now('qingkong_messages_owed', 'Messages to people outside that no channel has taken yet', () => tellings().queued);
  now('qingkong_messages_undelivered', 'What neither a channel nor anybody on duty could be told of, and nobody has been called about', () => tellings().failed);
  now('qingkong_path_failed', 'Whether the room\'s own reading, sent every minute, does not come through', () => (ways().canary?.failing == null ? 0 : 1));
  const count = (receipt: Receipt): void => {
    bodies.inc({ answer: receipt.ok ? 'ok' : receipt.code });
    if (!receipt.ok) return;
    for (const outcome of ['accepted', 'unchanged', 'revised'] as const) answered.inc({ outcome }, receipt[outcome]);
    answered.inc({ outcome: 'rejected' }, receipt.rejected.length);
  };
  return { registry, count };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function metricsRoute({ metricsToken }: Ports, registry: Registry): RequestHandler {
  return async (req, res) => {
    const given = digest(req.get('authorization')?.replace(/^Bearer +/i, '') ?? '');
    if (metricsToken !== null && !timingSafeEqual(given, digest(metricsToken))) { askToken(res); return; }
    res.type(registry.contentType).send(await registry.metrics());
  };
}

function readyRoute({ readiness, civil }: Ports): RequestHandler {
  return (_req, res) => {
    const { ready, replay } = readiness();
    res.status(ready ? 200 : 503).json({ ready, ...(replay === null ? {} : { replay: { ...replay, at: civil.iso(replay.at) } }) });
  };
}

export function healthRoutes(ports: Ports, registry: Registry): Router {
  return Router()
    .get('/healthz', (_req, res) => { res.json({ ok: true, at: ports.civil.iso(ports.eventNow()) }); })
    .get('/readyz', readyRoute(ports))
    .get('/metrics', metricsRoute(ports, registry));
}
