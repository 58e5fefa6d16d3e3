import { closeSync, existsSync, openSync, readFileSync, readSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { dataFolder, refused, run, start } from './server.ts'
import { command, journalOf, post, Screen, signIn, until } from './talk.ts'

const silent = ['--event', 'config/apec-2014', '--air', 'silent']
const evening = '2014-11-10T20:00:00+08:00'

/** Ended with 2 and a sentence, and nothing on standard output. */
async function isRefused(args: readonly string[], word: RegExp): Promise<void> {
  const how = await refused(...args)
  expect(how, args.join(' ')).toMatchObject({ code: 2, out: '' })
  expect(how.err, args.join(' ')).toMatch(word)
  expect(how.err, 'no stack').not.toMatch(/^ +at /m)
}

describe('a start that cannot be', () => {
  test('ends with 2 and a sentence where everybody would be believed to be a proxy', async () => {
    vi.stubEnv('AIR_TRUST_PROXY', 'true')
    onTestFinished(() => { vi.unstubAllEnvs() })
    await isRefused(['--data', dataFolder(), ...silent], /AIR_TRUST_PROXY: "true" is no address of a proxy/)
  })

  test('ends with 2 and a sentence: a folder in use, of another event or air, or with a file missing; options that do not go together', { timeout: 60_000 }, async () => {
    const server = await start([...silent, '--now', evening])
    const data = ['--data', server.dir]
    await isRefused([...data, ...silent], new RegExp(`already served by process ${server.pid}`))
    await server.stop()
    await Promise.all([
      isRefused([...data, '--event', 'config/apec-2014', '--air', 'simulated'], /belongs to the event apec-2014 with silent air, not to .* simulated air/),
      isRefused([...data, '--event', 'test/events/winter-2017', '--air', 'silent'], /belongs to the event apec-2014/),
    ])
    await isRefused([...data, ...silent, '--now', '2014-11-10T19:00:00+08:00'], /--now .* is before /)
    const fresh = ['--data', dataFolder()]
    await Promise.all([
      isRefused([...fresh, ...silent, '--speed', 'max'], /--speed max goes with --replay only/),
      isRefused([...fresh, '--event', 'config/apec-2014', '--air', 'live', '--now', evening], /--now and --speed do not go with --air live/),
      isRefused([...fresh, '--air', 'stormy'], /live, simulated, silent/),
    ])
    await isRefused([...fresh, '--event', 'config/apec-2014', '--air', 'simulated'], /simulated air from 2022-01-01.* only, and apec-2014 is from 2014-11-01/)
    const later = await start([...silent, '--now', '2014-11-11T08:00:00+08:00'], server.dir)
    expect((await post(later, [{ station: '1001A', pollutant: 'PM2.5', start: '2014-11-11T07:00:00+08:00', period: 'PT1H', value: 50 }])).status).toBe(200)
    await later.stop()
    for (const [file, other] of [['journal.sqlite', 'readings.sqlite'], ['readings.sqlite', 'journal.sqlite']] as const) {
      const away = path.join(server.dir, `${file}.away`)
      renameSync(path.join(server.dir, file), away)
      await isRefused([...data, ...silent], new RegExp(`${file} is missing beside ${other}`))
      expect(existsSync(path.join(server.dir, file)), 'no new one in its place').toBe(false)
      renameSync(away, path.join(server.dir, file))
    }
    await (await start([...silent], server.dir)).stop()
  })
})

describe('event time', () => {
  test('goes on after a stop, a kill and a start, and never back', { timeout: 60_000 }, async () => {
    const args = [...silent, '--speed', '600']
    const dir = dataFolder()
    let seen = 0
    for (const end of ['kill', 'stop', 'kill', 'stop'] as const) {
      const server = await start([...args, ...(seen === 0 ? ['--now', evening] : [])], dir)
      const screen = new Screen(server)
      await screen.arrived()
      const first = await until('a tick', () => screen.ticks[0])
      expect(first.at, `after ${end}`).toBeGreaterThanOrEqual(seen)
      expect(first.at - seen, 'nor far ahead').toBeLessThan(seen === 0 ? Infinity : 3 * 3_600_000)
      await sleep(1100)
      seen = screen.ticks.at(-1)?.at ?? 0
      await server[end]()
    }
  })

  test('a restart is not news: no fact, no second account, and what was said before is still there', async () => {
    const server = await start([...silent, '--now', evening, '--speed', '1'])
    const stations = Array.from({ length: 12 }, (_, i) => `10${String(i + 1).padStart(2, '0')}A`)
    await post(server, stations.map((station) => ({ station, pollutant: 'PM2.5', start: '2014-11-10T19:00:00+08:00', period: 'PT1H', value: 120 })))
    const duty = await signIn(server, 'duty')
    const alert = encodeURIComponent('hour-exceeded:beijing:PM2.5:2014-11-10T19')
    expect((await command(`${server.url}/api/alerts/${alert}/acknowledge`, duty, { occurrence: 1 })).status).toBe(200)
    const before = await journalOf(server)
    const screen = new Screen(server)
    const room = await screen.arrived()
    expect((await server.stop()).code).toBe(0)
    const again = await start([...silent, '--speed', '1'], server.dir)
    expect(again.first).toEqual(server.first)
    const later = new Screen(again)
    expect(await later.arrived()).toEqual(room)
    expect(await journalOf(again)).toEqual(before)
    expect(later.told.epoch).not.toBe(screen.told.epoch)
    await again.stop()
  })
})

describe('a journal that was tampered with', () => {
  /** The file with one byte of one fact's text changed; answers how to put it back. */
  function tamper(file: string, text: string): () => void {
    const place = readFileSync(file).indexOf(text)
    expect(place, 'the text is in the file').toBeGreaterThan(0)
    const handle = openSync(file, 'r+')
    const byte = Buffer.alloc(1)
    readSync(handle, byte, 0, 1, place)
    const put = (value: number): void => { writeSync(handle, Buffer.from([value]), 0, 1, place) }
    put((byte[0] ?? 0) ^ 1)
    return () => { put(byte[0] ?? 0); closeSync(handle) }
  }

  test('is found by one changed byte, and by its fact', { timeout: 60_000 }, async () => {
    const server = await start([...silent, '--now', evening, '--speed', '1'])
    const readings = ['1001A', '1002A'].map((station) => ({ station, pollutant: 'PM2.5', start: '2014-11-10T18:00:00+08:00', period: 'PT1H', value: 33.125 }))
    await post(server, readings)
    await post(server, readings.map((one) => ({ ...one, value: 44.25 })))
    const revised = await until('a fact', async () => (await journalOf(server)).find(({ kind }) => kind === 'readings-revised'))
    expect(await run('verify', '--data', server.dir), 'also while the server runs').toMatchObject({ code: 0 })
    await server.stop()
    const restore = tamper(path.join(server.dir, 'journal.sqlite'), '"source":"event"')
    const found = await run('verify', '--data', server.dir)
    restore()
    expect(found.code).toBe(1)
    expect(found.err).toContain(`fact ${revised.seq}:`)
    expect(await run('verify', '--data', server.dir), 'put back').toMatchObject({ code: 0 })
  })
})
