import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { main } from '../../server/commands/indicators.ts'
import { loadEvent, printed } from '../../server/config.ts'
import { addDays, daysBetween } from '../../shared/time.ts'
import { emptyFolder } from '../setup/folder.ts'

let out = ''
let err = ''
let file = ''
beforeEach(() => {
  [out, err] = ['', '']
  file = path.join(emptyFolder(), 'readings.csv')
  vi.spyOn(console, 'error').mockImplementation((line: string) => { err += `${line}\n` })
  vi.spyOn(console, 'log').mockImplementation((line: string) => { out += `${line}\n` })
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => { out += String(text); return true })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => { err += String(text); return true })
})
afterEach(() => { vi.restoreAllMocks() })

const VALUES = { PM10: 60, SO2: 10, NO2: 30, O3: 80, CO: 1 }
/** Whole days of one station: PM2.5 as it is given for each day, the others always alike; dust beside them. */
function days(pm: Readonly<Record<string, number>>): string {
  const rows = Object.entries(pm).flatMap(([date, value]) => Object.entries({ 'PM2.5': value, ...VALUES }).flatMap(([pollutant, each]) =>
    Array.from({ length: 24 }, (_, hour) => `S,${pollutant},${date}T${String(hour).padStart(2, '0')}:00:00+08:00,PT1H,${each},`)))
  return `station,pollutant,start,period,value,flag\n${rows.join('\n')}\n`
}
const TARGETS = [
  'targets:', '  - { indicator: good-days, min: 91.6, basis: { zh: 市目标, en: own } }',
  '  - { indicator: pm25-mean, max: 23, basis: { zh: 市目标, en: own } }', '  - { indicator: heavy-days, max: 0, basis: { zh: 市目标, en: own }, areas: [beijing] }',
]
/** An event of one station with targets, and whatever else its file should say. */
function event(more: readonly string[] = TARGETS): string {
  const folder = path.join(emptyFolder(), 'event')
  mkdirSync(folder)
  for (const name of readdirSync('test/events/winter-2017')) copyFileSync(path.join('test/events/winter-2017', name), path.join(folder, name))
  writeFileSync(path.join(folder, 'stations.csv'), 'id,name,area,longitude,latitude,kind,evaluates,aliases,validFrom,validTo\nS,一,beijing,116,40,national,true,,,\n')
  writeFileSync(path.join(folder, 'event.yaml'), `${readFileSync('test/events/winter-2017/event.yaml', 'utf8')}${more.join('\n')}\n`)
  return folder
}
const pmOf = (from: string, to: string, value: number | ((i: number) => number)) =>
  Object.fromEntries(daysBetween(from, to).map((date, i) => [date, typeof value === 'number' ? value : value(i)]))
type Answer = {
  from: string; to: string; method: { cityMean: string }; state: string
  cities: { targets: { indicator: string; value: number; met: boolean; allowed: object }[]; yearOnYear: { by: string; from: string; means: Record<string, object>; goodDays: object }[] }[]
}

