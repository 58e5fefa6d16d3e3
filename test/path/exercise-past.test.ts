import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Fact } from '../../shared/fact.ts'
import type { Snapshot } from '../../shared/wire.ts'
import { anEvent, asksIn, begin, end, exercised, noon, SCRIPT } from './exercised.ts'
import { run, start } from './server.ts'
import { ask, bearer, command, journalOf, see, signIn, until } from './talk.ts'

const iso = (at: number): string => encodeURIComponent(new Date(at).toISOString())

test('an exercise that is over can be looked at as it was at any moment, and nothing can be done in it', async () => {
  const server = await start(noon(anEvent()))
  const [leader, duty] = [await signIn(server, 'leader'), await signIn(server, 'duty')]
  const exercise = await exercised(server, leader, duty)
  const facts = (await see<{ facts: Fact[] }>(server, '/exercise/api/journal?limit=5000')).body.facts
  const acknowledged = facts.find(({ kind }) => kind === 'alert-acknowledged')
  if (acknowledged?.kind !== 'alert-acknowledged') throw new Error('nobody acknowledged')
  await end(server, leader)
  const its = `/exercise/${exercise}`
  const journal = readFileSync(path.join(server.dir, 'exercises', exercise, 'journal.sqlite'))
  const real = await journalOf(server)

  const then = async (query: string): Promise<Snapshot> => (await see<Snapshot>(server, `${its}/api/situation${query}`)).body
  const [before, after] = [await then(`?at=${iso(acknowledged.at - 1)}`), await then('')]
  expect(before.room.alerts[acknowledged.alert]).toMatchObject({ state: 'unacknowledged' })
  expect(after.room.alerts[acknowledged.alert]).toMatchObject({ notes: [{ by: 'duty', text: '演习备注' }] })
  expect(Object.values(before.air).some((cell) => cell.kind === 'city')).toBe(true)
  expect((await see<{ air: string; airNote: { zh: string } }>(server, `${its}/api/event`)).body).toMatchObject({ air: 'exercise', airNote: { zh: '抬升演习' } })
  expect((await see<{ history: Fact[] }>(server, `${its}/api/alerts/${encodeURIComponent(acknowledged.alert)}`)).body.history.length).toBeGreaterThan(1)
  expect((await see(server, `${its}/api/situation?at=${iso(after.at + 3_600_000)}`)).status).toBe(400)

  expect(await command(`${server.url}${its}/api/alerts/${encodeURIComponent(acknowledged.alert)}/comment`, duty, { text: '事后' })).toMatchObject({ status: 404, body: { code: 'no-exercise' } })
  expect((await ask(`${server.url}${its}/api/situation`)).status).toBe(401)
  expect((await see(server, '/exercise/2022-none/api/situation')).body['code']).toBe('unknown-exercise')
  expect(readFileSync(path.join(server.dir, 'exercises', exercise, 'journal.sqlite')).equals(journal)).toBe(true)
  expect(await journalOf(server)).toEqual(real)
  await server.stop()
  expect(await run('verify', '--data', server.dir)).toMatchObject({ code: 0 })
})

test('a moment asked for at the address of exercises is one of the exercise under way, and once it is over of that which was', async () => {
  const server = await start(noon(anEvent({ rise: SCRIPT(), again: SCRIPT() })))
  const leader = await signIn(server, 'leader')
  const page = async (place: string) => ask(`${server.url}${place}`, { headers: bearer(server.first.screenToken) })
  expect((await page('/exercise/wall?at=2022-03-08T18:31:00%2B08:00')).headers.get('location')).toBeNull()
  const { body: { exercise } } = await begin(server, leader)
  await until('an alert', () => asksIn(server))
  expect((await page('/exercise/wall?at=2022-03-08T18:31:00%2B08:00')).headers.get('location')).toBeNull()
  expect((await see<Snapshot>(server, `/exercise/${exercise}/api/situation`)).body.room.seq).toBeGreaterThan(1)
  await end(server, leader)
  const sent = await page('/exercise/desk?at=2022-03-08T18:31:00%2B08:00')
  expect([sent.status, sent.headers.get('location')]).toEqual([303, `/exercise/${exercise}/desk?at=2022-03-08T18:31:00%2B08:00`])
  // Beside the next one, that which was is still what it was.
  await begin(server, leader, { script: 'again' })
  expect((await see<Snapshot>(server, `/exercise/${exercise}/api/situation`)).body.room.alerts).not.toEqual({})
})
