import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Running, start } from './server.ts'
import { ask, bearer, post, postBody, see, type Sent } from './talk.ts'

const at = (hour: string): string => `2022-02-04T${hour}:00:00+08:00`
const reading = (value: number | null, more: Partial<Sent> = {}): Sent => ({ station: '1001A', pollutant: 'PM2.5', start: at('19'), period: 'PT1H', value, ...more })

type Point = { start: string; value: number | null; valid: boolean; revision: number }

describe('whatever is sent to the real server', () => {
  let server: Running
  beforeAll(async () => {
    server = await start(['--event', 'config/apec-2014', '--air', 'silent', '--speed', '1', '--now', '2014-11-10T20:12:00+08:00'])
  })
  const here = (hour: string): string => `2014-11-10T${hour}:00:00+08:00`
  const mine = (value: number | null, more: Partial<Sent> = {}): Sent => reading(value, { start: here('19'), ...more })
  const pointsOf = async (place: string, average: string, pollutant = 'PM2.5'): Promise<Point[]> =>
    (await see<{ points: Point[] }>(server, `/api/series?place=${place}&pollutant=${pollutant}&average=${average}&from=2014-11-10&to=2014-11-11`)).body.points

  test('is refused whole to whoever may not write', async () => {
    for (const [token, status, code] of [['qks_wrong', 401, 'no-token'], ['', 401, 'no-token'], [server.first.screenToken, 403, 'wrong-role']] as const)
      expect(await post(server, [mine(50)], token)).toMatchObject({ status, body: { code } })
    expect(await ask(`${server.url}/api/alerts`, { headers: bearer(server.first.sourceToken) }), 'a source does not see').toMatchObject({ status: 403, body: { code: 'wrong-role' } })
    expect(await pointsOf('station:1001A', 'raw')).toEqual([])
  })

  test('one bad reading never costs the others, and each is told why', async () => {
    const sent = [
      mine(41), mine(50, { station: '9999Z' }), mine(50, { start: here('20') }), mine(50, { pollutant: 'dust' }), mine(50, { start: 'yesterday' }),
      mine(50, { period: 'PT7M' }), { ...mine(null), value: 'much' as unknown as number }, mine(50, { start: '1960-01-01T00:00:00+08:00' }), mine(42, { station: '1002A' }),
    ]
    const { status, body } = await post(server, sent)
    expect(status).toBe(200)
    expect(body).toMatchObject({ accepted: 2, unchanged: 0, revised: 0 })
    expect(body.rejected.map(({ index, code }) => [index, code])).toEqual([
      [1, 'unknown-station'], [2, 'future-time'], [3, 'unknown-pollutant'], [4, 'bad-start'], [5, 'bad-period'], [6, 'bad-value'], [7, 'bad-start'],
    ])
    expect((await pointsOf('station:1001A', 'raw')).map(({ value }) => value)).toEqual([41])
    expect((await pointsOf('station:1002A', 'raw')).map(({ value }) => value)).toEqual([42])
    expect((await post(server, sent.slice(1, 2))).status, 'all rejected is still 200').toBe(200)
    expect((await post(server, [mine(40, { start: here('18') })])).body, 'and the next body is taken').toMatchObject({ accepted: 1 })
  })

  test('an absurd value is kept and marked, and counts in no mean', async () => {
    const others = ['1003A', '1004A', '1005A', '1006A', '1007A', '1008A', '1009A', '1010A', '1011A'].map((station) => mine(60, { station }))
    const { body } = await post(server, [...others, mine(5000, { station: '1012A' })])
    expect(body).toMatchObject({ accepted: 10, rejected: [] })
    expect(await pointsOf('station:1012A', 'raw')).toMatchObject([{ value: 5000, valid: false }])
    const hour = (await pointsOf('city:beijing', 'hour')).find(({ start }) => start === here('19'))
    expect(hour?.value).toBeCloseTo((41 + 42 + 9 * 60) / 11, 1)
    await post(server, [mine(-6, { start: '2014-11-09T12:00:00+08:00' }), mine(1000.5, { start: '2014-11-09T13:00:00+08:00' }), mine(-5, { start: '2014-11-09T14:00:00+08:00' })])
    const report = await see<{ data: { invalid: number } }>(server, '/api/report?from=2014-11-09&to=2014-11-09')
    expect(report.body.data.invalid, 'below -5 and above 1000').toBe(2)
  })

  test('the same again is unchanged, another value is a revision, and the last one counts', async () => {
    expect((await post(server, [mine(41), mine(41.0)])).body).toMatchObject({ accepted: 0, unchanged: 2, revised: 0 })
    expect((await post(server, [mine(44), mine(41), mine(45.5)])).body).toMatchObject({ revised: 3 })
    expect(await pointsOf('station:1001A', 'raw')).toMatchObject([{ value: 40 }, { value: 45.5, revision: 4 }])
  })

  test('broken JSON is told with its place', async () => {
    const answer = await postBody(server, '{"readings": [\n  {"station": "1001A",, }\n]}')
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad-json', position: { line: 2, column: 23 } } })
  })

  test('too much is refused whole: 10,001 readings, or more than 8 MiB once inflated', async () => {
    const many = Array.from({ length: 10_001 }, () => mine(1, { start: here('17') }))
    expect(await post(server, many)).toMatchObject({ status: 413, body: { code: 'too-large' } })
    const bomb = new Uint8Array(gzipSync(`{"readings": [${' '.repeat(9 * 1024 * 1024)}]}`))
    expect(bomb.length).toBeLessThan(20_000)
    expect(await postBody(server, bomb, { 'content-encoding': 'gzip' })).toMatchObject({ status: 413, body: { code: 'too-large' } })
    expect((await post(server, many.slice(1))).body).toMatchObject({ accepted: 1, unchanged: 9_999 })
  })
})

describe('a station that is not in force', () => {
  test('has its reading refused by the day the reading is from', async () => {
    const server = await start(['--event', 'test/events/moved-station', '--air', 'silent', '--speed', '1', '--now', '2014-11-10T20:12:00+08:00'])
    const { body } = await post(server, ['05', '06'].map((day) => reading(30, { station: 'old', start: `2014-11-${day}T12:00:00+08:00` })))
    expect(body).toMatchObject({ accepted: 1, rejected: [{ index: 1, code: 'station-not-valid' }] })
  })
})
