import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ask, bearer, civil, good, json, remembering, start, type Answer, type Running } from './server.ts'

const reading = { station: '1001A', pollutant: 'PM2.5', start: '2022-02-04T19:00:00+08:00', period: 'PT1H', value: 48.2, flag: 'N' }
const csv = { 'Content-Type': 'text/csv' }
const header = 'station,pollutant,start,period,value,flag'

type Sent = { body: BodyInit; headers?: Record<string, string> }
const post = (at: Running, { body, headers = json }: Sent): Promise<Answer> =>
  ask(`${at.url}/api/readings`, { method: 'POST', headers: { ...bearer(at.source), ...headers }, body })
const postReadings = (at: Running, readings: unknown[]): Promise<Answer> => post(at, { body: JSON.stringify({ readings }) })

describe('a station that sends readings', () => {
  test('has them taken exactly, and its source named', async () => {
    const { deliveries, ingest } = remembering()
    const at = await start({ ingest })
    const answer = await postReadings(at, [reading, { ...reading, pollutant: 'CO', period: 'PT5M', start: '2022-02-04T11:05:00Z', value: null, flag: undefined }])
    expect(answer).toMatchObject({ status: 200, body: { accepted: 2, unchanged: 0, revised: 0, rejected: [] } })
    expect(deliveries).toEqual([{
      source: 'gateway', indexes: [0, 1], rejected: [],
      readings: [
        { station: '1001A', pollutant: 'PM2.5', start: civil.at('2022-02-04', '19:00'), minutes: 60, value: 48_200_000, flag: 'N' },
        { station: '1001A', pollutant: 'CO', start: civil.at('2022-02-04', '19:05'), minutes: 5, value: null, flag: 'N' },
      ],
    }])
  })

  test('may send the same as CSV, in any order of columns, with an empty value for a missing one', async () => {
    const { deliveries, ingest } = remembering()
    const at = await start({ ingest })
    const text = `\uFEFF${header}\r\n1001A,PM2.5,2022-02-04T19:00:00+08:00,PT1H,48.2,N\r\n1001A,SO2,2022-02-04T19:00:00+08:00,PT1H,,M\r\n`
    expect((await post(at, { body: text, headers: csv })).body).toMatchObject({ accepted: 2, rejected: [] })
    const turned = 'value,station,period,pollutant,start\n-0.5,1001A,PT1H,O3,2022-02-04T19:00:00+08:00\n'
    expect((await post(at, { body: turned, headers: csv })).body).toMatchObject({ accepted: 1 })
    expect(deliveries.flatMap(({ readings }) => readings.map(({ pollutant, value, flag }) => [pollutant, value, flag])))
      .toEqual([['PM2.5', 48_200_000, 'N'], ['SO2', null, 'M'], ['O3', -500_000, 'N']])
  })

  test('may send them compressed', async () => {
    const at = await start()
    const body = gzipSync(JSON.stringify({ readings: [reading] }))
    expect((await post(at, { body, headers: { ...json, 'Content-Encoding': 'gzip' } })).body).toMatchObject({ accepted: 1 })
  })

  test('loses no good reading to a bad one beside it, and is told which and why', async () => {
    const { deliveries, ingest } = remembering()
    const at = await start({ ingest })
    const answer = await postReadings(at, [
      reading, null, { ...reading, station: 7 }, { ...reading, pollutant: 'pm25' }, { ...reading, period: 'PT7M' }, { ...reading, period: 'P1D' },
      { ...reading, start: '2022-02-04T19:00:00' }, { ...reading, start: '2022-02-30T19:00:00+08:00' }, { ...reading, start: '2022-02-04T19:10:00+08:00' },
      { ...reading, period: 'PT5M', start: '2022-02-04T19:03:00+08:00' }, { ...reading, value: '48.2' }, { ...reading, value: 1e-7 },
      { ...reading, value: 0.1 + 0.2 }, { ...reading, value: 1e300 }, { ...reading, value: undefined }, { ...reading, flag: 'x'.repeat(17) }, { ...reading, station: '1002A' },
    ])
    expect(answer.status).toBe(200)
    expect((answer.body['rejected'] as { index: number; code: string }[]).map(({ index, code }) => [index, code])).toEqual([
      [1, 'unknown-station'], [2, 'unknown-station'], [3, 'unknown-pollutant'], [4, 'bad-period'], [5, 'bad-period'],
      [6, 'bad-start'], [7, 'bad-start'], [8, 'bad-start'], [9, 'bad-start'], [10, 'bad-value'], [11, 'bad-value'],
      [12, 'bad-value'], [13, 'bad-value'], [14, 'bad-value'], [15, 'bad-value'],
    ])
    expect(deliveries[0]?.indexes).toEqual([0, 16])
    expect(deliveries[0]?.readings.map(({ station }) => station)).toEqual(['1001A', '1002A'])
  })

  test('loses no good row of CSV to one with too few or too many cells', async () => {
    const { deliveries, ingest } = remembering()
    const row = '1001A,PM2.5,2022-02-04T19:00:00+08:00,PT1H,48.2,N'
    const answer = await post(await start({ ingest }), { body: [header, row, 'short', `${row},more`, row.replace('1001A', '1002A'), ''].join('\n'), headers: csv })
    expect(answer).toMatchObject({ status: 200, body: { rejected: [
      { index: 1, code: 'bad-value', detail: 'expected 6 cells, as the first line has; got 1' }, { index: 2, code: 'bad-value', detail: 'expected 6 cells, as the first line has; got 7' },
    ] } })
    expect(deliveries[0]?.readings.map(({ station }) => station)).toEqual(['1001A', '1002A'])
  })

  test('may leave its flag out, or say that there is none', async () => {
    const { deliveries, ingest } = remembering()
    await postReadings(await start({ ingest }), [{ ...reading, flag: null }, { ...reading, flag: undefined }])
    expect(deliveries[0]?.readings.map(({ flag }) => flag)).toEqual(['N', 'N'])
  })

  test('is answered 200 even when every reading was refused', async () => {
    expect(await postReadings(await start(), [{}])).toMatchObject({ status: 200, body: { accepted: 0, rejected: [{ index: 0, code: 'unknown-station' }] } })
  })
})

