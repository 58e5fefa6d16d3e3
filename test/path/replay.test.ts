import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import type { Fact } from '../../shared/fact.ts'
import { describeWithShared, sharedFile } from '../setup/shared.ts'
import { dataFolder, refused, run, type Running, start } from './server.ts'
import { alertsOf, ask, journalOf, played, post, see, signIn, until } from './talk.ts'

const event = 'config/apec-2014'

describeWithShared('the air of APEC 2014, replayed through the whole server', () => {
  const file = () => sharedFile('data/uci-beijing/apec-2014.csv.gz')
  const args = () => ['--event', event, '--replay', file(), '--layout', 'uci-beijing', '--speed', 'max']
  let report = ''
  let whole: Fact[] = []
  beforeAll(async () => {
    const made = await run('report', '--event', event, '--readings', file(), '--layout', 'uci-beijing')
    expect(made).toMatchObject({ code: 0 })
    report = made.out
  })

  const exceeded = [
    'day-exceeded:beijing:PM2.5:2014-11-04',
    ...['00', '01', '19', '20', '21', '22', '23'].map((hour) => `hour-exceeded:beijing:PM2.5:2014-11-10T${hour}`),
  ]
  const reportOf = async (server: Running): Promise<string> => (await see(server, '/api/report')).text
  const exceededOf = async (server: Running): Promise<string[]> =>
    (await alertsOf(server, '?state=all')).filter(({ kind }) => kind.endsWith('-exceeded')).map(({ id }) => id).sort()

  test('a server gives the very report that the command makes of the same file, and no reading comes in meanwhile', { timeout: 120_000 }, async () => {
    const server = await start(args())
    const during = await post(server, [{ station: '1001A', pollutant: 'PM2.5', start: '2014-11-01T00:00:00+08:00', period: 'PT1H', value: 900 }])
    expect(during).toMatchObject({ status: 409, body: { code: 'replaying' } })
    await played(server)
    expect(await reportOf(server)).toBe(report)
    const asAdmin = await ask(`${server.url}/api/report`, { headers: { cookie: await signIn(server, 'admin') } })
    expect(asAdmin.text).toBe(report)
    expect(await exceededOf(server)).toEqual(exceeded)
    whole = await journalOf(server)
    const stood = (await ask<{ replay: { at: string } }>(`${server.url}/readyz`)).body.replay.at
    expect((await server.stop()).code).toBe(0)

    const again = await start(args(), server.dir)
    await played(again)
    expect(await reportOf(again)).toBe(report)
    expect(await journalOf(again)).toEqual(whole)
    expect(await exceededOf(again)).toEqual(exceeded)
    expect((await ask<{ replay: { at: string } }>(`${again.url}/readyz`)).body.replay.at, 'the clock stands where it stood').toBe(stood)
    await again.stop()

    for (const [other, word] of [
      [['--event', event, '--replay', file(), file(), '--layout', 'uci-beijing', '--speed', 'max'], 'of the files'],
      [['--event', event, '--air', 'silent'], 'silent'],
      [['--event', 'test/events/winter-2017', '--replay', file(), '--layout', 'uci-beijing'], 'winter-2017'],
    ] as const) {
      const how = await refused('--data', server.dir, ...other)
      expect(how).toMatchObject({ code: 2, out: '' })
      expect(how.err).toContain('belongs to the event apec-2014 with replay air')
      expect(how.err).toContain(word)
    }
  })

  /** What an alert's life was, without numbers and hashes. */
  const lives = (facts: readonly Fact[]): string[] =>
    facts.filter((fact) => 'alert' in fact).map((fact) => `${fact.id} at ${fact.at}`).sort()

  test('a replay killed again and again in its middle comes to the same report and the same alerts', { timeout: 240_000 }, async () => {
    const dir = dataFolder()
    const reached = [0]
    for (let kills = 0; kills < 3; kills++) {
      const server = await start(args(), dir)
      const state = async () => (await ask<{ replay: { at: string; done: boolean } }>(`${server.url}/readyz`)).body.replay
      const begun = Date.parse((await state()).at)
      expect(begun, 'a restart goes on from the last durable instant').toBeGreaterThanOrEqual(reached.at(-1) ?? 0)
      await until('it plays', async () => Date.parse((await state()).at) > begun, 60_000)
      await sleep(200 * Math.random())
      const { at, done } = await state()
      expect(done, 'killed in its middle').toBe(false)
      reached.push(Date.parse(at))
      await server.kill()
    }
    const politely = await start(args(), dir)
    await sleep(200)
    expect(await politely.stop(), 'stopped in its middle').toMatchObject({ code: 0 })
    const server = await start(args(), dir)
    await played(server)
    expect(await reportOf(server)).toBe(report)
    if (whole.length === 0) {
      const other = await start(args())
      await played(other)
      whole = await journalOf(other)
    }
    expect(lives(await journalOf(server))).toEqual(lives(whole))
    await server.stop()
    expect(await run('verify', '--data', dir)).toMatchObject({ code: 0 })
  })
})
