/** The API's own description, from the schemas that check it. */
import { extendZodWithOpenApi, OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import * as api from '../../shared/api.ts';
import { Fact } from '../../shared/fact.ts';
import { LoadBody } from '../../shared/load.ts';
import { CalendarBody } from '../../shared/preview.ts';
import type { Civil } from '../../shared/time.ts';
import { DutyBody, TellingsBody } from '../../shared/tellings.ts';
import { EvaluationBody } from '../../shared/evaluation.ts';
import { ExerciseBegunBody, ExerciseBody, ExerciseEndBody, ExercisesBody } from '../../shared/exercises.ts';
import { ScreensBody } from '../../shared/screens.ts';
import { WaysBody } from '../../shared/ways.ts';
import { alertQuery } from './alerts.ts';
import { peopleRoutes } from './openapi-people.ts';
import { AqiQuery, JournalQuery, loadQuery, reportQuery, seriesQuery, situationQuery } from './looking.ts';
import { ORDER_MOVES } from './ports.ts';
import { reviewBody } from './review.ts';

extendZodWithOpenApi(z);

/** One route: what it takes, what it gives, what it may refuse with. Only what is not open names who may. */
export type Route = {
  method: 'get' | 'post' | 'delete'; path: string; summary: string; who: 'open' | 'sees' | 'person' | 'source';
  query?: z.ZodType; body?: z.ZodType; csv?: true; redirects?: true; answer?: z.ZodType; type?: string; refuses?: number[];
};

const Anything = z.looseObject({});
const COMMAND = [400, 403, 404, 409, 503];
const HEALTH = z.object({ ok: z.literal(true), at: z.string() });
const READY = z.object({ ready: z.boolean(), replay: z.object({ done: z.boolean(), at: z.string(), percent: z.number() }).optional() });

const moves: Route[] = ORDER_MOVES.map((move) => ({
  method: 'post', path: `/api/orders/{id}/${move}`, summary: `指令：${move} · Moves an order: ${move}`, who: 'person',
  body: api.OrderBody, answer: api.OrderMovedBody, refuses: COMMAND,
}));

const aboutAlerts: Route[] = [
  { method: 'post', path: '/api/alerts/{id}/acknowledge', summary: '确认警报 · Acknowledges one occurrence', who: 'person', body: api.AcknowledgeBody, answer: api.AcknowledgedBody, refuses: COMMAND },
  { method: 'post', path: '/api/alerts/{id}/shelve', summary: '搁置 · Shelves the alert\'s kind, place and pollutant until an instant, at most 12 hours ahead; what is critical is for a leader', who: 'person', body: api.ShelveBody, answer: api.AlertSetBody, refuses: COMMAND },
  { method: 'post', path: '/api/alerts/{id}/unshelve', summary: '取消搁置 · Takes it off the shelf, which acknowledges it', who: 'person', answer: api.AlertSetBody, refuses: COMMAND },
  { method: 'post', path: '/api/alerts/{id}/comment', summary: '备注 · Writes a note on it, also once it has closed', who: 'person', body: api.CommentBody, answer: api.AlertSetBody, refuses: COMMAND },
  { method: 'post', path: '/api/alerts/{id}/handle', summary: '处置：跟进、研判、关联指令、办结 · A step of its handling: follow-up, diagnosis, linked orders, disposal', who: 'person', body: api.HandleBody, answer: api.AlertSetBody, refuses: COMMAND },
  { method: 'post', path: '/api/shifts/handover', summary: '交接班 · Hands a shift over: whoever goes offers with a note, whoever comes takes; both name the alerts that ask', who: 'person', body: api.HandoverBody, answer: api.HandoverSetBody, refuses: COMMAND },
  { method: 'post', path: '/api/calls', summary: '已电话通知 · Says that somebody was called about what no machine could tell anybody, and with whom they spoke', who: 'person', body: api.CalledBody, answer: api.CalledSetBody, refuses: COMMAND },
  { method: 'post', path: '/api/stations/{id}/out-of-service', summary: '站点停用 · Takes a station out of service: its silence is then expected, listed and marked', who: 'person', body: api.OutOfServiceBody, answer: api.ServiceSetBody, refuses: COMMAND },
  { method: 'post', path: '/api/stations/{id}/in-service', summary: '站点启用 · Puts it back', who: 'person', answer: api.ServiceSetBody, refuses: COMMAND },
];

const aboutPeople = (civil: Civil): Route[] => [
  { method: 'get', path: '/api/load', summary: '警报负荷 · How much the alerts ask of whoever watches, by EEMUA 191 and ISA-18.2; without from of the last 24 hours', who: 'sees', query: loadQuery(civil), answer: LoadBody, refuses: [400] },
  { method: 'get', path: '/api/cap', summary: 'CAP 1.2 · Alerts of the last two days as an Atom feed of CAP messages', who: 'sees', type: 'application/atom+xml' },
  { method: 'get', path: '/api/cap/{id}', summary: 'CAP 1.2 · One message', who: 'sees', type: 'application/cap+xml', refuses: [404] },
  { method: 'get', path: '/api/screens', summary: '大屏与值守台 · Which screens are there, how far they have been told, their clocks and sound', who: 'sees', answer: ScreensBody },
  { method: 'get', path: '/api/tellings', summary: '通知 · What became of messages to people outside: channels, what waits, what failed, the last 200', who: 'person', answer: TellingsBody },
  { method: 'get', path: '/api/duty', summary: '值班 · Who is on duty now and next', who: 'person', answer: DutyBody },
];

const aboutExercises: Route[] = [
  { method: 'get', path: '/api/exercises', summary: '演习 · Scripts of the event, the exercise that is under way, and those there were', who: 'person', answer: ExercisesBody },
  { method: 'post', path: '/api/exercises', summary: '开始演习 · Begins one, in a room of its own under /exercise: its pages, its socket namespace, and under /exercise/api every path of a room that is here; one that is over is looked at under /exercise/ID/api', who: 'person', body: ExerciseBody, answer: ExerciseBegunBody, refuses: COMMAND },
  { method: 'post', path: '/api/exercises/end', summary: '结束演习 · Ends the one that is under way', who: 'person', body: ExerciseEndBody, answer: z.object({ exercise: z.string() }), refuses: COMMAND },
  { method: 'get', path: '/api/exercises/{id}/evaluation', summary: '演习评估 · What one has shown: times to acknowledge, order and verify, by person and department', who: 'person', answer: EvaluationBody, refuses: [404] },
];

const routesOf = (civil: Civil): Route[] => [
  { method: 'post', path: '/api/readings', summary: '上报读数 · Sends readings; answered once what was accepted is durable', who: 'source', body: api.SentReadings, csv: true, answer: api.ReceiptBody, refuses: [400, 403, 409, 413, 415, 503] },
  { method: 'post', path: '/api/v2/write', summary: 'InfluxDB 行协议 · InfluxDB line protocol of a source of that kind; POST /write is the same for 1.x clients', who: 'source', refuses: [400, 403, 413, 503] },
  { method: 'post', path: '/api/readings/review', summary: '人工复核读数 · Sets a verdict by hand on one reading (start, period) or on a stretch of at most seven days (from, to), or takes it back', who: 'person', body: reviewBody(civil), answer: api.ReviewSetBody, refuses: COMMAND },
  { method: 'get', path: '/api/situation', summary: '态势 · The whole situation, now or at a past moment', who: 'sees', query: situationQuery(civil), answer: Anything, refuses: [400, 404, 409] },
  { method: 'get', path: '/api/event', summary: '活动配置 · What does not change while the server runs', who: 'sees', answer: Anything },
  { method: 'get', path: '/api/calendar', summary: '日历 · The calendar of the whole period: a row a civil day, with what holds and why; and what changes next', who: 'sees', answer: CalendarBody },
  { method: 'get', path: '/api/series', summary: '序列 · A series of a place', who: 'sees', query: seriesQuery(civil), answer: api.SeriesBody, refuses: [400, 404, 409] },
  { method: 'get', path: '/api/aqi', summary: '实时空气质量指数 · The real-time AQI of a city\'s last closed hour, where the event asks for AQIs', who: 'sees', query: AqiQuery, answer: api.AqiBody, refuses: [400, 404] },
  { method: 'get', path: '/api/alerts', summary: '警报 · Alerts; without parameters those not closed, all of them; with closed ones a page at a time, the latest period first', who: 'sees', query: alertQuery(civil), answer: api.AlertsBody, refuses: [400] },
  { method: 'get', path: '/api/alerts/{id}', summary: '一条警报及其经过 · One alert, with its history', who: 'sees', answer: api.AlertBody.extend({ history: z.array(Fact) }), refuses: [404] },
  ...aboutAlerts,
  { method: 'get', path: '/api/response', summary: '响应级别与指令 · Levels in force, and orders', who: 'sees', answer: api.ResponseBody },
  { method: 'post', path: '/api/response/level', summary: '启动、调整、解除响应 · Starts, raises, lowers or lifts a level', who: 'person', body: api.LevelBody, answer: api.LevelSetBody, refuses: COMMAND },
  ...moves,
  { method: 'get', path: '/api/sources', summary: '数据来源 · How every way in does: what came, what was refused and why, which devices are heard', who: 'sees', answer: WaysBody },
  ...aboutPeople(civil),
  ...aboutExercises,
  { method: 'get', path: '/api/journal', summary: '日志 · Facts, for audit and for followers; those about accounts and tokens as `withheld` to whoever may not see accounts', who: 'sees', query: JournalQuery, answer: z.object({ seq: z.int(), facts: z.array(Fact) }), refuses: [400] },
  { method: 'get', path: '/api/report', summary: '达标总结 · The compliance summary', who: 'sees', query: reportQuery(civil), answer: Anything, refuses: [400, 409] },
  ...peopleRoutes,
  { method: 'get', path: '/healthz', summary: '存活 · Lives', who: 'open', answer: HEALTH },
  { method: 'get', path: '/readyz', summary: '就绪 · Ready, and how far a replay is', who: 'open', answer: READY, refuses: [503] },
  { method: 'get', path: '/metrics', summary: '指标 · Figures for Prometheus', who: 'open', type: 'text/plain' },
];

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
const csv = { 'text/csv': { schema: z.string().meta({ example: 'station,pollutant,start,period,value,flag\n1001A,PM2.5,2022-02-04T19:00:00+08:00,PT1H,48.2,N\n' }) } };

function answersOf({ who, answer, type, redirects, refuses = [] }: Route): RouteConfig['responses'] {
  const on = redirects === undefined ? {} : { 303: { description: 'Elsewhere' } };
  const good = redirects !== undefined && type === undefined ? on : type !== undefined ? { 200: { description: 'OK', content: { [type]: { schema: z.string() } } } }
    : answer === undefined ? { 204: { description: 'Done' } } : { 200: { description: 'OK', content: json(answer) } };
  const codes = [...new Set([...refuses, ...(who === 'open' ? [] : [401, 403])])].sort((a, b) => a - b);
  const bad = codes.map((code) => [code, { description: 'Refused', content: { 'application/problem+json': { schema: api.Problem } } }] as const);
  return { ...on, ...good, ...Object.fromEntries(bad) };
}

const SECURITY: Record<Route['who'], Record<string, string[]>[]> = {
  open: [], sees: [{ session: [] }, { token: [] }], person: [{ session: [] }], source: [{ token: [] }],
};

function configOf(route: Route): RouteConfig {
  const { method, path, summary, query, body } = route;
  return {
    method, path, summary, security: SECURITY[route.who], responses: answersOf(route),
    request: {
      ...(path.includes('{id}') ? { params: z.object({ id: z.string() }) } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
      ...(body === undefined ? {} : { body: { content: route.csv === true ? { ...json(body), ...csv } : json(body) } }),
    },
  };
}

/** The OpenAPI 3.1 document. */
export function describeApi(civil: Civil): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: 'qingkong' });
  registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  for (const route of routesOf(civil)) registry.registerPath(configOf(route));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0', info: { title: '晴空 Qingkong', version: '1', description: 'Instants are ISO 8601 with the offset of the event; facts and the situation carry UTC milliseconds.' },
  });
}
