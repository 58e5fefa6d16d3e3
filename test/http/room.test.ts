import { describe, expect, test } from 'vitest'
import type { AcknowledgeAsked, AlertQuery, LevelAsked, OrderAsked, SeriesQuery } from '../../server/http/ports.ts'
import { choosesAlert } from '../../shared/api.ts'
import { anAlert, ask, aSnapshot, bearer, civil, hour, json, start, type Answer, type Running } from './server.ts'

const see = (at: Running, path: string): Promise<Answer> => ask(`${at.url}/api${path}`, { headers: bearer(at.screen) })
type Doing = { path: string; cookie: string; body?: unknown; headers?: Record<string, string> }
const act = (at: Running, { path, cookie, body, headers = {} }: Doing): Promise<Answer> =>
  ask(`${at.url}/api${path}`, { method: 'POST', headers: { ...json, Cookie: cookie, ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })

describe('what a screen may look at', () => {
  test('is the whole situation, as the screens get it', async () => {
    expect((await see(await start(), '/situation')).body).toEqual(aSnapshot())
  })

  test('are alerts, written with the civil time of the event', async () => {
    const answer = await see(await start(), '/alerts')
    expect(answer.body).toMatchObject({
      seq: 7,
      alerts: [{
        id: anAlert.id, kind: 'hour-exceeded', place: 'beijing', period: { start: '2022-02-04T20:00:00+08:00', end: '2022-02-04T21:00:00+08:00' },
        raisedAt: '2022-02-04T21:00:00+08:00', value: 81.2, limit: 75, assumed: true, acknowledged: null, occurrence: 1, version: 1,
      }],
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('etag')).toBe(null)
  })

  test('are alerts of a span or a state; a plus sign that became a blank is understood', async () => {
    const asked: AlertQuery[] = []
    const at = await start({ alerts: (query) => { asked.push(query); return Promise.resolve({ seq: 7, alerts: [], next: null }) } })
    await see(at, '/alerts')
    await see(at, '/alerts?from=2022-02-04T20:00:00+08:00&to=2022-02-05&state=all')
    expect(asked).toEqual([{ from: null, to: null, state: null }, { from: hour, to: civil.at('2022-02-05'), state: 'all' }])
    expect(await see(at, '/alerts?state=gone&from=yesterday')).toMatchObject({ status: 400, body: { code: 'bad-request', issues: [{ field: 'from' }, { field: 'state' }] } })
    expect(await see(at, '/alerts?from=2022-02-05&to=2022-02-04')).toMatchObject({ status: 400 })
  })

  test('refuse a parameter that nobody reads, and say which are read: a misspelt one would change the answer without a word', async () => {
    const at = await start()
    expect(await see(at, '/series?place=city:beijing&pollutant=PM2.5&average=day&from=2022-02-04&to=2022-02-05&asknownat=2022-02-06')).toMatchObject({
      status: 400, body: { code: 'bad-request', issues: [{ field: 'asknownat', message: expect.stringContaining('there are place, pollutant, average, from, to, asKnownAt') as string }] } })
    for (const path of ['/calendar', '/event', '/situation']) expect(await see(at, `${path}?lang=en`)).toMatchObject({ status: 400, body: { issues: [{ field: 'lang' }] } })
  })

  test.each([
    [{ from: null, to: null, state: null }, [true, false]],
    [{ from: null, to: null, state: 'all' }, [true, true]],
    [{ from: null, to: null, state: 'closed' }, [false, true]],
    [{ from: hour, to: hour + 1, state: null }, [true, true]],
    [{ from: hour + 1, to: null, state: null }, [false, false]],
    [{ from: null, to: hour, state: 'all' }, [false, false]],
  ] as const)('alerts that are chosen by %o', (query, chosen) => {
    expect([anAlert, { ...anAlert, state: 'closed' as const }].map((alert) => choosesAlert(query, alert))).toEqual(chosen)
  })

  test('is one alert with its history, and a plain no for one that is not there', async () => {
    const at = await start()
    expect((await see(at, `/alerts/${anAlert.id}`)).body).toMatchObject({ id: anAlert.id, history: [] })
    expect(await see(at, '/alerts/hour-exceeded:nowhere')).toMatchObject({ status: 404, body: { code: 'unknown-alert' } })
  })

  test('is a series with gaps', async () => {
    const asked: SeriesQuery[] = []
    const points = [{ start: hour, value: null, valid: false, completeness: 0, revision: 0 }]
    const at = await start({ series: (query) => { asked.push(query); return Promise.resolve({ ok: true, points }) } })
    const answer = await see(at, '/series?place=city:beijing&pollutant=PM2.5&average=hour&from=2022-02-04T20:00:00%2B08:00&to=2022-02-04T21:00:00%2B08:00')
    expect(answer.body).toEqual({ place: 'city:beijing', pollutant: 'PM2.5', average: 'hour', points: [{ ...points[0], start: '2022-02-04T20:00:00+08:00' }] })
    expect(asked).toMatchObject([{ place: { kind: 'city', id: 'beijing' }, from: hour, to: hour + 3_600_000 }])
    expect(await see(at, '/series?place=beijing&pollutant=PM1&average=week')).toMatchObject({ status: 400, body: { code: 'bad-request' } })
  })

  test('is no series of a place that is not there', async () => {
    const at = await start({ series: () => Promise.resolve({ ok: false, status: 404, code: 'unknown-place', detail: 'station:9' }) })
    expect(await see(at, '/series?place=station:9&pollutant=PM2.5&average=raw&from=2022-02-04&to=2022-02-05')).toMatchObject({ status: 404, body: { code: 'unknown-place' } })
  })

  test('is the journal, in pieces', async () => {
    const asked: number[][] = []
    const at = await start({ journal: (after, limit) => { asked.push([after, limit]); return Promise.resolve([]) } })
    expect((await see(at, '/journal')).body).toEqual({ seq: 7, facts: [] })
    await see(at, '/journal?after=5&limit=2')
    expect(asked).toEqual([[0, 1000], [5, 2]])
    expect(await see(at, '/journal?after=-1&limit=0')).toMatchObject({ status: 400 })
  })

  test('is the report, as JSON or as a page', async () => {
    const at = await start()
    expect((await see(at, '/report?from=2022-02-04&to=2022-02-20')).body).toEqual({ event: 'beijing-2022' })
    expect((await see(at, '/report?format=html')).headers.get('content-type')).toMatch(/^text\/html/)
    expect(await see(at, '/report?from=2022-02-30')).toMatchObject({ status: 400 })
    expect(await see(at, '/report?format=exe')).toMatchObject({ status: 400 })
  })

  test('is the response in force', async () => {
    const level = { ladder: 'beijing', area: 'beijing', level: 'II' as const, since: hour, start: 's1', by: 'leader', why: 'forecast', drill: false, fact: 'f1' }
    const at = await start({ situation: () => ({ ...aSnapshot(), room: { ...aSnapshot().room, levels: { 'beijing/beijing': level } } }) })
    expect((await see(at, '/response')).body).toMatchObject({ levels: [{ level: 'II', since: '2022-02-04T20:00:00+08:00' }], orders: [] })
  })

  test('is nothing without a token, and nothing for a source', async () => {
    const at = await start()
    for (const path of ['/situation', '/event', '/calendar', '/alerts', '/alerts/x', '/series', '/response', '/journal', '/report']) {
      const nobody = await ask(`${at.url}/api${path}`)
      expect([path, nobody.status, nobody.body['code']]).toEqual([path, 401, 'no-token'])
      const station = await ask(`${at.url}/api${path}`, { headers: bearer(at.source) })
      expect([path, station.status, station.body['code']]).toEqual([path, 403, 'wrong-role'])
    }
  })
})

const acknowledgement = { path: `/alerts/${anAlert.id}/acknowledge`, body: { occurrence: 1, note: ' 已核实 ' } }

describe('acknowledging', () => {
  test('names who, when and what was seen', async () => {
    const asked: AcknowledgeAsked[] = []
    const at = await start({
      acknowledge: (what) => {
        asked.push(what)
        return Promise.resolve({ ok: true, status: 200, body: { alert: what.alert, occurrence: 1, version: 2, by: what.by, at: hour, note: what.note, waits: [] } })
      },
    })
    const answer = await act(at, { ...acknowledgement, cookie: await at.cookieOf('duty'), headers: { 'Idempotency-Key': 'k1', 'If-Match': '"1"' } })
    expect(answer).toMatchObject({ status: 200, body: { by: 'duty', at: '2022-02-04T20:00:00+08:00', version: 2 } })
    expect(asked).toEqual([{ alert: anAlert.id, occurrence: 1, note: '已核实', by: 'duty', role: 'duty', key: 'k1', ifMatch: 1 }])
  })

  test('second tells who was first, and when', async () => {
    const at = await start({
      acknowledge: () => Promise.resolve({ ok: false, status: 409, code: 'already-acknowledged', detail: 'by li', extra: { by: 'li', at: hour, version: 2 } }),
    })
    const answer = await act(at, { ...acknowledgement, cookie: await at.cookieOf('duty') })
    expect(answer).toMatchObject({ status: 409, body: { code: 'already-acknowledged', by: 'li', at: '2022-02-04T20:00:00+08:00', version: 2, title: '已由他人确认' } })
  })

  test('that cannot be kept is refused, with when to try again', async () => {
    const at = await start({ acknowledge: () => Promise.resolve({ ok: false, status: 503, code: 'not-durable', detail: 'the disk is full' }) })
    const answer = await act(at, { ...acknowledgement, cookie: await at.cookieOf('duty') })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  })

  test('is for persons: no screen, no source, nobody unknown, and no person by a header', async () => {
    const at = await start()
    const send = (headers: Record<string, string>): Promise<Answer> =>
      ask(`${at.url}/api${acknowledgement.path}`, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(acknowledgement.body) })
    expect((await send({})).status).toBe(401)
    expect((await send(bearer(at.screen))).status).toBe(403)
    expect((await send(bearer(at.source))).status).toBe(403)
    const secret = (await at.cookieOf('duty')).replace('qingkong=', '')
    expect((await send(bearer(secret))).status).toBe(401)
  })

  test.each([[{}], [{ occurrence: 0 }], [{ occurrence: '1' }], [{ occurrence: 1, note: 5 }], [null]])('with the body %o is refused', async (body) => {
    const at = await start()
    expect(await act(at, { ...acknowledgement, body, cookie: await at.cookieOf('duty') })).toMatchObject({ status: 400, body: { code: 'bad-request' } })
  })

  test('with broken JSON or a strange version is refused', async () => {
    const at = await start()
    const cookie = await at.cookieOf('duty')
    const init = { method: 'POST', headers: { ...json, Cookie: cookie }, body: '{"occurrence":' }
    expect(await ask(`${at.url}/api${acknowledgement.path}`, init)).toMatchObject({ status: 400, body: { code: 'bad-json' } })
    expect(await act(at, { ...acknowledgement, cookie, headers: { 'If-Match': 'latest' } })).toMatchObject({ status: 400, body: { code: 'bad-request' } })
    expect(await act(at, { ...acknowledgement, cookie, body: { occurrence: 1, note: 'x'.repeat(70_000) } })).toMatchObject({ status: 413, body: { code: 'too-large' } })
  })
})

describe('the response', () => {
  const level = { path: '/response/level', body: { ladder: 'beijing', level: 'II', areas: ['beijing'], reason: '预报转差' } }

  test('is for a leader to set, and not for the duty officer', async () => {
    const asked: LevelAsked[] = []
    const at = await start({ setLevel: (what) => { asked.push(what); return Promise.resolve({ ok: true, status: 200, body: { level: what.level, orders: [{ id: 'o1' }] } }) } })
    expect(await act(at, { ...level, cookie: await at.cookieOf('duty') })).toMatchObject({ status: 403, body: { code: 'wrong-role' } })
    expect(await act(at, { ...level, cookie: await at.cookieOf('leader') })).toMatchObject({ status: 200, body: { level: 'II', orders: [{ id: 'o1' }] } })
    expect(await act(at, { ...level, body: { ...level.body, level: null }, cookie: await at.cookieOf('admin') })).toMatchObject({ status: 200, body: { level: null } })
    expect(asked.map(({ by, level: set, reason }) => [by, set, reason])).toEqual([['leader', 'II', '预报转差'], ['admin', null, '预报转差']])
  })

  test('needs a level of the ladder, an area and a reason', async () => {
    const at = await start()
    const cookie = await at.cookieOf('leader')
    for (const wrong of [{ level: 'IV' }, { areas: [] }, { reason: ' ' }, { level: undefined }])
      expect((await act(at, { ...level, body: { ...level.body, ...wrong }, cookie })).status).toBe(400)
  })

  test.each(['receive', 'start', 'feedback', 'verify', 'return', 'lift'])('has orders that a duty officer may %s', async (move) => {
    const asked: OrderAsked[] = []
    const at = await start({ moveOrder: (what) => { asked.push(what); return Promise.resolve({ ok: true, status: 200, body: { id: what.order, state: 'received', version: 2, by: what.by, at: hour } }) } })
    expect(await act(at, { path: `/orders/o1/${move}`, cookie: await at.cookieOf('duty') })).toMatchObject({ status: 200, body: { id: 'o1', at: '2022-02-04T20:00:00+08:00' } })
    expect(asked).toMatchObject([{ order: 'o1', move, note: null }])
    expect(await act(at, { path: '/orders/o1/burn', cookie: await at.cookieOf('duty') })).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })
})
