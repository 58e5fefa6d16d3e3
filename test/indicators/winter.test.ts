import { beforeAll, expect, test, vi } from 'vitest'
import { main } from '../../server/commands/indicators.ts'
import { describeWithShared, sharedFile } from '../setup/shared.ts'
import { daysBetween } from '../../shared/time.ts'
import { cityDay, fraction, type Fraction, hoursOf, iaqi, mean, type Name, percentile, rounded } from './plainly.ts'

type Figure = { value: number | null; days: { valid: number; of: number }; reason: string | null }
type Report = { cities: { id: string; goodDays: Figure & { count: number }; heavyDays: Figure & { count: number }; means: Record<string, Figure>; percentiles: Record<string, Figure>; composite: { value: number | null } }[] }
const NAMES: Name[] = ['PM2.5', 'PM10', 'SO2', 'NO2', 'CO', 'O3']

async function printed(file: string, more: readonly string[]): Promise<string> {
  let text = ''
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((part) => { text += String(part); return true })
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
  const code = await main(['--event', 'test/events/winter-2017', '--readings', file, '--layout', 'uci-beijing', ...more])
  out.mockRestore()
  err.mockRestore()
  expect(code).toBe(0)
  return text
}

describeWithShared('the indicators of the winter of 2016 to 2017', () => {
  const dates = daysBetween('2016-12-10', '2017-02-15')
  let city: Report['cities'][number]
  let days: Record<Name, Fraction[]>
  let rated: number[]
  beforeAll(async () => {
    const file = sharedFile('data/uci-beijing/winter-2016-2017.csv.gz')
    city = (JSON.parse(await printed(file, ['--from', '2016-12-10', '--to', '2017-02-15', '--format', 'json'])) as Report).cities[0]!
    const hours = hoursOf(file)
    const of = (name: Name) => dates.map((date) => cityDay(hours, name, date))
    const all = Object.fromEntries(NAMES.map((name) => [name, of(name)])) as Record<Name, (Fraction | null)[]>
    days = Object.fromEntries(NAMES.map((name) => [name, all[name].filter((day) => day !== null)])) as Record<Name, Fraction[]>
    rated = dates.flatMap((_, i) => {
      const indices = NAMES.map((name) => { const day = all[name][i] ?? null; return day === null ? null : iaqi(name, day) })
      const aqi = Math.max(...indices.map((index) => index ?? 0))
      return indices.includes(null) && aqi <= 100 ? [] : [aqi]
    })
  }, 120_000)

  test('means are those of plain fractions', () => {
    for (const name of ['PM2.5', 'PM10', 'SO2', 'NO2'] as const) {
      expect([name, city.means[name]]).toEqual([name, { value: rounded(mean(days[name]), name === 'PM2.5' ? 1 : 0), days: { valid: days[name].length, of: 68 }, reason: null }])
    }
  })

  test('percentiles too, of ozone that of the daily maxima of eight hours', () => {
    const at: Record<Name, number> = { 'PM2.5': 95, PM10: 95, SO2: 98, NO2: 98, CO: 95, O3: 90 }
    for (const name of NAMES) {
      const places = name === 'PM2.5' || name === 'CO' ? 1 : 0
      expect([name, city.percentiles[name]?.value, city.percentiles[name]?.days.valid]).toEqual([name, rounded(percentile(days[name], at[name]), places), days[name].length])
    }
  })

  test('good days and days of heavy pollution are counted from the AQI of each day', () => {
    const [good, heavy] = [rated.filter((aqi) => aqi <= 100).length, rated.filter((aqi) => aqi > 200).length]
    expect([good, heavy].every((count) => count > 10)).toBe(true)
    expect(city.goodDays).toEqual({ value: rounded(fraction(BigInt(good * 100), BigInt(rated.length)), 1), count: good, days: { valid: rated.length, of: 68 }, reason: null })
    expect(city.heavyDays).toMatchObject({ value: rounded(fraction(BigInt(heavy * 100), BigInt(rated.length)), 1), count: heavy })
  })

  test('the composite index is the sum of the six over their limits of grade II', () => {
    const parts: [Fraction, number][] = [[mean(days['PM2.5']), 35], [mean(days.PM10), 70], [mean(days.SO2), 60], [mean(days.NO2), 40], [percentile(days.CO, 95), 4], [percentile(days.O3, 90), 160]]
    const sum = parts.reduce((total, [{ n, d }, base]) => fraction(total.n * d * BigInt(base) + n * total.d, total.d * d * BigInt(base)), fraction(0n))
    expect(city.composite.value).toBe(rounded(sum, 2))
  })

  test('as text they are in Chinese and then in English, of the year to date unless days are named', async () => {
    const text = await printed(sharedFile('data/uci-beijing/winter-2016-2017.csv.gz'), [])
    expect(text).toContain('2017-01-01 至 2017-02-15')
    expect(text).toMatch(/优良天数比例 {2}52\.2 %（24 天，有效 46\/46 天）/)
    expect(text).toContain('Good days  52.2 % (24 d, valid 46/46 d)')
    expect(text).toContain('同比（公历同期 2016-01-01 至 2016-02-15）：无有效日')
    expect(text.indexOf('北京市')).toBeLessThan(text.indexOf('Beijing'))
  }, 60_000)
})
