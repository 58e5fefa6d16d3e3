/** Where a real server is given (INFLUX_URL, INFLUX_TOKEN, INFLUX_ORG), the contract runs on it; what is sent and how refusals are read is tried everywhere. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomUUID } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { influx2, openInflux2 } from '../../server/readings/influx2.ts'
import { kept, readingsContract, T0 } from './contract.ts'

const { INFLUX_URL: url = '', INFLUX_TOKEN: token = '', INFLUX_ORG: org = '' } = process.env

/** What was made in somebody's server is taken out of it again. */
async function removeBucket(name: string): Promise<void> {
  const ask = (path: string, method: string): Promise<Response> => fetch(`${url}/api/v2/${path}`, { method, headers: { authorization: `Token ${token}` } })
  const { buckets } = await (await ask(`buckets?org=${encodeURIComponent(org)}&name=${name}`, 'GET')).json() as { buckets: { id: string }[] }
  for (const { id } of buckets) await ask(`buckets/${id}`, 'DELETE')
}

if (url !== '' && token !== '') {
  const made: string[] = []
  readingsContract('the readings store in InfluxDB 2.x', async () => {
    const bucket = `qingkong-test-${randomUUID()}`
    made.push(bucket)
    const opened = await openInflux2({ url, token, org, bucket })
    if (!opened.ok) throw new Error(opened.reason)
    return opened.store
  })
  afterAll(async () => { for (const bucket of made) await removeBucket(bucket) })
} else {
  describe.skip('the readings store in InfluxDB 2.x (skipped: no server; set INFLUX_URL, INFLUX_TOKEN and INFLUX_ORG, and run npm run test:store -- influx2)', () => { test('', () => undefined) })
}

type Asked = { path: string; body: string; token: string }
type Says = (asked: Asked) => { status: number; body?: object | string; headers?: Record<string, string> }

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  return (req.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8')
}

