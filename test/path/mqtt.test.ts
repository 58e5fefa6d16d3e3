import { createServer, type AddressInfo, type Socket } from 'node:net'
import { Aedes } from 'aedes'
import mqtt, { type MqttClient } from 'mqtt'
import { expect, onTestFinished, test } from 'vitest'
import type { WaysBody } from '../../shared/ways.ts'
import { freePort } from './devices.ts'
import { eventWith, silentAt } from './event.ts'
import { begin, dataFolder, run, type Running, start } from './server.ts'
import { see, until } from './talk.ts'

const raw = async (server: Running, station: string, pollutant = 'PM2.5'): Promise<(number | null)[]> => {
  const { body } = await see<{ points: { value: number | null }[] }>(server, `/api/series?place=station:${station}&pollutant=${pollutant}&average=raw&from=2022-03-08T20:00:00%2B08:00&to=2022-03-08T20:15:00%2B08:00`)
  return body.points.map(({ value }) => value)
}
const reading = (time: string, value: unknown): string => JSON.stringify({ value, start: `2022-03-08T${time}:00+08:00`, period: 'PT5M', flag: 'N' })
const counts = async (server: Running): Promise<WaysBody> => (await see<WaysBody>(server, '/api/sources')).body

/** A broker of somebody else, on a port. */
async function brokerAt(port: number, broker: Aedes): Promise<{ url: string; close: () => Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => { sockets.add(socket); broker.handle(socket) })
  await new Promise<void>((resolve) => { server.listen(port, '127.0.0.1', resolve) })
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => { server.close(resolve) })
  }
  onTestFinished(close)
  return { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

const connected = async (url: string, options: mqtt.IClientOptions = {}): Promise<MqttClient> => {
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 0, ...options })
  client.on('error', () => undefined)
  onTestFinished(() => { client.end(true) })
  return client
}

test('what is published to a broker is a station\'s, by its topic; noise is kept raw; a broker that goes away comes back, and so does what came meanwhile', { timeout: 60_000 }, async () => {
  const broker = await Aedes.createBroker()
  const there = await brokerAt(0, broker)
  const port = Number(new URL(there.url).port)
  const server = await start([...silentAt(eventWith(`id: sensors, kind: mqtt, interval: PT5M, url: "${there.url}", topic: "air/{station}/{pollutant}"`), '2022-03-08T20:20:00'), '--mqtt-port', '0'])
  await until('it listens', async () => (await counts(server)).feeds[0]?.trouble === null)
  const sensor = await connected(there.url)
  await sensor.publishAsync('air/T1/PM2.5', reading('20:00', 48.2), { qos: 1 })
  await sensor.publishAsync('air/T1/pm10', reading('20:00', 90), { qos: 1 })
  await sensor.publishAsync('air/T1/PM2.5', 'hello', { qos: 1 })
  await sensor.publishAsync('air/T9/PM2.5', reading('20:00', 1), { qos: 1 })
  await until('they are there', async () => (await raw(server, 'T1'))[0] === 48.2 && (await raw(server, 'T1', 'PM10'))[0] === 90)
  await until('the rest is counted', async () => { const { feeds, sources } = await counts(server); return feeds[0]?.figures['failed'] === 1 && sources[0]?.rejected['unknown-station'] === 1 })
  await sensor.endAsync()
  await there.close()
  await until('it is told', async () => (await counts(server)).feeds[0]?.trouble !== null)
  await brokerAt(port, broker)
  const again = await connected(`mqtt://127.0.0.1:${port}`)
  await again.publishAsync('air/T1/PM2.5', reading('20:05', 49), { qos: 1 })
  await until('what came meanwhile is there', async () => (await raw(server, 'T1'))[1] === 49, 30_000)
  await server.stop()
})

test('the room\'s own broker confirms a message once it is durable, to whoever holds the source\'s token, and lets nobody listen', { timeout: 60_000 }, async () => {
  const port = await freePort()
  const event = eventWith('id: sensors, kind: mqtt, stations: [T1], interval: PT5M, topic: "air/{station}"', 'id: other, kind: http, interval: PT5M')
  const dir = dataFolder()
  let server = await start([...silentAt(event, '2022-03-08T20:20:00'), '--mqtt-port', String(port)], dir)
  const tokenOf = async (source: string): Promise<string> => /qks_[\w-]+/.exec((await run('token', 'add', '--source', source, '--data', dir, '--event', event)).out)?.[0] ?? ''
  const [token, other] = [await tokenOf('sensors'), await tokenOf('other')]
  const url = `mqtt://127.0.0.1:${port}`
  await expect(mqtt.connectAsync(url, { reconnectPeriod: 0, username: 'x', password: 'wrong' })).rejects.toThrow()
  const sensor = await connected(url, { username: 'sensor', password: token })
  await sensor.publishAsync('air/T1', JSON.stringify({ pm25: 48.2, PM10: 90, battery: 3.7, start: '2022-03-08T20:00:00+08:00', period: 'PT5M' }), { qos: 1 })
  expect([(await raw(server, 'T1'))[0], (await raw(server, 'T1', 'PM10'))[0]]).toEqual([48.2, 90])
  const stranger = await connected(url, { username: 'x', password: other })
  await expect(Promise.race([stranger.publishAsync('air/T1', '{"pm25": 1}', { qos: 1 }), new Promise((_, reject) => { stranger.once('close', () => { reject(new Error('shown out')) }) })])).rejects.toThrow('shown out')
  const listener = await connected(url, { username: 'x', password: token })
  await expect(Promise.race([listener.subscribeAsync('#', { qos: 1 }).then((granted) => { if (granted.every(({ qos }) => (qos as number) === 128)) throw new Error('refused') }), new Promise((_, reject) => { listener.once('close', () => { reject(new Error('shown out')) }) })])).rejects.toThrow()
  await server.kill()
  server = await start(['--event', event, '--air', 'silent', '--speed', '1', '--mqtt-port', String(port)], dir)
  expect((await raw(server, 'T1'))[0], 'what was confirmed is there after a kill -9').toBe(48.2)
  await server.stop()
})

test('simulated sensors fill a room through its own broker', { timeout: 60_000 }, async () => {
  const port = await freePort()
  const event = eventWith('id: sensors, kind: mqtt, interval: PT1M, topic: "air/{station}"')
  const dir = dataFolder()
  const server = await start([...silentAt(event, '2022-03-08T20:00:00', 120), '--mqtt-port', String(port)], dir)
  const token = /qks_[\w-]+/.exec((await run('token', 'add', '--source', 'sensors', '--data', dir, '--event', event)).out)?.[0] ?? ''
  const fleet = begin('simulate', '--event', event, '--to', `mqtt://127.0.0.1:${port}`, '--token', token, '--time', server.url, '--speed', '120', '--history', 'PT3H', '--faults', 'late', 'gaps')
  await until('hours and minutes of them all', async () => ((await counts(server)).sources[0]?.accepted ?? 0) > 6 * 2 * 6, 30_000)
  await fleet.stop()
  await server.stop()
})
