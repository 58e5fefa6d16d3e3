import { beforeAll, expect, test } from 'vitest'
import type { WaysBody } from '../../shared/ways.ts'
import { freePort } from './devices.ts'
import { begin, type Running, start } from './server.ts'
import { journalOf, see, until } from './talk.ts'

process.env['HJ212_PASSWORD'] = '123456'
const event = 'test/events/towers'
let server: Running
let port = 0
beforeAll(async () => {
  port = await freePort()
  server = await start(['--event', event, '--air', 'silent', '--now', '2022-03-08T20:00:00+08:00', '--speed', '120', '--hj212-port', String(port)])
})
const ways = async (): Promise<WaysBody> => (await see<WaysBody>(server, '/api/sources')).body

test('simulated devices fill a room over their own protocol, and what breaks on the way costs nothing that was answered', { timeout: 120_000 }, async () => {
  const fleet = begin('simulate', '--event', event, '--to', `hj212://127.0.0.1:${port}`, '--time', server.url, '--every', 'PT1M', '--speed', '120', '--history', 'PT24H', '--faults', 'corrupt', 'repeat', 'fireworks', 'slip')
  await until('a day of hours and some minutes of all six', async () => ((await ways()).hj212?.readings ?? 0) > 6 * 2 * 30, 60_000)
  await until('a frame that broke', async () => Object.keys((await ways()).hj212?.failures ?? {}).length > 0, 60_000)
  const { hj212, sources } = await ways()
  expect(hj212?.devices.map(({ station, connected }) => `${station} ${connected}`).sort()).toEqual([1, 2, 3, 4, 5, 6].map((i) => `T${i} true`))
  expect(sources.find(({ id }) => id === 'towers')?.unchanged).toBeGreaterThan(0)
  const { body } = await see<{ points: { value: number | null }[] }>(server, '/api/series?place=city:town&pollutant=PM2.5&average=hour&from=2022-03-08T00:00:00%2B08:00&to=2022-03-08T20:00:00%2B08:00')
  expect(body.points.every(({ value }) => value !== null)).toBe(true)
  await fleet.stop()
  expect((await journalOf(server)).length).toBeGreaterThan(0)
})