describe('a body that cannot be taken', () => {
  test.each([
    { what: 'broken JSON', body: '{"readings": [\n  {"station": "1001A",}\n]}', headers: json, position: { line: 2, column: 23, offset: 37 } },
    { what: 'JSON that ends too soon', body: '{"readings": [', headers: json, position: { line: 1, column: 15, offset: 14 } },
    { what: 'CSV with a quote that never ends', body: `${header}\n"1001A,PM2.5\n`, headers: csv, position: { line: 2 } },
    { what: 'CSV without its columns', body: 'station,pollutant,when\n', headers: csv, position: { line: 1 } },
  ])('is refused with its place: $what', async ({ body, headers, position }) => {
    const answer = await post(await start(), { body, headers })
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad-json', status: 400, position } })
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  })

  test.each([
    ['another shape', JSON.stringify([reading])], ['no text', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])], ['nothing', ''],
  ])('is refused as unreadable: %s', async (_, body) => {
    expect(await post(await start(), { body })).toMatchObject({ status: 400, body: { code: 'bad-json' } })
  })

  test('is refused where it claims to be compressed and is not', async () => {
    const answer = await post(await start(), { body: '{"readings":[]}', headers: { ...json, 'Content-Encoding': 'gzip' } })
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad-json' } })
  })

  test.each([
    ['text/plain', {}], ['application/json', { 'Content-Encoding': 'compress' }],
  ])('is refused by its type: %s %o', async (type, more) => {
    expect(await post(await start(), { body: '{}', headers: { 'Content-Type': type, ...more } })).toMatchObject({ status: 415, body: { code: 'wrong-type' } })
  })

  test('is too large past 10,000 readings, as JSON and as CSV', async () => {
    const at = await start()
    const line = '1001A,PM2.5,2022-02-04T19:00:00+08:00,PT1H,48.2,N\n'
    expect(await postReadings(at, Array.from({ length: 10_001 }, () => reading))).toMatchObject({ status: 413, body: { code: 'too-large' } })
    expect(await post(at, { body: `${header}\n${line.repeat(10_001)}`, headers: csv })).toMatchObject({ status: 413, body: { code: 'too-large' } })
    expect(await postReadings(at, Array.from({ length: 10_000 }, () => reading))).toMatchObject({ status: 200, body: { accepted: 10_000 } })
    expect(await post(at, { body: `${header}\n${line.repeat(10_000)}`, headers: csv })).toMatchObject({ status: 200, body: { accepted: 10_000 } })
  })

  test('is too large past 8 MiB, whether it says how long it is or not', async () => {
    const at = await start()
    const long = Buffer.alloc(8 * 1024 * 1024 + 1, 0x20)
    expect(await post(at, { body: long })).toMatchObject({ status: 413, body: { code: 'too-large' } })
    expect(await chunked(at, long)).toMatchObject({ status: 413, body: expect.stringContaining('too-large') as string })
    expect(await post(at, { body: long.subarray(1) })).toMatchObject({ status: 400 })
  })

  test('that is a bomb costs no more memory than an honest one', async () => {
    const at = await start()
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20))
    expect(bomb.length).toBeLessThan(1024 * 1024)
    const before = process.memoryUsage().rss
    expect(await post(at, { body: bomb, headers: { ...json, 'Content-Encoding': 'gzip' } })).toMatchObject({ status: 413, body: { code: 'too-large' } })
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
    expect((await postReadings(at, [reading])).status).toBe(200)
  })
})

