/**
 * The figures of recorded air worked out a second time, in plain fractions and straight from the rows: nothing of `shared/` is
 * used, so that two mistakes would have to be the same.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

export type Fraction = { n: bigint; d: bigint }
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))
export const fraction = (n: bigint, d = 1n): Fraction => { const g = gcd(n, d) || 1n; return { n: n / g, d: d / g } }
const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d)
const times = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d)
const less = (a: Fraction, b: Fraction): boolean => a.n * b.d < b.n * a.d
export const mean = (of: readonly Fraction[]): Fraction => times(of.reduce(plus), fraction(1n, BigInt(of.length)))

/** Half to even, for what is not negative. */
export function rounded(of: Fraction, places: number): number {
  const scaled = of.n * 10n ** BigInt(places) * 2n + of.d
  const up = scaled / (of.d * 2n)
  const tie = scaled % (of.d * 2n) === 0n
  return Number(tie && up % 2n === 1n ? up - 1n : up) / 10 ** places
}

const NAMES = ['PM2.5', 'PM10', 'SO2', 'NO2', 'CO', 'O3'] as const
export type Name = (typeof NAMES)[number]
/** By pollutant, day and station: 24 hours, null where there is none. CO in mg/m³. */
type Hours = Map<Name, Map<string, Map<string, (Fraction | null)[]>>>

function decimal(text: string): Fraction {
  const [whole = '0', part = ''] = text.split('.')
  return fraction(BigInt(whole + part), 10n ** BigInt(part.length))
}

/** The rows of a file of the UCI set; `hour` is the start. */
export function hoursOf(file: string): Hours {
  const [, ...rows] = gunzipSync(readFileSync(file)).toString().trim().split('\n')
  const hours: Hours = new Map(NAMES.map((name) => [name, new Map<string, Map<string, (Fraction | null)[]>>()]))
  for (const row of rows) {
    const [, year = '', month = '', day = '', hour = '', ...rest] = row.replaceAll('"', '').split(',')
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    const station = rest.at(-1) ?? ''
    NAMES.forEach((name, i) => {
      const of = hours.get(name)!
      if (!of.has(date)) of.set(date, new Map())
      const stations = of.get(date)!
      if (!stations.has(station)) stations.set(station, Array.from({ length: 24 }, () => null))
      const text = rest[i] ?? 'NA'
      if (text !== 'NA') stations.get(station)![Number(hour)] = name === 'CO' ? times(decimal(text), fraction(1n, 1000n)) : decimal(text)
    })
  }
  return hours
}

const there = (of: readonly (Fraction | null)[]): Fraction[] => of.filter((one) => one !== null)
const largest = (of: readonly Fraction[]): Fraction => of.reduce((most, one) => (less(most, one) ? one : most))

/** A station's day: the mean of at least twenty hours; of ozone the largest of the 8-hour means that end at 8 to 24. */
function stationDay(name: Name, hours: readonly (Fraction | null)[]): Fraction | null {
  if (name !== 'O3') return there(hours).length >= 20 ? mean(there(hours)) : null
  const windows = Array.from({ length: 17 }, (_, i) => there(hours.slice(i, i + 8))).filter((window) => window.length >= 6).map(mean)
  return windows.length >= 14 || (windows.length > 0 && rounded(largest(windows), 0) > 160) ? largest(windows) : null
}

/** A city's day: the mean of at least six of twelve stations. */
export function cityDay(hours: Hours, name: Name, date: string): Fraction | null {
  const stations = [...(hours.get(name)!.get(date)?.values() ?? [])].map((day) => stationDay(name, day)).filter((day) => day !== null)
  return stations.length >= 6 ? mean(stations) : null
}

/** HJ 633-2012 table 1, the day's columns. */
const IAQI = [0, 50, 100, 150, 200, 300, 400, 500]
const TABLE: Record<Name, number[]> = {
  'PM2.5': [0, 35, 75, 115, 150, 250, 350, 500], PM10: [0, 50, 150, 250, 350, 420, 500, 600], SO2: [0, 50, 150, 475, 800, 1600, 2100, 2620],
  NO2: [0, 40, 80, 180, 280, 565, 750, 940], CO: [0, 2, 4, 14, 24, 36, 48, 60], O3: [0, 100, 160, 215, 265, 800],
}
export function iaqi(name: Name, value: Fraction): number {
  const c = Math.round(rounded(value, name === 'CO' ? 1 : 0) * 10)
  const at = TABLE[name].findIndex((figure, i) => i > 0 && c <= figure * 10)
  if (at < 0) return 500
  const [low, high, from, to] = [TABLE[name][at - 1]! * 10, TABLE[name][at]! * 10, IAQI[at - 1]!, IAQI[at]!]
  return from + Math.ceil(((to - from) * (c - low)) / (high - low) - 1e-9)
}

/** The percentile of HJ 663: k = 1 + (n − 1) p, in proportion between the ranks. */
export function percentile(of: readonly Fraction[], p: number): Fraction {
  const sorted = [...of].sort((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0))
  const k = fraction(BigInt((sorted.length - 1) * p), 100n)
  const s = Number(k.n / k.d)
  const part = fraction(k.n % k.d, k.d)
  return part.n === 0n ? sorted[s]! : plus(times(sorted[s]!, fraction(part.d - part.n, part.d)), times(sorted[s + 1]!, part))
}
