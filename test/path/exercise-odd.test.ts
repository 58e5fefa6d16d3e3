import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test, vi } from 'vitest'
import { project } from '../../server/built.ts'
import type { Evaluation } from '../../shared/evaluation.ts'
import type { Fact } from '../../shared/fact.ts'
import { anEvent, begin, end, exercises, inside, noon, real } from './exercised.ts'
import { dataFolder, run, type Running, start } from './server.ts'
import { fill, smallDisk } from './small-disk.ts'
import { ask, command, journalOf, post, see, signIn, until } from './talk.ts'

const evaluationOf = async ({ url }: Running, cookie: string, id: string): Promise<Evaluation> => (await ask<Evaluation>(`${url}/api/exercises/${id}/evaluation`, { headers: { cookie } })).body

/** Acknowledges the first alert of the exercise that nobody has, of a city; answers its id. */
async function acknowledge(server: Running, cookie: string): Promise<string> {
  const alert = await until('an alert', async () => Object.values((await inside(server)).room.alerts).find(({ kind, state }) => kind !== 'silent' && state === 'unacknowledged'))
  expect((await command(`${server.url}/exercise/api/alerts/${encodeURIComponent(alert.id)}/acknowledge`, cookie, { occurrence: alert.occurrence })).status).toBe(200)
  return alert.id
}

test('goes on evenly, and staff are measured rightly, where the machine\'s clock is put an hour forward and two hours back under it', async () => {
  vi.stubEnv('NODE_OPTIONS', `--import=${pathToFileURL(path.join(project, 'test/path/stepped.mjs')).href}`)
  const server = await start(noon(anEvent()))
  vi.unstubAllEnvs()
  const [leader, duty] = [await signIn(server, 'leader'), await signIn(server, 'duty')]
  const { body: { exercise } } = await begin(server, leader, { speed: 300 })
  await until('an alert', async () => Object.values((await inside(server)).room.alerts).length > 0)
  const before = { since: performance.now(), at: (await inside(server)).at }
  process.kill(server.pid, 'SIGUSR2')
  const forward = await acknowledge(server, duty)
  await until('another alert', async () => Object.values((await inside(server)).room.alerts).some(({ kind, state }) => kind !== 'silent' && state === 'unacknowledged'), 40_000)
  process.kill(server.pid, 'SIGUSR2')
  const back = await acknowledge(server, duty)
  const { at } = await inside(server)
  expect(at - before.at).toBeLessThanOrEqual((performance.now() - before.since) * 300)
  expect(at).toBeGreaterThan(before.at)
  const under = await evaluationOf(server, leader, exercise)
  await end(server, leader)
  for (const { alerts, begun, ended } of [under, await evaluationOf(server, leader, exercise)]) {
    const took = [forward, back].map((id) => alerts.find(({ alert }) => alert === id)?.acknowledged)
    for (const each of took) expect([each?.seconds, each?.before, each?.met]).toEqual([expect.toSatisfy((seconds: number) => seconds >= 0 && seconds < 60), undefined, true])
    if (ended !== null) expect(ended).toBeGreaterThan(begun ?? Infinity)
  }
})

