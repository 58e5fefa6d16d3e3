import { rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { HeaderCell } from '../../shared/air.ts'
import type { WaysBody } from '../../shared/ways.ts'
import { Device, freePort, upload } from './devices.ts'
import { run, start } from './server.ts'
import { fill, smallDisk } from './small-disk.ts'
import { alertsOf, command, journalOf, post, Screen, see, signIn, until } from './talk.ts'

const disk = smallDisk(8)
const stations = Array.from({ length: 12 }, (_, i) => `10${String(i + 1).padStart(2, '0')}A`)
const hour = (start: string, value: number) =>
  stations.map((station) => ({ station, pollutant: 'PM2.5', start: `2014-11-10T${start}:00:00+08:00`, period: 'PT1H', value }))
const alertId = (start: string): string => `hour-exceeded:beijing:PM2.5:2014-11-10T${start}`
const withheld = { status: 503, body: { code: 'not-durable' } }

describe.skipIf(disk === null)(disk === null ? 'a full disk (skipped: only root can mount a small one)' : 'a full disk', () => {
  test('withholds the reply but not the alert; with room again everything is kept, nothing lost and nothing twice', { timeout: 90_000 }, async () => {
    const dir = path.join(disk ?? '', 'data')
    const args = ['--event', 'config/apec-2014', '--air', 'silent', '--speed', '1']
    const server = await start([...args, '--now', '2014-11-10T20:12:00+08:00'], dir)
    const screen = new Screen(server)
    await screen.arrived()
    const duty = await signIn(server, 'duty')
    const header = (): HeaderCell => screen.air['header'] as HeaderCell
    expect((await post(server, hour('17', 50))).status).toBe(200)
    expect(header().durable).toBe(true)

    const filler = path.join(disk ?? '', 'filler')
    fill(filler)
    const answer = await post(server, hour('19', 120))
    expect(answer).toMatchObject(withheld)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    await until('the alert on the wall', () => screen.room?.alerts[alertId('19')], 1000)
    await until('the lamp on the wall', () => !header().durable, 3000)
    expect(await post(server, hour('18', 110))).toMatchObject(withheld)
    const raised = await until('the second alert', () => screen.facts.find((fact) => fact.kind === 'alert-raised' && fact.alert === alertId('18')), 1000)
    expect(raised.durable).toBe(false)
    const acknowledge = () => command<{ code?: string; by?: string }>(`${server.url}/api/alerts/${encodeURIComponent(alertId('19'))}/acknowledge`, duty, { occurrence: 1 })
    const refused = await acknowledge()
    expect(refused).toMatchObject(withheld)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await alertsOf(server)).find(({ id }) => id === alertId('19'))).toMatchObject({ state: 'unacknowledged', acknowledged: null })
    expect(await post(server, hour('19', 120)), 'a resend of what is shown already').toMatchObject(withheld)

    rmSync(filler)
    await until('the lamp is out', () => header().durable, 20_000)
    for (const [start, value] of [['19', 120], ['18', 110]] as const)
      expect(await post(server, hour(start, value)), 'the station sends again').toMatchObject({ status: 200, body: { accepted: 0, unchanged: 12, revised: 0, rejected: [] } })
    expect(await acknowledge()).toMatchObject({ status: 200, body: { by: 'duty' } })
    const before = await journalOf(server)
    await server.kill()

    expect(await run('verify', '--data', dir)).toMatchObject({ code: 0 })
    const again = await start(args, dir)
    expect(await journalOf(again)).toEqual(before)
    for (const id of [alertId('18'), alertId('19')]) expect(before.filter((fact) => fact.kind === 'alert-raised' && fact.alert === id), id).toHaveLength(1)
    expect(before.filter((fact) => fact.kind === 'alert-acknowledged')).toHaveLength(1)
    for (const station of stations) {
      const { body } = await see<{ points: { value: number; revision: number }[] }>(again, `/api/series?place=station:${station}&pollutant=PM2.5&average=raw&from=2014-11-10&to=2014-11-11`)
      expect(body.points.map(({ value, revision }) => [value, revision]), station).toEqual([[50, 1], [110, 1], [120, 1]])
    }
    await again.stop()
  })

  test('lets nobody in with a session that it cannot keep, says why, and lets them in once there is room', { timeout: 60_000 }, async () => {
    const dir = path.join(disk ?? '', 'other')
    const server = await start(['--event', 'config/apec-2014', '--air', 'silent', '--speed', '1', '--now', '2014-11-10T20:12:00+08:00'], dir)
    const filler = path.join(disk ?? '', 'filler')
    fill(filler)
    for (let tries = 0; tries < 3; tries++) await expect(signIn(server, 'duty')).rejects.toThrow(/"status":503,"code":"not-durable"/)
    rmSync(filler)
    expect(await signIn(server, 'duty')).toMatch(/^qingkong=/)
    await server.stop()
  })
})

describe.skipIf(disk === null)(disk === null ? 'devices and a full disk (skipped: only root can mount a small one)' : 'devices and a full disk', () => {
  test('a device is not answered while its hour cannot be kept; once there is room, what it sends again is kept once', { timeout: 90_000 }, async () => {
    process.env['TOWERS_PW'] = '123456'
    const [place, port] = [smallDisk(8) ?? '', await freePort()]
    const server = await start(['--event', 'test/events/tongues', '--air', 'silent', '--speed', '1', '--now', '2022-02-04T19:20:00+08:00', '--hj212-port', String(port)], path.join(place, 'data'))
    const device = await Device.at(port)
    const send = (value: number): void => { device.send(upload({ mn: 'A110000000000000000000B1', cn: '2061', time: '20220204180000', area: `a34004-Avg=${value},a34004-Flag=N` })) }
    const filler = path.join(place, 'filler')
    fill(filler)
    send(120)
    expect(await device.hears('9014', 1, 1_500)).toBeNull()
    const ways = async (): Promise<WaysBody> => (await see<WaysBody>(server, '/api/sources')).body
    expect((await ways()).hj212?.withheld).toBe(1)
    rmSync(filler)
    await until('the device is answered', async () => { send(120); return await device.hears('9014', 1, 500) !== null }, 20_000)
    const { body } = await see<{ points: { value: number; revision: number }[] }>(server, '/api/series?place=station:T1&pollutant=PM2.5&average=hour&from=2022-02-04T18:00:00%2B08:00&to=2022-02-04T19:00:00%2B08:00')
    expect(body.points).toMatchObject([{ value: 120, revision: 1 }])
    await server.stop()
  })
})
