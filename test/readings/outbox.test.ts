import path from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Answer } from '../../server/readings/influx/driver.ts'
import { influx1, openInflux1 } from '../../server/readings/influx1.ts'
import { type Far, Shipper } from '../../server/readings/outbox.ts'
import { openSqliteReadings, type SqliteStore } from '../../server/readings/sqlite.ts'
import type { KeptReading } from '../../shared/reading.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import { emptyFolder } from '../setup/folder.ts'
import { describeWithInflux, type Influxd, influxd } from '../setup/influx.ts'
import { until } from '../path/talk.ts'
import { all, kept, T0 } from './contract.ts'

async function open(file = path.join(emptyFolder(), 'readings.sqlite'), ships = true): Promise<SqliteStore> {
  const opened = await openSqliteReadings(file, { ships })
  if (!opened.ok) throw new Error(opened.reason)
  onTestFinished(() => opened.store.close())
  return opened.store
}

type Aside = { station: string; reason: string }
function shipper(outbox: SqliteStore, far: Far): { shipper: Shipper; aside: Aside[]; changes: (string | null)[] } {
  const [aside, changes]: [Aside[], (string | null)[]] = [[], []]
  const started = new Shipper({ outbox, far, setAside: ({ station }, reason) => { aside.push({ station, reason }) }, onChange: (failing) => { changes.push(failing) } })
  onTestFinished(() => started.stop())
  return { shipper: started, aside, changes }
}
const nothingOwed = (of: Shipper, within = 20_000): Promise<boolean> => until('all is shipped', async () => (await of.state()).readings === 0 && (await of.state()).failing === null, within)

/** A far end that answers as it is told to. */
function pretended(answer: (readings: readonly KeptReading[]) => Answer): Far & { got: KeptReading[]; calls: number } {
  const far = {
    name: 'pretended', got: [] as KeptReading[], calls: 0, prepare: () => Promise.resolve({ ok: true as const }),
    store: {
      ship: (readings: readonly KeptReading[]) => {
        far.calls += 1
        const said = answer(readings)
        if (said.ok) far.got.push(...readings)
        return Promise.resolve(said)
      },
      shipSums: () => Promise.resolve({ ok: true as const }), compact: () => Promise.resolve({ ok: true as const }), close: () => Promise.resolve(),
    },
  }
  return far
}

describe('the way to a database that is elsewhere', () => {
  test('what is kept is shipped in the order it came, and then waits no more', async () => {
    const store = await open()
    const far = pretended(() => ({ ok: true }))
    const { shipper: of } = shipper(store, far)
    for (let i = 0; i < 5; i += 1) await store.keep([kept({ start: T0 + i * HOUR }), kept({ start: T0 + i * HOUR, station: '1002A', value: null, why: 'flag-fault' })])
    await nothingOwed(of)
    expect(far.got.slice(-10).map(({ start, station }) => `${(start - T0) / HOUR} ${station}`)).toEqual([0, 1, 2, 3, 4].flatMap((i) => [`${i} 1001A`, `${i} 1002A`]))
    expect(far.got.at(-1)).toEqual(kept({ start: T0 + 4 * HOUR, station: '1002A', value: null, why: 'flag-fault' }))
  })

  test('without a far end nothing waits', async () => {
    const store = await open(undefined, false)
    await store.keep([kept()])
    expect(await store.owed()).toEqual({ readings: 0, since: null })
  })

  test('one reading that is refused for ever is set aside with its reason, and costs none of the others', async () => {
    const store = await open()
    await store.keep(Array.from({ length: 100 }, (_, i) => kept({ station: `S${i}` })))
    const far = pretended((readings) => (readings.some(({ station }) => station === 'S63') ? { ok: false, reason: '400 partial write: S63', refused: true } : { ok: true }))
    const { shipper: of, aside } = shipper(store, far)
    await nothingOwed(of)
    // Once of all that was there, once of the outbox.
    expect(aside).toEqual([{ station: 'S63', reason: '400 partial write: S63' }, { station: 'S63', reason: '400 partial write: S63' }])
    expect(new Set(far.got.map(({ station }) => station)).size).toBe(99)
  })

  test('a far end that asks for patience is left alone for as long', async () => {
    const store = await open()
    let busy = true
    const far = pretended(() => (busy ? { ok: false, reason: '429 slow down', refused: false, wait: 700 } : { ok: true }))
    await store.keep([kept()])
    const { shipper: of, changes } = shipper(store, far)
    await until('it was asked once', () => far.calls === 1)
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect([far.calls, (await of.state()).failing]).toEqual([1, '429 slow down'])
    busy = false
    await nothingOwed(of)
    expect(changes).toEqual(['429 slow down', null])
  })
})

