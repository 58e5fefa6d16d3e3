import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Evaluation } from '../../shared/evaluation.ts'
import type { Fact } from '../../shared/fact.ts'
import type { EventInfo } from '../../shared/wire.ts'
import { anEvent, begin, end, exercised, exercises, inside, noon, real } from './exercised.ts'
import { dataFolder, run, type Running, start } from './server.ts'
import { ask, journalOf, see, signIn, until } from './talk.ts'

const onFrom = (event: string): string[] => ['--event', event, '--air', 'silent', '--speed', '1']
const factsIn = async (server: Running): Promise<Fact[]> => (await see<{ facts: Fact[] }>(server, '/exercise/api/journal?limit=5000')).body.facts
const evaluationOf = async ({ url }: Running, cookie: string, id: string): Promise<Evaluation> => (await ask<Evaluation>(`${url}/api/exercises/${id}/evaluation`, { headers: { cookie } })).body

test('a copy taken while an exercise is under way holds it and those before; put back, it goes on, and each is looked at by itself', async () => {
  const event = anEvent()
  const server = await start(noon(event))
  const [leader, duty] = [await signIn(server, 'leader'), await signIn(server, 'duty')]
  const before = await exercised(server, leader, duty)
  await end(server, leader)
  const evaluated = await evaluationOf(server, leader, before)
  const under = await exercised(server, leader, duty)
  const facts = await factsIn(server)
  const [file, again] = [path.join(dataFolder(), 'room.tar.gz'), path.join(dataFolder(), 'again')]
  expect(await run('backup', '--data', server.dir, '--to', file)).toMatchObject({ code: 0, err: '' })
  await server.stop()

  const restored = await run('restore', '--from', file, '--data', again)
  expect(restored).toMatchObject({ code: 0, err: '' })
  for (const id of [before, under]) expect(restored.out).toMatch(new RegExp(`^exercises/${id}: journal: \\d+ facts, the chain is unbroken`, 'm'))
  writeFileSync(path.join(again, 'first-start.json'), readFileSync(path.join(server.dir, 'first-start.json')))
  const second = await start(onFrom(event), again)
  const cookie = await signIn(second, 'leader')
  expect(await exercises(second, cookie)).toMatchObject({ running: { id: under }, past: [{ id: before }] })
  expect((await factsIn(second)).slice(0, facts.length)).toEqual(facts)
  expect(await evaluationOf(second, cookie, before)).toEqual(evaluated)
  expect((await journalOf(second)).every(({ air }) => air === 'silent')).toBe(true)
})

test('what is wrong with an exercise is told of that exercise, facts of real air in it too; the real journal stays sound', async () => {
  const server = await start(noon(anEvent()))
  const leader = await signIn(server, 'leader')
  const { body: { exercise } } = await begin(server, leader)
  await end(server, leader)
  await server.stop()
  const folder = path.join(server.dir, 'exercises', exercise)
  for (const name of readdirSync(folder).filter((each) => each.startsWith('journal'))) rmSync(path.join(folder, name))
  copyFileSync(path.join(server.dir, 'journal.sqlite'), path.join(folder, 'journal.sqlite'))
  const strange = await run('verify', '--data', server.dir)
  expect([strange.code, strange.err]).toEqual([1, expect.stringContaining(`exercises/${exercise}: journal: fact 1: it is of silent air, in a folder of exercise air`)])
  expect(strange.out).toMatch(/^journal: \d+ facts, the chain is unbroken/m)
  writeFileSync(path.join(folder, 'exercise.json'), '{}')
  expect((await run('verify', '--data', server.dir)).err).toContain(`exercises/${exercise}: exercise.json is missing, or not what a server wrote there`)
})

const limitOf = async (server: Running, base = ''): Promise<string> => JSON.stringify((await see<EventInfo>(server, `${base}/api/event`)).body.limits)

test('goes on by the event that it began with where that was changed before a restart; the real room goes by the new one', async () => {
  const event = anEvent()
  const server = await start(noon(event))
  const [leader, duty] = [await signIn(server, 'leader'), await signIn(server, 'duty')]
  const exercise = await exercised(server, leader, duty)
  const limit = await limitOf(server, '/exercise')
  await server.kill()
  writeFileSync(path.join(event, 'event.yaml'), readFileSync(path.join(event, 'event.yaml'), 'utf8').replace('max: 75', 'max: 300'))
  const again = await start(onFrom(event), server.dir)
  expect(await limitOf(again, '/exercise')).toBe(limit)
  expect(await limitOf(again)).not.toBe(limit)
  expect(Object.values((await inside(again)).room.alerts).some(({ limit: max }) => max === 75)).toBe(true)
  expect((await exercises(again, await signIn(again, 'leader'))).running?.id).toBe(exercise)
})

test('that no start can go on with is over and says why; the real room is there', async () => {
  const event = anEvent()
  const server = await start(noon(event))
  const { body: { exercise } } = await begin(server, await signIn(server, 'leader'))
  await server.kill()
  const kept = path.join(server.dir, 'exercises', exercise, 'event', 'event.yaml')
  expect(existsSync(kept)).toBe(true)
  writeFileSync(kept, readFileSync(kept, 'utf8').replace('max: 75', 'max: many'))
  const again = await start(onFrom(event), server.dir)
  const cookie = await signIn(again, 'leader')
  const { running, past } = await exercises(again, cookie)
  expect([running, past]).toMatchObject([null, [{ id: exercise, broken: expect.stringContaining('event.yaml:8 limits[0].max') as string }]])
  expect((await real(again)).room.seq).toBeGreaterThan(0)
  await begin(again, cookie)
  await until('another one runs', async () => (await exercises(again, cookie)).running !== null)
})
