import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { WaysBody } from '../../shared/ways.ts'
import { Device, freePort, upload } from './devices.ts'
import { dataFolder, refused, type Running, start } from './server.ts'
import { alertsOf, see, until } from './talk.ts'

const event = 'test/events/tongues'
const MN = 'A110000000000000000000B1'
process.env['TOWERS_PW'] = '123456'
const at = (time: string): string[] => ['--event', event, '--air', 'silent', '--now', `${time}+08:00`, '--speed', '1']
const ways = async (server: Running): Promise<WaysBody> => (await see<WaysBody>(server, '/api/sources')).body
const valuesOf = async (server: Running, station: string, average = 'hour'): Promise<(number | null)[]> => {
  const { body } = await see<{ points: { value: number | null }[] }>(server, `/api/series?place=station:${station}&pollutant=PM2.5&average=${average}&from=2022-02-04T18:00:00%2B08:00&to=2022-02-04T19:00:00%2B08:00`)
  return body.points.map(({ value }) => value)
}

describe('devices on their line', () => {
  let server: Running
  let port = 0
  beforeAll(async () => {
    port = await freePort()
    server = await start([...at('2022-02-04T19:20:00'), '--hj212-port', String(port)])
  })

  test('a device\'s minutes are on the wall\'s figures once it is answered, by its station\'s units', async () => {
    const one = await Device.at(port)
    const two = await Device.at(port)
    one.send(upload({ mn: MN, time: '20220204180000', area: 'a34004-Avg=48.2,a34004-Flag=N' }))
    two.send(upload({ mn: 'TOWER2', time: '20220204180000', area: 'a34004-Avg=48200,a34004-Flag=N' }))
    expect((await one.hears('9014'))?.[0]).toBe(`QN=20220204180000001;ST=91;CN=9014;PW=123456;MN=${MN};Flag=4;CP=&&&&`)
    await two.hears('9014')
    expect([(await valuesOf(server, 'T1', 'raw'))[0], (await valuesOf(server, 'T2', 'raw'))[0]]).toEqual([48.2, 48.2])
    expect((await ways(server)).hj212).toMatchObject({ registered: 3, devices: [{ mn: MN, station: 'T1', connected: true }, { mn: 'TOWER2', station: 'T2' }] })
  })

  test('hours that nobody heard are asked for, and taken when they come', async () => {
    const device = await Device.at(port)
    device.send(upload({ mn: 'T2', time: '20220204192000', area: '', cn: '9015' }))
    expect(await device.hears('2061', 1, 300), 'TOWER2 is the only number of T2').toBeNull()
    const known = await Device.at(port)
    known.send(upload({ mn: 'TOWER2', time: '20220204192000', area: '', cn: '9015' }))
    const request = (await known.hears('2061'))?.[0] ?? ''
    expect(request).toContain('BeginTime=20220204180000;EndTime=20220204180000')
    const qn = /QN=(\d+)/.exec(request)?.[1] ?? ''
    known.send(upload({ mn: 'TOWER2', time: '20220204180000', area: 'a34004-Avg=91000', cn: '2061', qn }))
    await known.hears('9014', 2)
    expect(await valuesOf(server, 'T2')).toEqual([91])
  })

  test('the same frame again is answered again and kept once', async () => {
    const device = await Device.at(port)
    for (let i = 0; i < 5; i += 1) device.send(upload({ mn: MN, time: '20220204180500', area: 'a34004-Avg=50' }))
    expect(await device.hears('9014', 5)).toHaveLength(5)
    const towers = (await ways(server)).sources.find(({ id }) => id === 'towers')
    expect(towers?.unchanged).toBeGreaterThanOrEqual(4)
  })

  test('strangers, wrong passwords and noise are counted, kept raw and answered nothing, while others are served', async () => {
    const stranger = await Device.at(port)
    stranger.send(Buffer.concat([Buffer.from('GET / HTTP/1.1\r\n\r\n'), upload({ mn: 'NOBODY', time: '20220204181000', area: 'a34004-Avg=1' }), upload({ mn: MN, time: '20220204181000', area: 'a34004-Avg=1', pw: 'wrong' })]))
    stranger.send(upload({ mn: MN, time: '20220204181000', area: 'a34004-Avg=52' }))
    expect(await stranger.hears('9014')).toHaveLength(1)
    const { hj212 } = await ways(server)
    expect(hj212).toMatchObject({ failures: { 'no-frame': 1, 'unknown-device': 2, password: 1 }, unkept: 0 })
    expect(hj212?.unknown.map(({ mn, reason }) => `${mn} ${reason}`)).toEqual(['T2 unknown-device', 'NOBODY unknown-device', `${MN} password`])
    const lines = await until('the failed frames are on the disk', () => {
      const kept = readFileSync(path.join(server.dir, 'failed/hj212.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { reason: string; raw: string })
      return kept.length >= 4 ? kept : null
    })
    expect(Buffer.from(lines.find(({ reason }) => reason === 'no-frame')?.raw ?? '', 'hex').toString()).toBe('GET / HTTP/1.1\r\n\r\n')
    expect((await valuesOf(server, 'T1', 'raw'))[2]).toBe(52)
  })

  test('a city over its limit by its devices\' hours has its alert', async () => {
    const device = await Device.at(port)
    device.send(upload({ mn: MN, time: '20220204180000', area: 'a34004-Avg=92', cn: '2061' }))
    await device.hears('9014')
    expect((await until('the alert', async () => (await alertsOf(server)).find(({ kind }) => kind === 'hour-exceeded')))).toMatchObject({ place: 'town', limit: 75 })
  })
})

test('a device without the password that its environment variable should hold is no start, and the line says which', async () => {
  delete process.env['TOWERS_PW']
  const ended = await refused(...at('2022-02-04T19:20:00'), '--data', dataFolder(), '--hj212-port', String(await freePort()))
  process.env['TOWERS_PW'] = '123456'
  expect([ended.code, ended.err]).toEqual([2, expect.stringContaining('source towers: the environment variable TOWERS_PW is not set')])
})

test('a port that is taken is no start', async () => {
  const port = await freePort()
  const first = await start([...at('2022-02-04T19:20:00'), '--hj212-port', String(port)])
  const ended = await refused(...at('2022-02-04T19:20:00'), '--data', dataFolder(), '--hj212-port', String(port))
  expect([ended.code, ended.err]).toEqual([2, expect.stringContaining(`cannot listen for HJ 212 on 127.0.0.1:${port}`)])
  await first.stop()
})

test('--hj212-port 0 starts without the line', async () => {
  const server = await start([...at('2022-02-04T19:20:00'), '--hj212-port', '0'])
  expect((await ways(server)).hj212).toBeNull()
})
