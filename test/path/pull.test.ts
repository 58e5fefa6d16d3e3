import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { FeedBody, WaysBody } from '../../shared/ways.ts'
import { eventWith, silentAt } from './event.ts'
import { dataFolder, refused, type Running, start } from './server.ts'
import { journalOf, see, until } from './talk.ts'

type Says = { status: number; body?: string; headers?: Record<string, string> }
type Feed = { url: string; host: string; asked: IncomingMessage[]; says: (req: URL) => Says }

/** A city's feed of hourly values, as a real one answers. */
async function feed(says: Feed['says']): Promise<Feed> {
  const made: Feed = { url: '', host: '', asked: [], says }
  const server = createServer((req, res) => {
    made.asked.push(req)
    const { status, body = '', headers = {} } = made.says(new URL(req.url ?? '', 'http://x'))
    res.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  onTestFinished(() => { server.closeAllConnections(); server.close() })
  made.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  made.url = `http://${made.host}`
  return made
}

/** Hours of two stations between `from` and `to`, in the canonical layout. */
function hours(url: URL): string {
  const [from, to] = ['from', 'to'].map((name) => Date.parse(url.searchParams.get(name) ?? ''))
  const rows = ['station,pollutant,start,period,value,flag']
  for (let at = from ?? 0; at < (to ?? 0); at += 3_600_000) for (const id of ['T1', 'T2']) rows.push(`${id},PM2.5,${new Date(at).toISOString()},PT1H,${40 + (at / 3_600_000) % 7},N`)
  return `${rows.join('\n')}\n`
}
const pull = (url: string, more = ''): string => `id: city, kind: pull, stations: [T1, T2, T3], interval: PT1H, format: csv, url: "${url}", every: PT10M, again: PT1H, catchUp: P1D${more}`
const stateOf = async (server: Running): Promise<FeedBody | undefined> => (await see<WaysBody>(server, '/api/sources')).body.feeds.find(({ id }) => id === 'city')
async function got(server: Running, station = 'T1'): Promise<string[]> {
  const { body } = await see<{ points: { start: string; value: number | null; revision: number }[] }>(server, `/api/series?place=station:${station}&pollutant=PM2.5&average=hour&from=2022-03-07T00:00:00%2B08:00&to=2022-03-10T00:00:00%2B08:00`)
  return body.points.filter(({ value }) => value !== null).map(({ start: at, revision }) => `${at.slice(5, 13)} ${revision}`)
}

test('a feed is asked for its hours by schedule; who is not in it is told apart from who was refused', async () => {
  const city = await feed((url) => ({ status: 200, body: `${hours(url)}NOBODY,PM2.5,2022-03-08T10:00:00Z,PT1H,1,N\n` }))
  const server = await start(silentAt(eventWith(pull(`${city.url}/?from={from}&to={to}`)), '2022-03-08T20:10:00', 600))
  await until('a day of hours', async () => (await got(server)).length >= 24)
  await until('the schedule asks again', () => city.asked.length >= 3, 30_000)
  expect(await stateOf(server)).toMatchObject({ kind: 'pull', trouble: null, absent: ['T3'] })
  const counts = (await see<WaysBody>(server, '/api/sources')).body.sources.find(({ id }) => id === 'city')
  expect(counts?.rejected['unknown-station']).toBeGreaterThan(0)
  expect((await got(server)).every((each) => each.endsWith(' 1')), 'what is asked for again is no revision').toBe(true)
})

test('a feed that is away for a day gives one notice; when it is back every hour is there, each once, and a restart changes nothing', { timeout: 120_000 }, async () => {
  const city = await feed((url) => ({ status: 200, body: hours(url) }))
  const event = eventWith(pull(`${city.url}/?from={from}&to={to}`).replace('P1D', 'P4D'))
  const dir = dataFolder()
  const args = silentAt(event, '2022-03-07T20:10:00', 6000)
  let server = await start(args, dir)
  await until('the day before', async () => (await got(server)).length >= 20)
  const good = city.says
  city.says = () => ({ status: 503, headers: { 'retry-after': '1' } })
  await until('the outage is told', async () => (await stateOf(server))?.trouble?.startsWith('503'), 30_000)
  await until('a notice', async () => (await journalOf(server)).some(({ kind }) => kind === 'data-notice'), 30_000)
  await until('most of a day is over', async () => Date.parse((await see<WaysBody>(server, '/api/sources')).body.at) > Date.parse('2022-03-08T18:00:00+08:00'), 90_000)
  await server.kill()
  server = await start(['--event', event, '--air', 'silent', '--speed', '6000'], dir)
  await until('it fails again', async () => ((await stateOf(server))?.figures['failures'] ?? 0) >= 3, 30_000)
  city.says = good
  await until('complete hours', async () => {
    const found = await got(server)
    const last = found.at(-1)?.slice(0, 8) ?? ''
    return last >= '03-08T18' && (await stateOf(server))?.trouble === null ? found : null
  }, 30_000)
  const found = await got(server)
  const first = Date.parse(`2022-${found[0]?.slice(0, 8) ?? ''}:00:00+08:00`)
  const last = Date.parse(`2022-${found.at(-1)?.slice(0, 8) ?? ''}:00:00+08:00`)
  expect(found).toHaveLength((last - first) / 3_600_000 + 1)
  expect(found.every((each) => each.endsWith(' 1'))).toBe(true)
  expect((await journalOf(server)).filter((fact) => fact.kind === 'data-notice' && fact.reason.code === 'source-failed')).toHaveLength(1)
  await server.stop()
})

test('a feed may send on to hosts that are listed and to no others, and another host hears no secret', async () => {
  process.env['CITY_KEY'] = 'secret-7'
  const other = await feed((url) => ({ status: 200, body: hours(url) }))
  const city = await feed((url) => ({ status: 302, headers: { location: `${other.url}${url.pathname}${url.search}` } }))
  const url = `${city.url}/?from={from}&to={to}`
  const strict = await start(silentAt(eventWith(pull(url, ', headers: { X-API-Key: { env: CITY_KEY } }')), '2022-03-08T20:10:00', 60))
  await until('it is refused', async () => (await stateOf(strict))?.trouble?.includes('none of the hosts that are allowed'))
  expect([other.asked.length, city.asked[0]?.headers['x-api-key']]).toEqual([0, 'secret-7'])
  await strict.stop()
  const listed = await start(silentAt(eventWith(pull(url, `, headers: { X-API-Key: { env: CITY_KEY } }, hosts: ["${other.host}"]`)), '2022-03-08T20:10:00', 60))
  await until('it is followed', async () => (await got(listed)).length >= 24)
  expect(other.asked.every(({ headers }) => headers['x-api-key'] === undefined)).toBe(true)
  await listed.stop()
  process.env['CITY_KEY'] = ''
  expect(await refused(...silentAt(eventWith(pull(url, ', headers: { X-API-Key: { env: CITY_KEY } }')), '2022-03-08T20:10:00'), '--data', dataFolder()))
    .toMatchObject({ code: 2, err: expect.stringContaining('source city: the environment variable CITY_KEY is not set') as string })
})

test('one document is asked for with its mark, and not read again while it is unchanged', async () => {
  const city = await feed(() => ({ status: 200, headers: { etag: '"v1"' }, body: 'station,pollutant,start,period,value,flag\nT1,PM2.5,2022-03-08T18:00:00+08:00,PT1H,33,N\n' }))
  const server = await start(silentAt(eventWith(pull(`${city.url}/latest.csv`)), '2022-03-08T20:10:00', 600))
  await until('it is taken', async () => (await got(server)).length === 1)
  city.says = () => ({ status: city.asked.at(-1)?.headers['if-none-match'] === '"v1"' ? 304 : 500 })
  await until('it is asked again', () => city.asked.length >= 3, 20_000)
  expect((await stateOf(server))?.trouble).toBeNull()
  await server.stop()
})

test.each([
  ['an answer that is none', { status: 200, body: 'hello' }, 'the answer cannot be read: line 1: the header lacks'],
  ['an answer without a key', { status: 401, body: 'no key' }, '401 Unauthorized no key'],
])('%s is a feed in trouble, with its own words', async (_, says, wanted) => {
  const city = await feed(() => says)
  const server = await start(silentAt(eventWith(pull(`${city.url}/?from={from}&to={to}`)), '2022-03-08T20:10:00', 60))
  await until('it is told', async () => (await stateOf(server))?.trouble?.includes(wanted))
  await server.stop()
})
