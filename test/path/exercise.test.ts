import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Evaluation } from '../../shared/evaluation.ts'
import type { Fact } from '../../shared/fact.ts'
import { anEvent, begin, end, exercised, exercises, header, inside, noon, real, SCRIPT } from './exercised.ts'
import { run, start } from './server.ts'
import { ask, command, journalOf, post, see, signIn, until } from './talk.ts'

describe('an exercise', () => {
  test('is a room of its own: its facts, readings and messages are marked, and not one of them is in the real journal, store or summary', async () => {
    const server = await start(noon(anEvent()))
    const [leader, duty] = [await signIn(server, 'leader'), await signIn(server, 'duty')]
    const [factsBefore, summaryBefore, filesBefore] = [await journalOf(server), (await see(server, '/api/report')).text, readdirSync(server.dir).sort()]
    const exercise = await exercised(server, leader, duty)
    const journal = (await see<{ facts: Fact[] }>(server, '/exercise/api/journal')).body.facts
    expect(new Set(journal.map(({ air }) => air))).toEqual(new Set(['exercise']))
    expect(journal.filter((fact) => fact.kind === 'alert-raised').every(({ marks }) => marks.includes('exercise') && !marks.includes('suspect'))).toBe(true)
    expect((await see<{ air: string }>(server, '/exercise/api/event')).body.air).toBe('exercise')
    expect((await see(server, '/exercise/api/report')).body['code']).toBe('no-summary')
    expect((await post(server, [], server.first.sourceToken)).status).toBe(200)
    expect((await end(server, leader)).body.exercise).toBe(exercise)
    expect(await journalOf(server)).toEqual(factsBefore)
    expect((await see(server, '/api/report')).text).toBe(summaryBefore)
    expect(readdirSync(server.dir).sort().filter((name) => !/-(wal|shm)$/.test(name))).toEqual([...filesBefore.filter((name) => !/-(wal|shm)$/.test(name)), 'exercises'].sort())
    await server.stop()
    expect(readFileSync(path.join(server.dir, 'journal.sqlite')).includes('演习备注')).toBe(false)
    for (const dir of [server.dir, path.join(server.dir, 'exercises', exercise)]) expect(await run('verify', '--data', dir)).toMatchObject({ code: 0 })
  })

  test('is evaluated by person, from its own journal, also when it is over', async () => {
    const server = await start(noon(anEvent()))
    const [leader, duty] = [await signIn(server, 'leader'), await signIn(server, 'duty')]
    const exercise = await exercised(server, leader, duty)
    const evaluation = async () => (await ask<Evaluation>(`${server.url}/api/exercises/${exercise}/evaluation`, { headers: { cookie: leader } })).body
    expect((await evaluation()).ended).toBeNull()
    await end(server, leader)
    const { acknowledge, people, aims, ended } = await evaluation()
    expect([acknowledge.done, acknowledge.met, aims.acknowledge, ended === null]).toEqual([1, 1, 60, false])
    expect(people.map(({ name, acknowledged, steps }) => [name, acknowledged.done, steps])).toEqual([['duty', 1, 2]])
    expect((await exercises(server, duty)).past).toMatchObject([{ id: exercise, by: 'leader', endedBy: 'leader', name: { zh: '抬升演习' } }])
  })

  test('does not hide the real room: it goes on, its alerts are told on the exercise\'s faces, and it says that an exercise is under way', async () => {
    const server = await start(noon(anEvent()))
    const leader = await signIn(server, 'leader')
    await begin(server, leader)
    expect(header(await real(server))?.exercise).toMatchObject({ name: { zh: '抬升演习' }, walls: false })
    await post(server, ['T1', 'T2', 'T3', 'T4', 'T5', 'T6'].map((station) => ({ station, pollutant: 'PM2.5', start: '2022-03-10T11:00:00+08:00', period: 'PT1H', value: 190 })))
    const asking = await until('a real alert', async () => { const { length } = Object.keys((await real(server)).room.alerts); return length > 0 && length })
    await until('the exercise knows', async () => header(await inside(server))?.real?.asking === asking)
    await end(server, leader)
    await until('the real room knows', async () => header(await real(server))?.exercise === null)
  })

  test('tells a channel that is for exercises what it is, under keys of its own, and in the end that it is over; a channel of real air hears nothing', async () => {
    const heard: { path: string; key: string; id: string; what: string; air: string }[] = []
    const hook = createServer((req, res) => {
      let text = ''
      req.on('data', (chunk: Buffer) => { text += chunk.toString() }).on('end', () => {
        const body = JSON.parse(text) as { id: string; what: string; air: string }
        heard.push({ path: req.url ?? '', key: String(req.headers['idempotency-key']), id: body.id, what: body.what, air: body.air })
        res.end()
      })
    })
    await new Promise<void>((resolve) => { hook.listen(0, '127.0.0.1', resolve) })
    onTestFinished(() => { hook.closeAllConnections(); hook.close() })
    const at = `http://127.0.0.1:${(hook.address() as AddressInfo).port}`
    const dir = anEvent()
    const channel = (id: string, airs: string) => `  - { id: ${id}, kind: webhook, url: "${at}/${id}", airs: [${airs}] }\n`
    writeFileSync(path.join(dir, 'duty.yaml'), `channels:\n${channel('practice', 'exercise')}${channel('real', 'silent, live')}tell:\n  - { severities: [critical, warning], by: [practice] }\n  - { severities: [critical, warning], by: [real] }\n`)
    const server = await start(noon(dir))
    const leader = await signIn(server, 'leader')
    const { body: { exercise } } = await begin(server, leader)
    await until('a message', () => heard.length > 0)
    await end(server, leader)
    expect(new Set(heard.map((each) => each.path))).toEqual(new Set(['/practice']))
    expect(heard.every(({ key, id, air }) => key.startsWith(`${exercise}|`) && id.startsWith(`${exercise}|`) && air === 'exercise')).toBe(true)
    expect(heard.at(-1)).toMatchObject({ id: `${exercise}|exercise-ended|practice`, what: 'resolved' })
  })

  test('is one at a time, begun by a script that is there and right', async () => {
    const server = await start(noon(anEvent({ rise: SCRIPT(), broken: SCRIPT().replace('every: PT10M', 'every: PT7M').replace('[town]', '[towns]') })))
    const leader = await signIn(server, 'leader')
    expect((await begin(server, leader, { script: 'none' })).body.code).toBe('unknown-script')
    const broken = await begin(server, leader, { script: 'broken' })
    expect([broken.status, broken.body.code]).toEqual([409, 'faulty-script'])
    expect(broken.body.detail).toContain('line 5 every PT7M is no period of a reading')
    expect((await end(server, leader)).body.code).toBe('no-exercise')
    const key = { 'idempotency-key': 'one-click' }
    const first = await ask<{ exercise: string }>(`${server.url}/api/exercises`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: leader, ...key }, body: JSON.stringify({ script: 'rise' }) })
    const again = await ask<{ exercise: string }>(`${server.url}/api/exercises`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: leader, ...key }, body: JSON.stringify({ script: 'rise' }) })
    expect([first.status, again.status, again.body.exercise]).toEqual([200, 200, first.body.exercise])
    expect((await begin(server, leader)).body.code).toBe('exercise-running')
    expect((await command(`${server.url}/api/exercises/end`, leader, { exercise: 'another' })).body['code']).toBe('no-exercise')
    expect((await run('check-config', '--event', anEvent({ broken: SCRIPT('PT0M') }))).out).toContain('exercises/broken.yaml:3 lasts: PT0M is too short or longer than a day')
  })

  test('begun so fast that its aims can neither be kept nor missed says so, before and after; check-config does too', async () => {
    const event = anEvent()
    const server = await start(noon(event))
    const leader = await signIn(server, 'leader')
    expect((await exercises(server, leader)).scripts[0]?.pace).toEqual({ aims: { acknowledge: 60_000, order: 120_000, verify: 300_000 }, first: 600_000, lasts: 21_600_000 })
    const { body: { warnings } } = await begin(server, leader)
    expect(warnings).toEqual(['acknowledge', 'order', 'verify'].map((aim) => expect.stringContaining(`of their own time to ${aim}, and the aim is`) as string))
    expect(warnings[0]).toContain('at 600 times')
    await end(server, leader)
    expect((await begin(server, leader, { speed: 50 })).body.warnings).toEqual([])
    const checked = await run('check-config', '--event', event)
    expect([checked.code, checked.out]).toEqual([0, expect.stringContaining('exercises/rise.yaml:4 speed: at 600 times')])
  })

  test('that cannot be written down is refused, and costs the real room nothing', async () => {
    const server = await start(noon(anEvent()))
    writeFileSync(path.join(server.dir, 'exercises'), 'no folder')
    const leader = await signIn(server, 'leader')
    expect((await begin(server, leader)).body).toMatchObject({ code: 'not-durable', detail: expect.stringContaining('the exercise cannot be written down') as string })
    expect(await exercises(server, leader)).toMatchObject({ running: null, past: [] })
    expect((await journalOf(server)).map(({ kind }) => kind).filter((kind) => kind !== 'withheld')).toEqual(['journal-opened'])
  })

  test('outlives a server that is killed in it: it goes on where it was, with what was acknowledged', async () => {
    const event = anEvent()
    const server = await start(noon(event))
    const [leader, duty] = [await signIn(server, 'leader'), await signIn(server, 'duty')]
    const exercise = await exercised(server, leader, duty)
    const before = await inside(server)
    await server.kill()
    const again = await start(['--event', event, '--air', 'silent', '--speed', '1'], server.dir)
    const after = await inside(again)
    expect(after.at).toBeGreaterThanOrEqual(before.at - 600_000)
    expect(after.room.seq).toBeGreaterThanOrEqual(before.room.seq)
    expect(Object.values(after.room.alerts).filter(({ kind }) => kind === 'silent')).toEqual([])
    expect(Object.values(after.room.alerts).some(({ notes }) => notes.some(({ text }) => text === '演习备注'))).toBe(true)
    expect((await exercises(again, await signIn(again, 'leader'))).running?.id).toBe(exercise)
  })

  test('ends by itself when its script is over, and its address then says that there is none', async () => {
    const server = await start(noon(anEvent({ rise: SCRIPT('PT20M') })))
    const leader = await signIn(server, 'leader')
    await begin(server, leader)
    await until('it is over', async () => (await exercises(server, leader)).past.length > 0)
    expect(await exercises(server, leader)).toMatchObject({ running: null, past: [{ endedBy: null }] })
    expect((await see(server, '/exercise/api/situation')).body['code']).toBe('no-exercise')
  })
})