describe('the indicators from files', () => {
  test('are those of the year to the last day, against the city\'s targets and beside the year before', async () => {
    // Sixty days of 2021 at 30, of which the first six at 100; the same sixty of 2020 and before at 50.
    writeFileSync(file, days({ ...pmOf('2019-12-20', '2020-03-10', 50), ...pmOf('2021-01-01', '2021-03-01', (i) => (i < 6 ? 100 : 30)) }))
    expect(await main(['--event', event(), '--readings', file, '--format', 'json'])).toBe(0)
    const { from, to, method, state, cities: [city] } = JSON.parse(out) as Answer
    expect([from, to, method.cityMean, state]).toEqual(['2021-01-01', '2021-03-01', 'station-day-first', 'provisional'])
    // Good 54 of 60; 30 bad days a year: 24 more. (23.05 × 365 − 2220) / 305 = 20.305…
    expect(city?.targets).toMatchObject([
      { indicator: 'good-days', value: 90, met: false, allowed: { left: 305, allowed: 24, reachable: true } },
      { indicator: 'pm25-mean', value: 37, met: false, allowed: { left: 305, allowed: 20.3, reachable: true } },
      { indicator: 'heavy-days', value: 0, met: true, allowed: { left: 305, allowed: 0, reachable: true } },
    ])
    // 正月初一 was 2021-02-12 and 2020-01-25: 1 January 2021 is 冬月十八, and so was 13 December 2019.
    expect(city?.yearOnYear.map(({ by, from: first }) => [by, first])).toEqual([['gregorian', '2020-01-01'], ['lunar', '2019-12-13']])
    expect(city?.yearOnYear[0]?.means['PM2.5']).toMatchObject({ now: 37, before: 50, change: -26, days: { before: { valid: 61, of: 61 } } })
    expect(city?.yearOnYear[0]?.goodDays).toMatchObject({ now: 90, before: 100, change: -10 })
  })

  test('as text say what may still come, and what cannot be said', async () => {
    writeFileSync(file, days(pmOf('2021-01-01', '2021-01-31', 20)))
    expect(await main(['--event', event(), '--readings', file])).toBe(0)
    expect(out).toContain('PM2.5 均值 ≤ 23 µg/m³：至今 20.0 µg/m³（达到）；其余 334 天平均不得超过 23.3 µg/m³（市目标）')
    expect(out).toContain('Good days ≥ 91.6 %: to date 100.0 % (met); of the other 334 days 30 may still be no good ones (own)')
    expect(await main(['--event', event(), '--readings', file, '--from', '2021-01-01', '--to', '2021-02-28'])).toBe(0)
    expect(out).toContain('PM2.5 均值  —（有效 31/59 天，有效日不足）')
  })

  test('count a day in which a station was silent as one that is missing, however many rows came', async () => {
    const short = addDays('2021-01-01', 9)
    writeFileSync(file, days(pmOf('2021-01-01', '2021-01-31', 20)).split('\n').filter((row) => !(row.includes(short) && /T(1[5-9]|2\d):/.test(row))).join('\n'))
    expect(await main(['--event', event(), '--readings', file, '--format', 'json'])).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ cities: [{ means: { 'PM2.5': { value: 20, days: { valid: 30, of: 31 } } }, goodDays: { days: { valid: 30, of: 31 } } }] })
  })

  test.each([
    ['no files', [], '--readings needs at least one file'],
    ['a file that is not there', ['--readings', '/nope.csv'], '--readings "/nope.csv" is not there; expected a file'],
    ['a strange format', ['--readings', 'package.json', '--format', 'xml'], '--format expected one of text, json, not "xml"'],
    ['days in the wrong order', ['--readings', 'package.json', '--from', '2021-02-01', '--to', '2021-01-01'], '--from 2021-02-01 is after --to 2021-01-01'],
    ['more than a year', ['--readings', 'package.json', '--from', '2019-01-01', '--to', '2021-01-01'], 'is more than a year; ask for a year at a time'],
    ['no such date', ['--readings', 'package.json', '--from', '2021-02-30'], '"2021-02-30" is no date'],
  ])('%s: prints what is allowed and exits 2', async (_what, args, sentence) => {
    expect(await main(['--event', 'test/events/winter-2017', ...args])).toBe(2)
    expect(err).toContain(sentence)
    expect(err).toContain('Usage: npm run indicators')
  })

  test('--help says what there is and exits 0', async () => {
    expect(await main(['--help'])).toBe(0)
    expect(out).toContain('Usage: npm run indicators -- --event DIR --readings FILE… [options]')
  })

  test('a file that cannot be understood, or has none of the stations, exits 1 with a sentence', async () => {
    writeFileSync(file, 'a,b\n1,2\n')
    expect(await main(['--event', event(), '--readings', file])).toBe(1)
    expect(err).toContain('the header lacks')
    writeFileSync(file, days({ '2021-01-01': 20 }).replaceAll('\nS,', '\nX,'))
    expect(await main(['--event', event(), '--readings', file])).toBe(1)
    expect(err).toContain('the files hold no reading of a station of this event')
  })
})

test('a target of a city that is not there is told, with file and line', async () => {
  const loaded = await loadEvent(event(['targets:', '  - { indicator: pm25-mean, max: 23, basis: { zh: 市目标, en: own }, areas: [beijin] }']))
  expect(loaded.ok ? [] : loaded.problems.map(printed)).toEqual([expect.stringMatching(/event\.yaml:\d+ targets\[0\]\.areas\[0\]: no city "beijin"; did you mean "beijing"\?/)])
})
