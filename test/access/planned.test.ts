import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Access } from '../../server/access/access.ts'
import { createAccountDesk } from '../../server/desk/account-desk.ts'
import type { CommandJournal } from '../../server/desk/ports.ts'
import type { AccountPorts } from '../../server/http/account-ports.ts'
import { openSequencer } from '../../server/journal/sequencer.ts'
import { openSqliteJournal } from '../../server/journal/sqlite.ts'
import { endPlanned } from '../../server/main/accounts.ts'
import type { House } from '../../server/main/house.ts'
import { aFolder, anAccess, password } from '../http/server.ts'

const NEVER = new Promise<never>(() => undefined)
const asked = { by: 'admin', role: 'admin', key: null, ifMatch: null } as const
type Dies = 'before the journal knows' | 'once the journal knows' | 'when all is done'

/** A server's accounts and its journal, on a disk that outlives it; `dies` says when it is killed in the middle of a command. */
async function aServer(dir: string, dies: Dies) {
  const opened = await openSqliteJournal(path.join(dir, 'journal.sqlite'))
  if (!opened.ok) throw new Error(opened.reason)
  const { journal } = opened
  const sequencer = await openSequencer({ journal, air: 'live', now: Date.now })
  onTestFinished(async () => { await sequencer.close(); await journal.close() })
  const access = anAccess(dir)
  let die = (): Promise<never> => NEVER
  const dead = new Promise<void>((resolve) => { die = () => { resolve(); return NEVER } })
  const command: CommandJournal['command'] = async (drafts) => {
    if (dies === 'before the journal knows') return die()
    const written = await sequencer.command(drafts)
    return dies === 'once the journal knows' ? die() : written
  }
  const desk = createAccountDesk({ access, journal: { command }, asked: () => null, now: () => 7, machine: Date.now, watch: { look: () => undefined, take: () => undefined }, sources: ['event'] })
  const start = () => endPlanned({ journal, sequencer, clock: { now: () => 8 } } as unknown as House, access)
  return { access, desk, start, dead, facts: () => journal.read(0, 1000) }
}

/** As far as anybody could come in. */
const standing = (access: Access) => JSON.stringify([access.people(), access.tokens().map(({ revoked, ...token }) => [token, revoked !== null])])

/** `ends`: the person's sessions with it; `unseen`: nothing else shows it. */
type Case = { what: string; act: (desk: AccountPorts, token: string) => Promise<unknown>; ends?: true; unseen?: true }
const CASES: Case[] = [
  { what: 'a new account', act: (desk) => desk.addPerson({ ...asked, person: 'wang', as: 'duty', password }) },
  { what: 'another role', act: (desk) => desk.setRole({ ...asked, person: 'li', as: 'leader' }) },
  { what: 'a new password', act: (desk) => desk.setPassword({ ...asked, person: 'li', password: 'another one' }), ends: true },
  { what: 'a disabled account', act: (desk) => desk.disablePerson({ ...asked, person: 'li' }), ends: true },
  { what: 'an enabled account', act: (desk) => desk.enablePerson({ ...asked, person: 'chen', password }) },
  { what: 'a code', act: (desk) => desk.setTotp({ ...asked, person: 'li', on: true }), ends: true },
  { what: 'ended sessions', act: (desk) => desk.endSessions({ ...asked, person: 'li' }), ends: true, unseen: true },
  { what: 'a token', act: (desk) => desk.addToken({ ...asked, kind: 'screen', name: 'hall' }) },
  { what: 'a revoked token', act: (desk, token) => desk.revokeToken({ ...asked, token }) },
]

async function aFolderWithPeople(): Promise<{ dir: string; token: string; session: string }> {
  const dir = aFolder()
  const access = anAccess(dir)
  for (const name of ['admin', 'li', 'chen']) await access.addPerson({ name, role: name === 'admin' ? 'admin' : 'duty', password })
  access.disablePerson('chen')
  const [token, signed] = [access.addToken({ kind: 'screen', name: 'wall' }), await access.signIn('li', password)]
  return { dir, token: token.ok ? token.added.id : '', session: signed.ok ? signed.secret : '' }
}

describe('a server that is killed in the middle of a change leaves both, what the journal tells and what it tells of, or neither', () => {
  test.each(CASES)('$what', async ({ act, ends, unseen }) => {
    for (const dies of ['before the journal knows', 'once the journal knows'] as const) {
      const { dir, token, session } = await aFolderWithPeople()
      const killed = await aServer(dir, dies)
      const before = standing(killed.access)
      void act(killed.desk, token)
      await killed.dead
      expect([standing(killed.access) === before, killed.access.holds(session)], dies).toEqual([true, true])
      expect(await killed.facts()).toHaveLength(dies === 'once the journal knows' ? 1 : 0)

      const next = await aServer(dir, 'when all is done')
      await next.start()
      await next.start()
      const done = dies === 'once the journal knows'
      expect(next.access.holds(session), dies).toBe(!(done && ends === true))
      expect([standing(next.access) !== before, next.access.planned(), (await next.facts()).length]).toEqual([done && unseen !== true, [], done ? 1 : 0])
    }
  })

  test('and a password that was told works, and no other', async () => {
    const { dir } = await aFolderWithPeople()
    const killed = await aServer(dir, 'once the journal knows')
    void killed.desk.setPassword({ ...asked, person: 'li', password: 'another one' })
    await killed.dead
    const next = await aServer(dir, 'when all is done')
    await next.start()
    expect([(await next.access.signIn('li', password)).ok, (await next.access.signIn('li', 'another one')).ok]).toEqual([false, true])
  })
})

test('what somebody on the machine has changed since is the later word: what was begun is voided', async () => {
  const { dir } = await aFolderWithPeople()
  const killed = await aServer(dir, 'once the journal knows')
  void killed.desk.enablePerson({ ...asked, person: 'chen', password })
  await killed.dead
  const machine = anAccess(dir)
  await machine.addPerson({ name: 'chen', role: 'leader', password })
  machine.disablePerson('chen')
  const next = await aServer(dir, 'when all is done')
  await next.start()
  expect(next.access.people().find(({ name }) => name === 'chen')).toMatchObject({ role: 'leader', disabled: true })
  const facts = await next.facts()
  expect(facts).toMatchObject([{ kind: 'account-changed', what: 'enabled' }, { kind: 'command-voided', of: facts[0]?.id }])
  expect(next.access.planned()).toEqual([])
})

test('the accounts know no secret of a change that waits', async () => {
  const { dir, session } = await aFolderWithPeople()
  const killed = await aServer(dir, 'before the journal knows')
  void killed.desk.ownPassword({ ...asked, by: 'li', role: 'duty', current: password, password: 'a secret of mine', session })
  await killed.dead
  const Database = (await import('libsql')).default
  const sql = new Database(path.join(dir, 'access.sqlite'))
  onTestFinished(() => { sql.close() })
  const kept = JSON.stringify(sql.prepare('SELECT * FROM planned').all())
  expect([kept.includes('argon2id'), kept.includes('a secret of mine'), kept.includes(session)]).toEqual([true, false, false])
})
