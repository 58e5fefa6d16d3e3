import { beforeAll, describe, expect, test } from 'vitest'
import type { WaysBody } from '../../shared/ways.ts'
import { openInflux1 } from '../../server/readings/influx1.ts'
import type { KeptReading } from '../../shared/reading.ts'
import { describeWithInflux, type Influxd, influxd } from '../setup/influx.ts'
import { all } from '../readings/contract.ts'
import { dataFolder, refused, type Running, start } from './server.ts'
import { post, see, type Sent, until } from './talk.ts'

const event = 'test/events/tongues'
const resumed = ['--event', event, '--air', 'silent', '--speed', '1', '--hj212-port', '0']
const args = [...resumed, '--now', '2022-02-10T19:20:00+08:00']
const ways = async (server: Running): Promise<WaysBody> => (await see<WaysBody>(server, '/api/sources')).body
const hours = (from: number, count: number): Sent[] => Array.from({ length: count }, (_, i) =>
  ({ station: 'G1', pollutant: 'PM2.5', start: new Date(Date.UTC(2022, 1, 1) + (from + i) * 3_600_000).toISOString(), period: 'PT1H', value: from + i }))

describeWithInflux('a room that keeps its readings in InfluxDB as well', () => {
  let far: Influxd
  const database = 'room'
  beforeAll(async () => {
    far = await influxd()
    Object.assign(process.env, { INFLUX_URL: far.url, INFLUX_DATABASE: database })
  })
  const found = async (): Promise<KeptReading[]> => {
    const opened = await openInflux1({ url: far.url, database })
    if (!opened.ok) throw new Error(opened.reason)
    return all(opened.store)
  }

  test('loses and doubles nothing that it answered: with the database away, and killed at any moment', { timeout: 120_000 }, async () => {
    const dir = dataFolder()
    let answered = 0
    for (let round = 0; round < 4; round += 1) {
      const server = await start([...(round === 0 ? args : resumed), '--store', 'influx1'], dir)
      if (round === 1) await far.kill()
      for (let i = 0; i < 10; i += 1) {
        const { status, body } = await post(server, hours(answered, 4))
        expect([status, body.accepted]).toEqual([200, 4])
        answered += 4
      }
      if (round === 1) await until('it says so', async () => { const { shipping } = await ways(server); return shipping !== null && shipping.failing !== null && shipping.owed > 0 })
      if (round === 2) await far.start()
      await (round === 3 ? until('all is there', async () => (await found()).length === answered, 30_000) : Promise.resolve())
      if (round === 3) await until('nothing waits', async () => { const { shipping } = await ways(server); return shipping?.owed === 0 && shipping.failing === null })
      await server.kill()
    }
    expect((await found()).map(({ value }) => (value ?? 0) / 1e6)).toEqual(Array.from({ length: answered }, (_, i) => i))
  })
})

describe('a start that names a database it cannot have', () => {
  test.each([
    ['influx2', { INFLUX_TOKEN: '' }, '--store influx2 needs the environment variable INFLUX_TOKEN'],
    ['influx1', { INFLUX_DATABASE: 'a', INFLUX_URL: 'nowhere' }, 'INFLUX_URL: "nowhere" is no address'],
    ['influx1', { INFLUX_DATABASE: 'a', INFLUX_URL: 'http://u:secret@127.0.0.1:8086' }, 'INFLUX_URL has a name or password in it'],
  ])('%s with %j', async (store, env, wanted) => {
    const before = { ...process.env }
    Object.assign(process.env, env)
    const ended = await refused(...args, '--data', dataFolder(), '--store', store)
    for (const name of Object.keys(env)) process.env[name] = before[name] ?? ''
    expect([ended.code, ended.err]).toEqual([2, expect.stringContaining(wanted)])
  })
})
