import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { link, textOf } from '../../server/journal/chain.ts'
import { openSqliteJournal } from '../../server/journal/sqlite.ts'
import type { Fact } from '../../shared/fact.ts'
import { run, type Running, start } from './server.ts'
import { ask, command, journalOf, post, see, signIn, until } from './talk.ts'

type Report = {
  data: { suspect: number; invalid: number; state: string; sha256: string }; review: { reviewed: number; verified: number }
  cities: { days: { mean: number; rounded: number; verdict: string }[] }[]
}
type Told = { status?: number; code?: string; readings?: number; level?: string; by?: string }
type Points = { points: { value: number | null; validity: string; level: string; revision: number; reasons: object[] }[] }

const DAY = '2014-11-04'
const LAST = `${DAY}T23:00:00+08:00`
const event = ['--event', 'config/apec-2014', '--air', 'silent', '--speed', '60']
const stations = Array.from({ length: 12 }, (_, i) => `10${String(i + 1).padStart(2, '0')}A`)
const values = [85.6, ...Array<number>(22).fill(77), 30]
const day = stations.flatMap((station) => values.map((value, hour) => ({ station, pollutant: 'PM2.5', start: `${DAY}T${String(hour).padStart(2, '0')}:00:00+08:00`, period: 'PT1H', value })))
const hour = (station: string) => ({ station, pollutant: 'PM2.5', start: LAST, period: 'PT1H' })
const refusal = { verdict: 'invalid', reason: '采样管脱落' }

const report = async (server: Running, more = ''): Promise<Report> => (await see<Report>(server, `/api/report?from=${DAY}&to=${DAY}${more}`)).body
const dayOf = ({ cities: [city] }: Report) => city?.days.map(({ mean, rounded, verdict }) => [mean, rounded, verdict])
const clock = async (server: Running): Promise<string> => (await see<{ at: string }>(server, '/healthz')).body.at
const reviewUrl = ({ url }: Running): string => `${url}/api/readings/review`
const points = async (server: Running, average: string): Promise<Points['points']> =>
  (await see<Points>(server, `/api/series?place=station:1001A&pollutant=PM2.5&average=${average}&from=${encodeURIComponent(LAST)}&to=2014-11-05`)).body.points

/** What a server leaves that is killed once a review is in the journal, and before any reading has its revision. */
async function journalled(dir: string, body: Extract<Fact, { kind: 'readings-reviewed' }>): Promise<void> {
  const opened = await openSqliteJournal(path.join(dir, 'journal.sqlite'))
  if (!opened.ok) throw new Error(opened.reason)
  const { seq, hash } = await opened.journal.head()
  const fact = { ...body, seq: seq + 1 }
  await opened.journal.write([{ fact: { ...fact, hash: link(hash, textOf(fact)) }, text: textOf(fact) }])
  await opened.journal.close()
}

