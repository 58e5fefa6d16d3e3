import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openCheckpoints } from '../../server/journal/checkpoints.ts'
import { openSqliteJournal } from '../../server/journal/sqlite.ts'
import type { Fact } from '../../shared/fact.ts'
import type { Alert } from '../../shared/situation.ts'
import type { Snapshot } from '../../shared/wire.ts'
import { dataFolder, run, type Running, start } from './server.ts'
import { command, journalOf, post, see, type Sent, signIn, until } from './talk.ts'

const evaluators = ['1001A', '1003A', '1004A', '1005A', '1006A', '1007A', '1008A', '1009A', '1011A', '1012A']
const hourOf = (start: string, value: number): Sent[] => evaluators.map((station) => ({ station, pollutant: 'PM2.5', start: `${start}:00:00+08:00`, period: 'PT1H', value }))
const args = ['--event', 'config/beijing-2022', '--air', 'silent', '--speed', '1']
const [FIRST, SECOND] = ['hour-exceeded:beijing:PM2.5:2022-02-04T18', 'hour-exceeded:beijing:PM2.5:2022-02-04T19']

type Told = Alert & { history: Fact[] }
const alert = async (server: Running, id: string): Promise<Told> => (await see<Told>(server, `/api/alerts/${encodeURIComponent(id)}`)).body
const room = async (server: Running) => (await see<Snapshot>(server, '/api/situation')).body.room
const about = (server: Running, id: string, what: string) => `${server.url}/api/alerts/${encodeURIComponent(id)}/${what}`
const listed = async (server: Running, query: string): Promise<string[]> => (await see<{ alerts: Alert[] }>(server, `/api/alerts?${query}`)).body.alerts.map(({ id }) => id)

/** What a server that runs for longer leaves beside its journal. */
async function checkpoint(dir: string): Promise<void> {
  const file = path.join(dir, 'journal.sqlite')
  const opened = await openSqliteJournal(file)
  if (!opened.ok) throw new Error(opened.reason)
  expect(await openCheckpoints(file, opened.journal).write()).toMatchObject({ ok: true })
  await opened.journal.close()
}

test('what was open, closed and said before a checkpoint goes on after it: withdrawn, asking again, looked up and written on, and copied without it', { timeout: 180_000 }, async () => {
  const server = await start([...args, '--now', '2022-02-04T20:12:00+08:00'])
  await post(server, hourOf('2022-02-04T18', 120))
  await post(server, hourOf('2022-02-04T19', 120))
  const duty = await signIn(server, 'duty')
  for (const id of [FIRST, SECOND]) expect((await command(about(server, id, 'acknowledge'), duty, { occurrence: 1 })).status).toBe(200)
  await post(server, hourOf('2022-02-04T19', 20))
  await until('closed', async () => (await alert(server, SECOND)).state === 'closed')
  const before = [await room(server), await alert(server, FIRST), await alert(server, SECOND)]
  await server.kill()
  await checkpoint(server.dir)

  const second = await start(args, server.dir)
  expect([await room(second), await alert(second, FIRST), await alert(second, SECOND)]).toEqual(before)
  // The one was closed before the checkpoint and is over again; the other was open, and its ground is taken away.
  await post(second, [...hourOf('2022-02-04T19', 130), ...hourOf('2022-02-04T18', 20)])
  expect(await alert(second, SECOND)).toMatchObject({ state: 'unacknowledged', occurrence: 2, value: 130 })
  const first = await alert(second, FIRST)
  expect([first.state, first.condition, first.history.map(({ kind }) => kind)]).toEqual(['closed', 'under', ['alert-raised', 'alert-acknowledged', 'alert-withdrawn', 'alert-closed']])
  await second.kill()
  await checkpoint(server.dir)

  // Two days on it has left the room, and is in the journal all the same.
  const third = await start([...args, '--now', '2022-02-07T20:12:00+08:00'], server.dir)
  await post(third, hourOf('2022-02-07T19', 120))
  expect(Object.keys((await room(third)).alerts)).not.toContain(FIRST)
  expect(await alert(third, FIRST)).toEqual(first)
  expect(await listed(third, 'from=2022-02-04T18:00:00%2B08:00&to=2022-02-04T19:00:00%2B08:00')).toEqual([FIRST])
  expect(await listed(third, 'state=closed')).toContain(FIRST)
  expect(await listed(third, '')).not.toContain(FIRST)
  const word = await command(about(third, FIRST, 'comment'), await signIn(third, 'duty'), { text: '事后核实' })
  expect([word.status, word.body]).toMatchObject([200, { alert: { id: FIRST, state: 'closed', notes: [{ text: '事后核实' }] } }])
  expect((await command(about(third, FIRST, 'acknowledge'), await signIn(third, 'leader'), { occurrence: 1 })).body).toMatchObject({ code: 'already-acknowledged' })
  expect((await command(about(third, 'no-such-alert', 'comment'), await signIn(third, 'duty'), { text: '?' })).status).toBe(404)
  const facts = await journalOf(third)
  expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length)
  await third.stop()

  const home = dataFolder()
  const [file, again] = [path.join(home, 'room.tar.gz'), path.join(home, 'again')]
  writeFileSync(path.join(home, 'note'), readdirSync(server.dir).join(' '))
  expect(existsSync(path.join(server.dir, 'journal-checkpoint'))).toBe(true)
  expect((await run('backup', '--data', server.dir, '--to', file)).code).toBe(0)
  expect(await run('restore', '--from', file, '--data', again)).toMatchObject({ code: 0 })
  expect(readdirSync(again).filter((name) => /checkpoint|register|past/.test(name))).toEqual([])
  const checked = await run('verify', '--data', server.dir)
  expect([checked.code, checked.out]).toEqual([0, expect.stringMatching(/the checkpoint of fact \d+ is what the journal makes of it\n.*the register of \d+ facts is what the journal makes of it/)])
})
