import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { project } from '../../server/built.ts'
import { PROBLEM_CODES, QUALITY_CODES, REASON_CODES } from '../../shared/codes.ts'
import { ALERT_KINDS, POLLUTANTS, SEVERITIES } from '../../shared/event.ts'
import { ACCOUNT_CHANGES, Mark } from '../../shared/fact.ts'
import { civilOf } from '../../shared/time.ts'
import { UNDELIVERED } from '../../shared/undelivered.ts'
import { calendar as calendarEn } from '../../web/words/en/calendar.ts'
import { desk as deskEn } from '../../web/words/en/desk.ts'
import { login as loginEn } from '../../web/words/en/login.ts'
import { people as peopleEn } from '../../web/words/en/people.ts'
import { shared as sharedEn } from '../../web/words/en/shared.ts'
import { wall as wallEn } from '../../web/words/en/wall.ts'
import { allowance, figure, spanParts, stopwatch, times } from '../../web/words/said.ts'
import { standingKey } from '../../web/words/standing.ts'
import { calendar } from '../../web/words/zh/calendar.ts'
import { desk } from '../../web/words/zh/desk.ts'
import { login } from '../../web/words/zh/login.ts'
import { people } from '../../web/words/zh/people.ts'
import { shared } from '../../web/words/zh/shared.ts'
import { wall } from '../../web/words/zh/wall.ts'

const said = times(civilOf('Asia/Shanghai'))
const at = (civil: string) => Date.parse(`${civil}+08:00`)

function texts(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, text]: [string, unknown]): [string, string][] =>
    (typeof text === 'string' ? [[`${path}${key}`, text]] : texts(text as object, `${path}${key}.`)))
}
const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort()

describe('the words', () => {
  test.each([['shared', shared, sharedEn], ['wall', wall, wallEn], ['desk', desk, deskEn], ['calendar', calendar, calendarEn], ['people', people, peopleEn], ['login', login, loginEn]])('of %s say the same in both languages: same keys, same figures', (_, zh, en) => {
    const english = new Map(texts(en))
    for (const [key, text] of texts(zh)) {
      expect(english.has(key), key).toBe(true)
      expect(holes(english.get(key) ?? ''), key).toEqual(holes(text))
    }
    expect(english.size).toBe(texts(zh).length)
  })

  test('in English have no Chinese punctuation, nor quotation marks that the type draws as wide as a sign; and no panel writes any by itself', () => {
    for (const words of [sharedEn, wallEn, deskEn, calendarEn]) expect(texts(words).filter(([, text]) => /[，。：；（）、“”‘’]/.test(text))).toEqual([])
    const templates = ['desk', 'wall', 'calendar', 'report', 'login'].flatMap((room) => folderOf(`web/${room}`)).filter((file) => file.endsWith('.vue'))
    expect(templates.length).toBeGreaterThan(50)
    expect(templates.filter((file) => /[，。：；（）“”]/.test(readFileSync(path.join(project, file), 'utf8')))).toEqual([])
  })

  test('name every kind of alert, severity, pollutant and mark, and why a message was not delivered', () => {
    expect(ALERT_KINDS.every((kind) => shared.kind[kind] !== '')).toBe(true)
    expect(SEVERITIES.every((severity) => shared.severity[severity] !== '')).toBe(true)
    expect(POLLUTANTS.every((pollutant) => shared.pollutant[pollutant] !== '')).toBe(true)
    expect(Mark.options.every((mark) => shared.mark[mark] !== '')).toBe(true)
    expect(Object.keys(UNDELIVERED).sort()).toEqual(Object.keys(shared.undelivered).sort())
    expect(ACCOUNT_CHANGES.every((what) => desk.history.account[what] !== '')).toBe(true)
  })
})

/** Every `code: '…'` that these files write; `custom` is a word of the schemas and never leaves the house. */
function codesIn(...files: string[]): string[] {
  const text = files.map((file) => readFileSync(path.join(project, file), 'utf8')).join('\n')
  return [...new Set([...text.matchAll(/\bcode: '([a-z-]+)'/g)].map(([, code]) => code ?? ''))].filter((code) => code !== 'custom')
}
const folderOf = (folder: string): string[] => readdirSync(path.join(project, folder)).map((file) => path.join(folder, file))

