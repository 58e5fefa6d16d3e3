import { writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { writeEvent } from '../../bench/room.ts'
import type { WaysBody } from '../../shared/ways.ts'
import { Device, freePort, upload } from './devices.ts'
import { dataFolder, start } from './server.ts'
import { post, see, until } from './talk.ts'

process.env['HJ212_PASSWORD'] = '123456'
const [STATIONS, SLOW, BROKEN] = [800, 100, 100]
const minute = (i: number): Buffer => upload({ mn: `S${i}`, time: '20220204120000', area: `a34004-Avg=${20 + (i % 50)},a34004-Flag=N` })

/** Sends in pieces with pauses between them. */
async function pieces(device: Device, bytes: Buffer, { size, pause }: { size: number; pause: number }): Promise<void> {
  for (let at = 0; at < bytes.length; at += size) {
    device.send(bytes.subarray(at, at + size))
    await sleep(pause)
  }
}

/** Half a frame, then nothing; or noise without an end, until it is shown out. */
function nuisance(port: number, i: number): () => void {
  const socket = createConnection(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.once('connect', () => { socket.write(i % 2 === 0 ? minute(i).subarray(0, 50) : Buffer.alloc(3_000, '##12x')) })
  return () => { socket.destroy() }
}

test('a thousand lines at once, slow ones and broken ones among them: every good minute is answered, and nobody else waits', { timeout: 90_000 }, async () => {
  const event = path.join(dataFolder(), 'event')
  writeEvent(event, { cities: 10, stations: STATIONS + SLOW }, { hourly: false })
  writeFileSync(path.join(event, 'sources.yaml'), 'sources:\n  - { id: towers, kind: hj212, interval: PT5M, units: ambient, passwordEnv: HJ212_PASSWORD, history: PT0M }\n')
  const port = await freePort()
  const server = await start(['--event', event, '--air', 'silent', '--now', '2022-02-04T12:20:00+08:00', '--speed', '1', '--hj212-port', String(port)])
  const leave = Array.from({ length: BROKEN }, (_, i) => nuisance(port, i))
  const devices = await Promise.all(Array.from({ length: STATIONS + SLOW }, () => Device.at(port)))
  await until('all are connected', async () => (await see<WaysBody>(server, '/api/sources')).body.hj212?.connections === STATIONS + SLOW + BROKEN)
  const sent = devices.map((device, i) => pieces(device, minute(i), i < STATIONS ? { size: 60, pause: 5 } : { size: 2, pause: 10 }))
  const begun = Date.now()
  expect((await post(server, [{ station: 'S0', pollutant: 'PM10', start: '2022-02-04T12:00:00+08:00', period: 'PT5M', value: 9 }])).status, 'others are served meanwhile').toBe(200)
  await Promise.all(sent)
  const answers = await Promise.all(devices.map((device) => device.hears('9014', 1, 30_000)))
  expect(answers.filter((answer) => answer === null)).toEqual([])
  expect(Date.now() - begun).toBeLessThan(60_000)
  const { hj212, sources } = (await see<WaysBody>(server, '/api/sources')).body
  expect(hj212?.readings).toBe(STATIONS + SLOW)
  expect(sources.find(({ id }) => id === 'towers')).toMatchObject({ accepted: STATIONS + SLOW, rejected: {}, withheld: 0 })
  for (const go of leave) go()
  for (const { socket } of devices) socket.destroy()
  await until('nobody is held', async () => (await see<WaysBody>(server, '/api/sources')).body.hj212?.connections === 0)
  await server.stop()
})
