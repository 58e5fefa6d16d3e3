import { expect, onTestFinished, test, vi } from 'vitest'
import type { Draft } from '../../shared/fact.ts'
import type { House } from '../../server/main/house.ts'
import { openAccounts } from '../../server/main/accounts.ts'
import { aFolder, anAccess, password } from '../http/server.ts'

/** A server's accounts, and the same folder as a command on the machine has it. */
function aServer() {
  vi.useFakeTimers()
  onTestFinished(() => { vi.useRealTimers() })
  const dir = aFolder()
  const [access, command] = [anAccess(dir), anAccess(dir)]
  const told: Draft[] = []
  const keep = (drafts: Draft[]) => { told.push(...drafts); return drafts }
  const house = {
    room: { append: keep }, clock: { now: () => 7 }, machine: Date.now, config: { sources: [] },
    sequencer: { command: (drafts: Draft[]) => Promise.resolve({ ok: true, facts: keep(drafts) }) },
  } as unknown as House
  return { access, command, told, accounts: openAccounts(house, access) }
}
const asked = { by: 'admin', role: 'admin', key: null, ifMatch: null } as const

test('what a command of this machine does to accounts and tokens stands in the journal soon, and what the desk does only once', async () => {
  const { access, command, told, accounts } = aServer()
  await access.addPerson({ name: 'admin', role: 'admin', password })
  const stop = accounts.begin()
  await command.addPerson({ name: 'li', role: 'duty', password })
  const token = command.addToken({ kind: 'screen', name: 'hall' })
  vi.advanceTimersByTime(5_000)
  expect(told.map(({ actor, at, body }) => [actor, at, body.kind, 'what' in body && body.what, 'by' in body && body.by, 'way' in body && body.way]))
    .toEqual([['system', 7, 'account-changed', 'added', null, 'console'], ['system', 7, 'token-changed', 'added', null, 'console']])

  told.length = 0
  command.revokeToken(token.ok ? token.added.id : '')
  await accounts.commands.disablePerson({ ...asked, person: 'li' })
  vi.advanceTimersByTime(60_000)
  expect(told.map(({ body }) => [body.kind, 'what' in body && body.what, 'way' in body && body.way])).toEqual([['token-changed', 'revoked', 'console'], ['account-changed', 'disabled', 'desk']])

  told.length = 0
  access.letIn({ issuer: 'https://sso', subject: '1', name: '陈主任', role: 'leader' })
  vi.advanceTimersByTime(5_000)
  access.letIn({ issuer: 'https://sso', subject: '1', name: '陈主任', role: 'duty' })
  await access.signIn('admin', password)
  vi.advanceTimersByTime(5_000)
  expect(told.map(({ body }) => body)).toMatchObject([{ account: '陈主任', what: 'added', role: 'leader', way: 'sign-on' }, { account: '陈主任', what: 'role', role: 'duty', way: 'sign-on' }])
  stop()
})