describe('every code has words of its own in both languages', () => {
  test.each([['zh', desk], ['en', deskEn]])('for refusals, in %s', (_, words) => {
    const said: Record<string, string> = words.code
    expect(PROBLEM_CODES.filter((code) => (said[code] ?? '') === '')).toEqual([])
    // No two refusals are told alike: each wants something else of the person.
    const texts = PROBLEM_CODES.map((code) => said[code])
    expect(texts.filter((text, n) => texts.indexOf(text) < n)).toEqual([])
  })

  test.each([['zh', desk], ['en', deskEn]])('for the reasons of alerts, in %s', (_, words) => {
    const said: Record<string, string> = words.reason
    expect(REASON_CODES.filter((code) => (said[code] ?? '') === '')).toEqual([])
  })

  test('of what a reading is worth', () => {
    for (const { quality } of [shared, sharedEn]) expect(QUALITY_CODES.filter((code) => quality[code] === '')).toEqual([])
  })

  test('and none is written anywhere that is not in the lists', () => {
    const refusals = codesIn(...folderOf('server/desk'), ...folderOf('server/http'), 'shared/response.ts', 'server/main/outside.ts', 'server/main/faces.ts')
    expect(refusals.length).toBeGreaterThan(15)
    expect(refusals.filter((code) => !PROBLEM_CODES.some((known) => known === code))).toEqual([])
    const known: readonly string[] = [...REASON_CODES, ...PROBLEM_CODES]
    expect(codesIn('shared/alert.ts', 'shared/silence.ts', 'shared/turn.ts', 'shared/judge.ts').filter((code) => !known.includes(code))).toEqual([])
  })
})

describe('how a running period stands', () => {
  test('before anything of it has closed it is early, and nothing is missing', () => {
    expect([standingKey('day', { standing: 'unknown', closed: 0 }), standingKey('hour', { standing: 'unknown', closed: 9 })]).toEqual(['early.day', 'early.hour'])
  })

  test('later, what is not known is for want of data', () => {
    expect([standingKey('day', { standing: 'unknown', closed: 1 }), standingKey('hour', { standing: 'unknown', closed: 10 })]).toEqual(['standing.unknown', 'standing.unknown'])
  })

  test('what is known is said at any time: a day that cannot become valid, or has no limit', () => {
    expect([standingKey('day', { standing: 'impossible', closed: 0 }), standingKey('day', { standing: 'unlimited', closed: 0 })]).toEqual(['standing.impossible', 'standing.unlimited'])
  })
})

describe('figures and times', () => {
  test('a concentration is a whole number, carbon monoxide has a decimal, and none is a dash', () => {
    expect([figure(74.6, 'PM2.5'), figure(396.5, 'PM2.5'), figure(1.25, 'CO'), figure(null, 'PM2.5')]).toEqual(['75', '396', '1.2', '—'])
  })

  test('what may still be averaged is never said to be more than it is', () => {
    expect([allowance(98.9, 'PM2.5'), allowance(9.99, 'PM2.5'), allowance(0, 'PM2.5'), allowance(-3, 'PM2.5'), allowance(2.39, 'CO')]).toEqual(['98', '9.9', '0.0', '0.0', '2.3'])
  })

  test('a stopwatch shows hours only when there are some', () => {
    expect([stopwatch(258_000), stopwatch(7_387_000), stopwatch(-5)]).toEqual(['04:18', '2:03:07', '00:00'])
  })

  test('a length of time is said by its two largest parts', () => {
    expect([spanParts(5_900), spanParts(65_000), spanParts(3_600_000), spanParts(3_900_000), spanParts(86_400_000), spanParts(428_400_000)].map(({ key, values }) => [key, ...Object.values(values)])).toEqual([
      ['second', 5], ['minute', 1], ['hour', 1], ['hourMinute', 1, 5], ['day', 1], ['dayHour', 4, 23]])
  })

  test('times are those of the event, wherever the screen hangs; another day has its date', () => {
    expect([said.clock(at('2022-03-08T20:05:09')), said.told(at('2022-03-07T18:00:00'), at('2022-03-08T20:00:00')), said.told(at('2022-03-08T18:00:00'), at('2022-03-08T20:00:00'))]).toEqual(['20:05:09', '03/07 18:00', '18:00'])
  })

  test('an hour is shown by its interval, the last of a day up to 24:00', () => {
    expect(said.interval(at('2022-03-08T23:00:00'), at('2022-03-09T00:00:00'))).toBe('23:00–24:00')
  })
})