describe('readings reviewed by hand, on a running server', () => {
  test('turn a day that was met; a past moment, a restart and a server killed in between all tell the truth', async () => {
    const server = await start([...event, '--now', '2014-11-05T01:00:00+08:00'])
    await post(server, day)
    const before = await report(server)
    expect(dayOf(before)).toEqual([[75.4, 75, 'met']])
    expect(before).toMatchObject({ data: { state: 'provisional' }, review: { reviewed: 0, verified: 0 } })
    const at = await clock(server)
    await until('a later instant', async () => await clock(server) > at)
    const [duty, leader] = [await signIn(server, 'duty'), await signIn(server, 'leader')]
    const say = (cookie: string, body: object) => command<Told>(reviewUrl(server), cookie, body)

    // Who may not, and what cannot be.
    expect(await ask<Told>(reviewUrl(server), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...hour('1001A'), ...refusal }) })).toMatchObject({ status: 401 })
    expect(await ask<Told>(reviewUrl(server), { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${server.first.sourceToken}` }, body: JSON.stringify({ ...hour('1001A'), ...refusal }) })).toMatchObject({ status: 403 })
    expect(await say(duty, { ...hour('1001A'), ...refusal })).toMatchObject({ status: 403, body: { code: 'wrong-role' } })
    expect(await say(duty, { ...hour('1001A'), verdict: 'suspect', level: 'verified', reason: '偏低' })).toMatchObject({ status: 403 })
    expect(await say(leader, { ...hour('1001A'), verdict: 'invalid', reason: '  ' })).toMatchObject({ status: 400, body: { code: 'bad-request' } })
    expect(await say(leader, { ...hour('1001A'), ...refusal, from: DAY })).toMatchObject({ status: 400 })
    expect(await say(leader, { station: '1001A', pollutant: 'PM2.5', from: '2014-11-01', to: '2014-11-09', ...refusal })).toMatchObject({ status: 400 })
    expect(await say(leader, { ...hour('9999Z'), ...refusal })).toMatchObject({ status: 404, body: { code: 'unknown-place' } })
    expect(await say(leader, { ...hour('1001A'), period: 'PT1M', ...refusal })).toMatchObject({ status: 409, body: { code: 'nothing-to-review' } })
    expect(await say(leader, { ...hour('1001A'), verdict: 'automatic', reason: '误判' })).toMatchObject({ status: 409, body: { code: 'nothing-to-review' } })
    expect(await report(server)).toEqual(before)

    // Whoever is on duty doubts one; the leader refuses the hour of every station.
    expect(await say(duty, { ...hour('1001A'), verdict: 'suspect', reason: '明显偏低' })).toMatchObject({ status: 200, body: { level: 'reviewed', readings: 1 } })
    expect(dayOf(await report(server))).toEqual([[75.4, 75, 'met']])
    for (const station of stations) expect(await say(leader, { ...hour(station), ...refusal })).toMatchObject({ status: 200, body: { station, readings: 1, overtaken: 0 } })
    const after = await report(server)
    expect(dayOf(after)).toEqual([[77.37, 77, 'exceeded']])
    expect(after).toMatchObject({ data: { invalid: 12, state: 'provisional' }, review: { reviewed: 12, verified: 0 } })
    expect(after.data.sha256).not.toBe(before.data.sha256)
    const then = `&asKnownAt=${encodeURIComponent(at)}`
    expect(await report(server, then)).toEqual({ ...before, asKnownAt: at })
    expect((await see(server, `/api/report?from=${DAY}&to=${DAY}&format=html`)).text).toContain('人工复核 12 个站点小时')
    const person = server.first.accounts.find(({ role }) => role === 'leader')!.name
    for (const average of ['hour', 'raw']) {
      expect(await points(server, average)).toMatchObject([{ value: average === 'raw' ? 30 : null, validity: 'invalid', level: 'reviewed', revision: 3, reasons: [{ code: 'reviewed', by: person, reason: '采样管脱落' }] }])
    }
    const facts = (await journalOf(server)).filter(({ kind }) => kind === 'readings-reviewed')
    expect(facts.length).toBe(13)
    expect(facts.at(-1)).toMatchObject({ actor: `person:${person}`, verdict: 'invalid', level: 'reviewed', by: person, why: '采样管脱落', readings: [{ revision: 2, value: 30_000_000 }] })

    // A stretch, signed; the same key again is the same answer.
    const stretch = { station: '1001A', pollutant: 'PM2.5', from: DAY, to: LAST, verdict: 'valid', level: 'verified', reason: '月审' }
    const twice = (at = server) => ask<Told>(reviewUrl(at), { method: 'POST', headers: { 'content-type': 'application/json', cookie: leader, 'idempotency-key': 'k1' }, body: JSON.stringify(stretch) })
    const first = await twice()
    expect(first).toMatchObject({ status: 200, body: { level: 'verified', readings: 23 } })
    expect((await twice()).body).toEqual(first.body)
    expect((await report(server)).review).toEqual({ reviewed: 12, verified: 23 })
    expect(await say(duty, { station: '1001A', pollutant: 'PM2.5', from: DAY, to: LAST, verdict: 'suspect', reason: '不像' })).toMatchObject({ status: 409, body: { code: 'already-verified' } })
    const signed = await report(server)
    await server.stop()
    expect(await run('verify', '--data', server.dir)).toMatchObject({ code: 0, out: expect.stringContaining('revisions: 36 are kept as the journal tells them\n') as unknown })

    const again = await start(event, server.dir)
    expect(await report(again)).toEqual(signed)
    expect((await twice(again)).body).toEqual(first.body)
    expect(await report(again, then)).toEqual({ ...before, asKnownAt: at })
    const now = Date.parse(await clock(again))
    await again.kill()

    const told = { start: Date.parse(LAST), minutes: 60, revision: 4, value: 30_000_000, flag: 'N', source: 'event', late: true }
    const [last] = facts
    if (last?.kind !== 'readings-reviewed') throw new Error('no fact')
    await journalled(server.dir, { ...last, id: 'readings-reviewed:killed', at: now, recorded: now, verdict: 'valid', level: 'verified', why: '现场核实', readings: [told] })
    const healed = await start(event, server.dir)
    expect(await points(healed, 'raw')).toMatchObject([{ value: 30, validity: 'valid', level: 'verified', revision: 4, reasons: [{ code: 'verified', reason: '现场核实' }] }])
    expect(await report(healed)).toMatchObject({ data: { invalid: 11 }, review: { reviewed: 11, verified: 24 } })
    expect(await report(healed, then)).toEqual({ ...before, asKnownAt: at })
    await healed.stop()
    expect(await run('verify', '--data', server.dir)).toMatchObject({ code: 0, out: expect.stringContaining('revisions: 37 are kept as the journal tells them\n') as unknown })
  })
})