/** Without a Content-Length. */
function chunked(at: Running, body: Buffer): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const req = request(`${at.url}/api/readings`, { method: 'POST', headers: { ...bearer(at.source), ...json } }, (res) => {
      let text = ''
      res.setEncoding('utf8').on('data', (part: string) => { text += part }).on('end', () => { resolve({ status: res.statusCode, body: text }) })
    })
    req.on('error', reject)
    for (let i = 0; i < body.length; i += 1_000_000) req.write(body.subarray(i, i + 1_000_000))
    req.end()
  })
}

describe('who may send readings', () => {
  const body = JSON.stringify({ readings: [reading] })
  const send = (at: Running, headers: Record<string, string>): Promise<Answer> =>
    ask(`${at.url}/api/readings`, { method: 'POST', headers: { ...json, ...headers }, body })

  test('nobody without a token, with a wrong one, or with one that was revoked', async () => {
    const at = await start()
    const refused = { status: 401, body: { code: 'no-token' } }
    expect(await send(at, {})).toMatchObject(refused)
    expect(await send(at, bearer('qks_wrong'))).toMatchObject(refused)
    expect(await send(at, { Authorization: 'Basic cTpx' })).toMatchObject(refused)
    expect(await send(at, { Cookie: `qingkong=${at.source}` })).toMatchObject(refused)
    const [token] = at.access.tokens().filter(({ kind }) => kind === 'source')
    at.access.revokeToken(token!.id)
    expect(await send(at, bearer(at.source))).toMatchObject(refused)
  })

  test('no screen and no person', async () => {
    const at = await start()
    const refused = { status: 403, body: { code: 'wrong-role' } }
    expect(await send(at, bearer(at.screen))).toMatchObject(refused)
    expect(await send(at, { Cookie: await at.cookieOf('admin') })).toMatchObject(refused)
  })
})

describe('the answer to a station', () => {
  test('is withheld as long as its readings are not durable', async () => {
    let durable = (): void => undefined
    const at = await start({ ingest: () => new Promise((resolve) => { durable = () => { resolve(good) } }) })
    let answered = false
    const answer = postReadings(at, [reading]).then((found) => { answered = true; return found })
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(answered).toBe(false)
    durable()
    expect((await answer).status).toBe(200)
  })

  test('says when to try again where they cannot be made durable', async () => {
    const answer = await postReadings(await start({ ingest: () => Promise.resolve({ ok: false, code: 'not-durable', detail: 'the disk is full' }) }), [reading])
    expect(answer).toMatchObject({ status: 503, body: { code: 'not-durable', detail: 'the disk is full' } })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('is no during a replay', async () => {
    const at = await start({ ingest: () => Promise.resolve({ ok: false, code: 'replaying', detail: 'a replay is running' }) })
    expect(await postReadings(at, [reading])).toMatchObject({ status: 409, body: { code: 'replaying' } })
  })

  test('asks for patience while the server starts', async () => {
    const at = await start({ readiness: () => ({ ready: false, replay: null }) })
    expect(await postReadings(at, [reading])).toMatchObject({ status: 503, body: { code: 'not-ready' } })
  })
})
