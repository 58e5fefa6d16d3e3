import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { ask, type Answer, see } from './talk.ts'
import { run, type Running, start } from './server.ts'

let server: Running
let token = ''
beforeAll(async () => {
  server = await start(['--event', 'test/events/tongues', '--air', 'silent', '--now', '2022-02-04T19:20:00+08:00', '--speed', '1', '--hj212-port', '0'])
  const made = await run('token', 'add', '--source', 'telegraf', '--data', server.dir, '--event', 'test/events/tongues')
  token = /[\w-]{20,}/.exec(made.out)?.[0] ?? ''
})

const seconds = (time: string): number => Date.parse(`2022-02-04T${time}+08:00`) / 1000
const write = (body: string | Uint8Array<ArrayBuffer>, { path = '/api/v2/write?precision=s', headers = { authorization: `Token ${token}` } }: { path?: string; headers?: Record<string, string> } = {}): Promise<Answer<{ code?: string; message?: string; error?: string }>> =>
  ask(`${server.url}${path}`, { method: 'POST', body, headers })
const raw = async (pollutant = 'PM2.5'): Promise<(number | null)[]> => {
  const { body } = await see<{ points: { value: number | null }[] }>(server, `/api/series?place=station:G1&pollutant=${pollutant}&average=raw&from=2022-02-04T18:00:00%2B08:00&to=2022-02-04T18:30:00%2B08:00`)
  return body.points.map(({ value }) => value)
}

test('a Telegraf that points here is answered 204, and its fields are a station\'s readings of the source\'s period', async () => {
  const answer = await write(`air,station=G1,host=box pm25=48.25,PM10=90i,battery=3.7,state="ok, or \\"so\\"" ${seconds('18:02:30')}\nPM2.5,station=gate-1 value=50 ${seconds('18:05:00')}\n`)
  expect([answer.status, answer.text]).toEqual([204, ''])
  expect((await raw()).slice(0, 2)).toEqual([48.25, 50])
  expect((await raw('PM10'))[0]).toBe(90)
})

test.each([
  ['/api/v2/write', 1_000_000_000], ['/api/v2/write?precision=ns', 1_000_000_000], ['/api/v2/write?precision=us', 1_000_000], ['/api/v2/write?precision=ms', 1000],
  ['/write?db=air&precision=s', 1], ['/write?db=air', 1_000_000_000],
])('timestamps of %s', async (path, unit) => {
  const at = BigInt(seconds('18:10:00')) * BigInt(unit)
  const value = path.length + unit % 7
  expect((await write(`air,station=G1 pm25=${value} ${at}`, { path })).status).toBe(204)
  expect((await raw())[2]).toBe(value)
})

test('gzip, 1.x credentials and a password in the query are understood', async () => {
  const line = `air,station=G1 pm25=1 ${seconds('18:15:00')}`
  const basic = `Basic ${Buffer.from(`anyone:${token}`).toString('base64')}`
  expect((await write(gzipSync(line), { headers: { authorization: `Token ${token}`, 'content-encoding': 'gzip' } })).status).toBe(204)
  expect((await write(line, { path: '/write?precision=s', headers: { authorization: basic } })).status).toBe(204)
  expect((await write(line, { path: `/write?precision=s&u=x&p=${token}`, headers: {} })).status).toBe(204)
})

test('a poisoned line costs none beside it, and the answer says which and why', async () => {
  const lines = [`air,station=G1 pm25=61 ${seconds('18:20:00')}`, 'air,station=G1 pm25=', 'cpu,host=a usage=4', 'air,station=NOWHERE pm25=4', 'air pm25=4', 'air,station=T1 pm25=4']
  const answer = await write(lines.join('\n'))
  expect(answer.status).toBe(400)
  expect(answer.body.code).toBe('invalid')
  expect(answer.body.message).toMatch(/^partial write: line 2: unparsable: unable to parse 'air,station=G1 pm25=': invalid field format.* dropped=5$/)
  expect(answer.body.message).toContain('line 4: unknown-station')
  expect(answer.body.message).toContain('line 6: not-your-station')
  expect((await raw())[4]).toBe(61)
  const old = await write(lines.join('\n'), { path: '/write?precision=s' })
  expect([old.status, old.body.error]).toEqual([400, expect.stringContaining('partial write')])
  expect(old.headers.get('x-influxdb-error')).toContain('partial write')
})

test('who may not write is told in InfluxDB\'s own words', async () => {
  const line = 'air,station=G1 pm25=1'
  expect(await write(line, { headers: {} })).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
  expect(await write(line, { headers: { authorization: `Token ${server.first.screenToken}` } })).toMatchObject({ status: 403 })
  expect(await write(line, { headers: { authorization: `Token ${server.first.sourceToken}` } })).toMatchObject({ status: 403, body: { message: expect.stringContaining('line-protocol') as string } })
  expect(await write(line, { path: '/api/v2/write?precision=weeks' })).toMatchObject({ status: 400, body: { message: expect.stringContaining('precision') as string } })
  expect(await write('x'.repeat(9_000_000))).toMatchObject({ status: 413 })
})

test('a 1.x client that makes its database first finds it made, and a ping is answered', async () => {
  expect((await ask(`${server.url}/ping`)).status).toBe(204)
  expect(await write('', { path: '/query?q=CREATE+DATABASE+%22air%22' })).toMatchObject({ status: 200, body: { results: [{ statement_id: 0 }] } })
})
