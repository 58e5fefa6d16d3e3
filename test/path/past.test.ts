import { describe, expect, test } from 'vitest'
import type { CityCell, TimelineCell } from '../../shared/air.ts'
import type { Snapshot } from '../../shared/wire.ts'
import { type Running, start } from './server.ts'
import { alertsOf, command, post, see, type Sent, signIn, until } from './talk.ts'

const evaluators = ['1001A', '1003A', '1004A', '1005A', '1006A', '1007A', '1008A', '1009A', '1011A', '1012A']
const hourOf = (hour: string, value: number): Sent[] => evaluators.map((station) => ({ station, pollutant: 'PM2.5', start: `2022-02-04T${hour}:00:00+08:00`, period: 'PT1H', value }))
const ID = 'hour-exceeded:beijing:PM2.5:2022-02-04T19'
const evening = ['--event', 'config/beijing-2022', '--air', 'silent', '--speed', '1', '--now', '2022-02-04T20:12:00+08:00']
const situation = async (server: Running, more = ''): Promise<Snapshot> => (await see<Snapshot>(server, `/api/situation${more}`)).body
const beijing = ({ air }: Snapshot): CityCell => air['city:beijing:PM2.5'] as CityCell

describe('the situation at a past moment', () => {
  test('is what it was: the alerts and what was said of them, and the means of what had come by then', async () => {
    const server = await start(evening)
    await post(server, hourOf('19', 120))
    const duty = await signIn(server, 'duty')
    await until('the alert', async () => (await alertsOf(server)).some(({ id }) => id === ID))
    const then = await situation(server)
    await until('a later instant', async () => (await situation(server)).at > then.at + 1_500)
    expect((await command(`${server.url}/api/alerts/${encodeURIComponent(ID)}/acknowledge`, duty, { occurrence: 1 })).status).toBe(200)
    await post(server, hourOf('19', 20))
    await until('withdrawn', async () => (await situation(server)).room.alerts[ID]?.condition === 'under')
    const at = encodeURIComponent(new Date(then.at).toISOString())
    const past = await situation(server, `?at=${at}`)
    expect([past.at, past.room]).toEqual([then.at, then.room])
    expect([beijing(past).lastHour?.rounded, beijing(await situation(server)).lastHour?.rounded]).toEqual([120, 20])
    expect(past.air['timeline:beijing:PM2.5']).toEqual(then.air['timeline:beijing:PM2.5'])
    expect(past.room.alerts[ID]).toMatchObject({ state: 'unacknowledged', condition: 'over' })
  })

  test('of a moment to come, or of none, is refused in words', async () => {
    const server = await start(evening)
    const said = async (at: string) => (await see<{ code: string; at?: string; detail: string }>(server, `/api/situation?at=${at}`))
    const ahead = await said('2023-01-01')
    expect(ahead).toMatchObject({ status: 400, body: { code: 'not-yet', at: expect.stringMatching(/^2022-02-04T20:1/) as string } })
    expect(ahead.body.detail).not.toContain('asKnownAt')
    expect(await said('yesterday')).toMatchObject({ status: 400, body: { code: 'bad-request' } })
    const before = await said('2022-02-04T20:11:00%2B08:00')
    expect(before).toMatchObject({ status: 404, body: { code: 'before-records', at: expect.stringMatching(/^2022-02-04T20:1\d:00\+08:00$/) as string } })
  })
})

describe('what staff did before the server was killed', () => {
  test('is there after it: a shelf with its end, a note, a station out of service, a handover, each answered before', async () => {
    const server = await start(evening)
    await post(server, hourOf('19', 120))
    const [leader, admin] = [await signIn(server, 'leader'), await signIn(server, 'admin')]
    const about = `${server.url}/api/alerts/${encodeURIComponent(ID)}`
    await until('the alert', async () => (await alertsOf(server)).some(({ id }) => id === ID))
    const answers = [
      await command(`${about}/shelve`, leader, { until: '2022-02-04T22:00:00+08:00', reason: '核实中' }),
      await command(`${about}/comment`, leader, { text: '已通知延庆' }),
      await command(`${server.url}/api/stations/1001A/out-of-service`, admin, { reason: '搬迁', workOrder: 'W-7' }),
      await command(`${server.url}/api/shifts/handover`, leader, { note: '西北风将至', names: [ID] }),
    ]
    await server.kill()
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const again = await start(['--event', 'config/beijing-2022', '--air', 'silent', '--speed', '1'], server.dir)
    const { room, air } = await situation(again)
    // A restart is not news: what came before the room opened is history, not a change after the fact.
    expect((air['timeline:beijing:PM2.5'] as TimelineCell).revised).not.toContain(true)
    expect(room.alerts[ID]).toMatchObject({ shelved: true, notes: [{ by: 'leader', text: '已通知延庆' }] })
    expect(Object.values(room.shelves)).toMatchObject([{ by: 'leader', why: '核实中' }])
    expect([room.outOfService['1001A'], room.handover]).toMatchObject([{ by: 'admin', workOrder: 'W-7' }, { by: 'leader', note: '西北风将至', signed: null }])
  })
})
