import { beforeAll, expect, test } from 'vitest'
import { openInflux1 } from '../../server/readings/influx1.ts'
import type { InfluxReadings } from '../../server/readings/influx/store.ts'
import { describeWithInflux, type Influxd, influxd } from '../setup/influx.ts'
import { all, kept, readingsContract, T0 } from './contract.ts'

describeWithInflux('InfluxDB 1.x', () => {
  let server: Influxd
  let databases = 0
  beforeAll(async () => { server = await influxd() })

  const open = async (database = `air_${++databases}`): Promise<InfluxReadings> => {
    const opened = await openInflux1({ url: server.url, database })
    if (!opened.ok) throw new Error(opened.reason)
    return opened.store
  }

  readingsContract('the readings store in InfluxDB 1.x', () => open())

  test('what it had it has after a kill -9, and goes on', async () => {
    const store = await open('killed')
    expect(await store.keep([kept(), kept({ station: '1002A', value: 0.1 * 1e6 })])).toEqual({ ok: true })
    await server.kill()
    expect(await store.keep([kept({ station: '1003A' })]).then(({ ok }) => ok, () => false)).toBe(false)
    await server.start()
    const again = await open('killed')
    expect(await again.keep([kept({ station: '1003A' })])).toEqual({ ok: true })
    expect((await all(again)).map(({ station }) => station)).toEqual(['1001A', '1002A', '1003A'])
  })

  test('a value of any size comes back to the last digit', async () => {
    const store = await open()
    const values = [1, -1, 9_007_199_254_740_991, 8_999_999_999_999_999, 123_456_789_012_345, 48_200_000, 0]
    await store.keep(values.map((value, i) => kept({ station: `S${i}`, value })))
    expect((await all(store)).map(({ value }) => value)).toEqual(values)
  })

  test('a name with blanks, commas, quotes and Chinese is a name', async () => {
    const store = await open()
    const odd = [kept({ station: '万寿 西宫,=1' }), kept({ station: 'a"b\'c', why: 'say "no", \\ ok', flag: '标记' })]
    expect(await store.keep(odd)).toEqual({ ok: true })
    expect((await store.revisions({ station: 'a"b\'c', pollutant: 'PM2.5', from: T0, to: T0 + 1 }))).toEqual([odd[1]])
  })
})