/** A server that answers as it is told to, and remembers what it was asked. */
async function told(says: Says): Promise<{ at: { url: string; token: string; org: string; bucket: string }; asked: Asked[] }> {
  const asked: Asked[] = []
  const server = createServer((req, res) => {
    void bodyOf(req).then((body) => {
      const one = { path: req.url ?? '', body, token: req.headers.authorization ?? '' }
      asked.push(one)
      const { status, body: answer = '', headers = {} } = says(one)
      res.writeHead(status, { 'content-type': typeof answer === 'string' ? 'text/csv' : 'application/json', ...headers })
      res.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  onTestFinished(() => { server.closeAllConnections(); server.close() })
  return { asked, at: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'secret', org: 'city', bucket: 'air' } }
}

describe('what InfluxDB 2.x is sent', () => {
  test('a reading is a point of its own for each revision, with its worth, in one confirmed request', async () => {
    const { at, asked } = await told(() => ({ status: 204 }))
    const answer = await influx2(at).store.ship([kept(), kept({ revision: 2, value: null, validity: 'missing', flag: '', why: 'flag-fault' }), kept({ minutes: 5, pollutant: 'CO', value: 427_000 })])
    expect(answer).toEqual({ ok: true })
    expect(asked).toHaveLength(1)
    expect(asked[0]?.path).toBe('/api/v2/write?org=city&bucket=air&precision=ms')
    expect(asked[0]?.token).toBe('Token secret')
    expect(asked[0]?.body.split('\n')).toEqual([
      `reading_hour,minutes=60,pollutant=PM2.5,revision=1,station=1001A arrived=${T0 + 3_600_000}i,flag="N",source="centre",validity="valid",value=48.2 ${T0}`,
      `reading_hour,minutes=60,pollutant=PM2.5,revision=2,station=1001A arrived=${T0 + 3_600_000}i,flag="",source="centre",validity="missing",why="flag-fault" ${T0}`,
      `reading_part,minutes=5,pollutant=CO,revision=1,station=1001A arrived=${T0 + 3_600_000}i,flag="N",source="centre",validity="valid",value=0.427 ${T0}`,
    ])
  })

  test('twelve thousand readings go in requests of five thousand', async () => {
    const { at, asked } = await told(() => ({ status: 204 }))
    await influx2(at).store.ship(Array.from({ length: 12_000 }, (_, i) => kept({ station: `S${i}` })))
    expect(asked.map(({ body }) => body.split('\n').length).sort()).toEqual([2_000, 5_000, 5_000])
  })

  test.each([
    ['too many requests', { status: 429, headers: { 'retry-after': '7' }, body: { code: 'too many requests', message: 'slow down' } }, { ok: false, refused: false, wait: 7_000, reason: '429 slow down' }],
    ['unavailable', { status: 503, headers: { 'retry-after': '30' }, body: '' }, { ok: false, refused: false, wait: 30_000 }],
    ['a partial write', { status: 400, body: { code: 'invalid', message: 'partial write: field type conflict dropped=1' } }, { ok: false, refused: true }],
    ['a line it cannot take', { status: 422, body: { code: 'unprocessable entity', message: 'outside retention policy' } }, { ok: false, refused: true }],
    ['a token that may not', { status: 401, body: { code: 'unauthorized', message: 'unauthorized access' } }, { ok: false, refused: false, reason: '401 unauthorized access' }],
    ['a broken server', { status: 500, body: '' }, { ok: false, refused: false }],
  ])('%s is told as what it is', async (_, says, wanted) => {
    const { at, asked } = await told(() => says)
    expect(await influx2(at).store.ship([kept()])).toMatchObject(wanted)
    expect(asked, 'the client tries nothing again by itself').toHaveLength(1)
  })

  test('nobody there is a failure that may pass', async () => {
    expect(await influx2({ url: 'http://127.0.0.1:9', token: 't', org: 'o', bucket: 'b' }).store.ship([kept()])).toMatchObject({ ok: false, refused: false })
  })

  test('a bucket that is not there is made, without an end to its retention', async () => {
    const { at, asked } = await told(({ path }) => (path.startsWith('/api/v2/buckets?') ? { status: 404, body: { code: 'not found', message: 'bucket not found' } }
      : path.startsWith('/api/v2/orgs') ? { status: 200, body: { orgs: [{ id: '0a', name: 'city' }] } } : { status: 201, body: { id: '0b' } }))
    expect(await influx2(at).prepare()).toEqual({ ok: true })
    expect(JSON.parse(asked.at(-1)?.body ?? '')).toMatchObject({ orgID: '0a', name: 'air', retentionRules: [] })
  })

  test('a bucket that is there is left as it is', async () => {
    const { at, asked } = await told(() => ({ status: 200, body: { buckets: [{ id: '0b' }] } }))
    expect(await influx2(at).prepare()).toEqual({ ok: true })
    expect(asked).toHaveLength(1)
  })
})

const TABLE = `#datatype,string,long,dateTime:RFC3339,string,string,string,string,long,string,string,string,double,string
#group,false,false,false,true,true,true,true,false,false,false,false,false,false
#default,_result,,,,,,,,,,,,
,result,table,_time,minutes,pollutant,revision,station,arrived,flag,source,validity,value,why
,,0,2022-02-04T12:00:00Z,60,PM2.5,1,1001A,${T0 + 3_600_000},N,centre,valid,48.2,
,,1,2022-02-04T12:00:00Z,60,PM2.5,2,1001A,${T0 + 3_600_000},,centre,missing,,flag-fault

`

test('what InfluxDB 2.x answers is read back as what was kept', async () => {
  const { at, asked } = await told(({ body }) => ({ status: 200, body: body.includes('reading_hour') ? TABLE : '\r\n' }))
  const found = await influx2(at).store.revisions({ station: '1001A', pollutant: 'PM2.5', from: T0, to: T0 + 1 })
  expect(found).toEqual([kept(), kept({ revision: 2, value: null, validity: 'missing', flag: '', why: 'flag-fault' })])
  expect(asked.map(({ path }) => path)).toEqual(['/api/v2/query?org=city', '/api/v2/query?org=city'])
  expect((JSON.parse(asked[0]?.body ?? '') as { query: string }).query).toContain('r["station"] == "1001A"')
})