describeWithInflux('the way to a real InfluxDB 1.x', () => {
  let server: Influxd
  let databases = 0
  beforeAll(async () => { server = await influxd() })
  const far = (database = `shipped_${++databases}`): Far & { database: string } => ({ ...influx1({ url: server.url, database }), name: `influx1 ${database}`, database })
  const found = async (database: string): Promise<KeptReading[]> => {
    const opened = await openInflux1({ url: server.url, database })
    if (!opened.ok) throw new Error(opened.reason)
    return all(opened.store)
  }

  test('what was kept before anything was shipped is there too, every revision of it', async () => {
    const file = path.join(emptyFolder(), 'readings.sqlite')
    const before = await open(file, false)
    await before.keep([kept(), kept({ start: T0 - 40 * 24 * HOUR, minutes: 5 }), kept({ revision: 2, value: 1 })])
    await before.close()
    const store = await open(file)
    const to = far()
    const { shipper: of } = shipper(store, to)
    await store.keep([kept({ station: '1002A' })])
    await until('it is there', async () => (await found(to.database)).length === 3)
    await nothingOwed(of)
    expect(await found(to.database)).toEqual(await all(store))
    const opened = await openInflux1({ url: server.url, database: to.database })
    expect(opened.ok && await opened.store.revisions({ station: '1001A', pollutant: 'PM2.5', from: T0, to: T0 + 1 })).toHaveLength(2)
  })

  test('old minutes are dropped there as well, and their sums are there', async () => {
    const store = await open()
    const to = far()
    const { shipper: of } = shipper(store, to)
    await store.keep([kept({ minutes: 5 }), kept({ minutes: 5, start: T0 + 5 * MINUTE }), kept()])
    const sum = { station: '1001A', pollutant: 'PM2.5' as const, start: T0, sum: 60, minutes: 10, suspect: 0, invalid: 0 }
    await store.compact(T0 + HOUR, [sum])
    await nothingOwed(of)
    // What is dropped is no reading that waits: it follows them.
    await until('the minutes are gone', async () => (await found(to.database)).length === 1)
    expect(await found(to.database)).toEqual([kept()])
    const opened = await openInflux1({ url: server.url, database: to.database })
    expect(opened.ok && await opened.store.hourSums({ from: 0, to: T0 + 1 })).toEqual([sum])
  })

  test('an outage, kill -9 on either side and restarts in between lose and double nothing', { timeout: 60_000 }, async () => {
    const file = path.join(emptyFolder(), 'readings.sqlite')
    const to = far()
    let store = await open(file)
    let of = shipper(store, to).shipper
    let sent = 0
    const send = async (batches: number): Promise<void> => {
      for (let i = 0; i < batches; i += 1) {
        const hour = sent++
        await store.keep(Array.from({ length: 50 }, (_, s) => kept({ station: `S${s}`, start: T0 + hour * HOUR, value: hour * 1000 + s })))
      }
    }
    await send(10)
    await server.kill()
    await send(20)
    await of.stop()
    await store.close()
    store = await open(file)
    expect((await store.owed()).readings).toBeGreaterThan(0)
    of = shipper(store, to).shipper
    await send(10)
    await until('it says that it cannot', async () => (await of.state()).failing !== null)
    await server.start()
    await nothingOwed(of, 40_000)
    await server.kill()
    await server.start()
    const there = await found(to.database)
    expect(there).toHaveLength(40 * 50)
    expect(there).toEqual(await all(store))
  })
})
