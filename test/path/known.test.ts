import { describe, expect, test } from 'vitest'
import { start } from './server.ts'
import { post, see, signIn, until } from './talk.ts'

type Report = { asKnownAt?: string; data: { sha256: string }; cities: { days: { date: string; mean: number | null; verdict: string }[] }[]; detail?: string; code?: string }
type Points = { points: { start: string; value: number | null; valid: boolean }[] }

const DAY = '2014-11-04'
const stations = Array.from({ length: 12 }, (_, i) => `10${String(i + 1).padStart(2, '0')}A`)
const day = (value: number) => stations.flatMap((station) => Array.from({ length: 24 }, (_, hour) => (
  { station, pollutant: 'PM2.5', start: `${DAY}T${String(hour).padStart(2, '0')}:00:00+08:00`, period: 'PT1H', value })))

describe('what a running room knew at a past moment', () => {
  test('is told again whatever was corrected since, in the summary and in a curve; also after a restart', async () => {
    const server = await start(['--event', 'config/apec-2014', '--air', 'silent', '--now', '2014-11-05T01:00:00+08:00', '--speed', '600'])
    await post(server, day(75.4))
    const report = async (more = '', of = server): Promise<Report> => (await see<Report>(of, `/api/report?from=${DAY}&to=${DAY}${more}`)).body
    const before = await report()
    expect(before.cities[0]?.days).toMatchObject([{ mean: 75.4, verdict: 'met' }])
    // A minute of machine time is ten hours here: the correction comes at another instant for certain.
    const at = (await see<{ at: string }>(server, '/healthz')).body.at
    await until('a later instant', async () => (await see<{ at: string }>(server, '/healthz')).body.at > at)
    await post(server, day(90).slice(0, 24 * 6))
    expect((await report()).cities[0]?.days).toMatchObject([{ mean: 82.7, verdict: 'exceeded' }])

    const then = `&asKnownAt=${encodeURIComponent(at)}`
    expect(await report(then)).toEqual({ ...before, asKnownAt: at })
    const curve = async (more: string) => (await see<Points>(server, `/api/series?place=city:beijing&pollutant=PM2.5&average=day&from=${DAY}&to=2014-11-05${more}`)).body.points
    expect(await curve('')).toMatchObject([{ value: 82.7 }])
    expect(await curve(then)).toMatchObject([{ value: 75.4 }])
    const raw = await see<Points>(server, `/api/series?place=station:1001A&pollutant=PM2.5&average=raw&from=${DAY}T05:00:00%2B08:00&to=${DAY}T06:00:00%2B08:00${then}`)
    expect(raw.body.points).toMatchObject([{ value: 75.4 }])
    expect(await report('&asKnownAt=2014-11-04T12:00:00%2B08:00'), 'nothing had come').toMatchObject({ cities: [{ days: [] }] })
    const page = await see(server, `/api/report?from=${DAY}&to=${DAY}&format=html${then}`)
    expect(page.text).toContain('按当时所知')
    expect(await see<Report>(server, '/api/report?asKnownAt=2015-01-01')).toMatchObject({ status: 400, body: { code: 'bad-request' } })
    expect(await see<Report>(server, '/api/report?asKnownAt=yesterday')).toMatchObject({ status: 400 })

    await signIn(server, 'duty')
    await server.stop()
    const again = await start(['--event', 'config/apec-2014', '--air', 'silent', '--speed', '600'], server.dir)
    expect(await report(then, again)).toEqual({ ...before, asKnownAt: at })
    await again.stop()
  })
})
