import path from 'node:path'
import Database from 'libsql'
import { expect, onTestFinished, test } from 'vitest'
import { dataFolder, run, type Running, start } from './server.ts'
import { ask, command, journalOf, signIn, until } from './talk.ts'

const silent = ['--event', 'config/apec-2014', '--air', 'silent']

/** A file of the server's as another process has it. */
function beside(dir: string, file: string) {
  const sql = new Database(path.join(dir, file))
  onTestFinished(() => { sql.close() })
  return { sql, count: (from: string): number => Number((sql.prepare(`SELECT count(*) FROM ${from}`).raw().get() as number[])[0]) }
}

/** Asks for a new account, and kills the server where it stands once it has planned it: `journal`: with the journal's word, or before it. */
async function killedWhileAdding(server: Running, name: string, journal: 'has it' | 'lacks it'): Promise<void> {
  const [accounts, facts] = [beside(server.dir, 'access.sqlite'), beside(server.dir, 'journal.sqlite')]
  const told = () => facts.count(`fact WHERE CAST(text AS TEXT) LIKE '%"${name}"%'`)
  const cookie = await signIn(server, 'admin')
  // Whoever holds a file keeps the server from writing it: first its journal, then what it has planned.
  facts.sql.exec('BEGIN IMMEDIATE')
  const asked = command(`${server.url}/api/people`, cookie, { name, role: 'duty', password: 'a password for a test' }).catch(() => null)
  await until('it is planned', () => accounts.count('planned') === 1)
  accounts.sql.exec('BEGIN IMMEDIATE')
  if (journal === 'has it') {
    facts.sql.exec('ROLLBACK')
    await until('the journal knows', () => told() === 1)
  }
  await server.kill()
  for (const { sql } of [accounts, facts]) if (sql.inTransaction) sql.exec('ROLLBACK')
  expect(await asked).toBe(null)
  expect([accounts.count('planned'), accounts.count(`people WHERE name = '${name}'`), told()]).toEqual([1, 0, journal === 'has it' ? 1 : 0])
}

test('a server killed between its journal and its accounts has both at the next start, or neither', { timeout: 180_000 }, async () => {
  const dir = dataFolder()
  await killedWhileAdding(await start([...silent, '--now', '2014-11-10T20:00:00+08:00'], dir), 'wang', 'has it')
  await killedWhileAdding(await start(silent, dir), 'zhao', 'lacks it')
  const server = await start(silent, dir)
  const { people } = (await ask<{ people: { name: string }[] }>(`${server.url}/api/people`, { headers: { cookie: await signIn(server, 'admin') } })).body
  expect(people.map(({ name }) => name)).toEqual(['admin', 'duty', 'leader', 'wang'])
  expect((await journalOf(server, await signIn(server, 'admin'))).flatMap((fact) => (fact.kind === 'account-changed' ? [fact.account] : []))).toEqual(['wang'])
  expect(beside(dir, 'access.sqlite').count('planned')).toBe(0)
  await server.stop()
  expect(await run('verify', '--data', dir)).toMatchObject({ code: 0, err: '' })
})