test('over a month\'s end and a midnight at which the limit changes: each hour is judged by the limit of its own day', async () => {
  const event = anEvent({ rise: `name: { zh: 跨月, en: Month's end }\nfrom: 2022-02-28T21:30\nlasts: PT5H\nspeed: 600\nevery: PT10M\nair: { PM2.5: 40 }\nepisodes: [{ areas: [town], after: PT10M, lasts: PT4H, lift: 60, shape: step }]\n` })
  const file = path.join(event, 'event.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('from: 2022-03-01', 'from: 2022-02-20').replace(/limits:[^]*$/, `phases:
  - { id: strict, name: { zh: 严, en: strict }, from: 2022-02-20, to: 2022-02-28 }
  - { id: usual, name: { zh: 常, en: usual }, from: 2022-03-01, to: 2022-03-16 }
limits:
  - { id: hour, pollutant: PM2.5, average: hour, max: 75, basis: { zh: 测试假定, en: assumed for tests }, assumed: true, on: { phases: [strict] } }
  - { id: later, pollutant: PM2.5, average: hour, max: 150, basis: { zh: 测试假定, en: assumed for tests }, assumed: true, on: { phases: [usual] } }
`))
  const server = await start(noon(event))
  const leader = await signIn(server, 'leader')
  const { body: { exercise } } = await begin(server, leader)
  await until('it is over', async () => (await exercises(server, leader)).past.length > 0, 60_000)
  const { facts } = (await see<{ facts: Fact[] }>(server, `/exercise/${exercise}/api/journal?limit=5000`)).body
  const raised = facts.flatMap((fact) => (fact.kind === 'alert-raised' && fact.alertKind === 'hour-exceeded' ? [fact.alert] : []))
  expect(raised.map((id) => id.slice(-13)).sort()).toEqual(['2022-02-28T22', '2022-02-28T23'])
  expect(facts.at(-1)?.kind).toBe('exercise-ended')
  expect(facts.at(-1)?.at).toBe(Date.parse('2022-03-01T02:30:00+08:00'))
})

test('beside a replay is of its own air, and the replay is what it would have been', async () => {
  const event = anEvent()
  const file = path.join(dataFolder(), 'recorded.csv')
  const hours = Array.from({ length: 48 }, (_, i) => new Date(Date.UTC(2022, 2, 8, i)).toISOString())
  writeFileSync(file, `station,pollutant,start,period,value,flag\n${hours.flatMap((hour) => ['T1', 'T2', 'T3', 'T4', 'T5', 'T6'].map((station) => `${station},PM2.5,${hour},PT1H,90,`)).join('\n')}\n`)
  const args = ['--event', event, '--replay', file, '--layout', 'canonical', '--speed', '36000']
  const alone = await start([...args.slice(0, -1), 'max'])
  const exceeded = async (server: Running): Promise<string[]> => (await journalOf(server)).flatMap((fact) => (fact.kind === 'alert-raised' && fact.alertKind === 'hour-exceeded' ? [fact.id] : []))
  const done = async (server: Running): Promise<void> => { await until('the replay is done', async () => (await ask<{ replay: { done: boolean } }>(`${server.url}/readyz`)).body.replay.done, 60_000) }
  await done(alone)
  const wanted = await exceeded(alone)
  await alone.stop()
  const server = await start(args)
  const leader = await signIn(server, 'leader')
  const { body: { exercise } } = await begin(server, leader)
  await acknowledge(server, leader)
  await done(server)
  expect(await exceeded(server)).toEqual(wanted)
  expect(wanted.length).toBeGreaterThan(40)
  expect(new Set((await journalOf(server)).map(({ air }) => air))).toEqual(new Set(['replay']))
  expect(new Set((await see<{ facts: Fact[] }>(server, '/exercise/api/journal?limit=5000')).body.facts.map(({ air }) => air))).toEqual(new Set(['exercise']))
  await end(server, leader)
  await server.stop()
  expect((await run('verify', '--data', server.dir)).code, exercise).toBe(0)
})

test('of two who begin at the same moment one does, and the other hears who did', async () => {
  const server = await start(noon(anEvent()))
  const [leader, admin] = [await signIn(server, 'leader'), await signIn(server, 'admin')]
  const answers = await Promise.all([begin(server, admin), begin(server, leader)])
  const [won, lost] = answers.sort((a, b) => a.status - b.status)
  expect([won.status, lost.status, lost.body.code]).toEqual([200, 409, 'exercise-running'])
  const { running, past } = await exercises(server, leader)
  expect([running?.id, past]).toEqual([won.body.exercise, []])
  expect(lost.body.detail).toContain(`begun by ${running?.by ?? 'nobody'}`)
  expect(readdirSync(path.join(server.dir, 'exercises'))).toEqual([won.body.exercise])
})

test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('on a disk that is full, or has room for half of it, cannot be begun and says so; the real room works on, and so does the next exercise once there is room', async () => {
  const dir = dataFolder()
  mkdirSync(dir, { recursive: true })
  const place = path.join(dir, 'exercises')
  if (smallDisk(4, place) === null) return
  const server = await start(noon(anEvent()), dir)
  const leader = await signIn(server, 'leader')
  const filler = path.join(place, 'filler')
  fill(filler)
  const refused = async (): Promise<void> => {
    const { status, body: { code, detail } } = await begin(server, leader)
    expect([status, code], detail).toEqual([503, 'not-durable'])
    expect(detail).toMatch(/^the exercise(.s room)? cannot be .*(ENOSPC|disk)/)
    expect((await exercises(server, leader)).running).toBeNull()
    expect((await post(server, [{ station: 'T1', pollutant: 'PM2.5', start: '2022-03-10T11:00:00+08:00', period: 'PT1H', value: 30 }])).status).toBe(200)
    expect((await real(server)).room.seq).toBeGreaterThan(0)
  }
  await refused()
  // Room for what is written down of it, and not for its databases; then for one of them.
  for (const more of ['60K', '80K']) {
    execFileSync('truncate', ['-s', `-${more}`, filler])
    await refused()
    expect(readdirSync(place)).toEqual(['filler'])
  }
  rmSync(filler)
  expect((await begin(server, leader)).status).toBe(200)
  await end(server, leader)
  await server.stop()
  expect((await run('verify', '--data', dir)).err).toBe('')
})
