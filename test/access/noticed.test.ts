import { expect, onTestFinished, test, vi } from 'vitest'
import type { Air, Draft } from '../../shared/fact.ts'
import { type House, SIMULATED_SOURCE } from '../../server/main/house.ts'
import { CANARY_SOURCE } from '../../shared/canary.ts'
import { openAccounts } from '../../server/main/accounts.ts'
import { aFolder, anAccess, password } from '../http/server.ts'

/** A server's accounts beside its journal, and the same folder as a command on the machine has it. */
function aServer(air: Air = 'live') {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  onTestFinished(() => { vi.useRealTimers() })
  const dir = aFolder()
  const [access, command] = [anAccess(dir), anAccess(dir)]
  const told: Draft[] = []
  const journal: Draft[] = []
  const keep = (drafts: Draft[]) => { told.push(...drafts); journal.push(...drafts); return drafts }
  const house = {
    air, room: { append: keep }, clock: { now: () => 7 }, machine: Date.now, config: { sources: [] },
    journal: { about: () => Promise.resolve(journal.map(({ body, ...rest }, i) => ({ ...body, ...rest, seq: i + 1 }))) },
    sequencer: { command: (drafts: Draft[]) => Promise.resolve({ ok: true, facts: keep(drafts) }) },
  } as unknown as House
  const begin = async () => {
    const accounts = openAccounts(house, access)
    return { commands: accounts.commands, stop: await accounts.begin() }
  }
  /** What has been told since it was asked last. */
  const heard = () => told.splice(0).map(({ body }) => body)
  return { access, command, journal, told, begin, heard }
}
const asked = { by: 'admin', role: 'admin', key: null, ifMatch: null } as const

test('what a command of this machine does to accounts and tokens stands in the journal soon, and what the desk does only once', async () => {
  const { access, command, told, begin } = aServer()
  await access.addPerson({ name: 'admin', role: 'admin', password })
  const { commands, stop } = await begin()
  expect(told.splice(0)).toMatchObject([{ body: { kind: 'access-stands', accounts: [{ account: 'admin', role: 'admin' }] } }])
  await command.addPerson({ name: 'li', role: 'duty', password })
  const token = command.addToken({ kind: 'screen', name: 'hall' })
  vi.advanceTimersByTime(5_000)
  expect(told.map(({ actor, at, body }) => [actor, at, body.kind, 'what' in body && body.what, 'by' in body && body.by, 'way' in body && body.way]))
    .toEqual([['system', 7, 'account-changed', 'added', null, 'console'], ['system', 7, 'token-changed', 'added', null, 'console']])

  told.length = 0
  command.revokeToken(token.ok ? token.added.id : '')
  await commands.disablePerson({ ...asked, person: 'li' })
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

const down = (what: string, account: string, more: object = {}) => ({ kind: 'account-changed', account, what, by: null, way: 'down', ...more })

test('what was changed on the machine while the room was down is told at its next start, each once, as what it is', async () => {
  const { access, command, begin, heard, journal } = aServer()
  for (const name of ['admin', 'li', 'chen', 'zhao']) await access.addPerson({ name, role: name === 'admin' ? 'admin' : 'duty', password })
  const wall = access.addToken({ kind: 'screen', name: 'wall' })
  vi.advanceTimersByTime(1)
  const hall = access.addToken({ kind: 'screen', name: 'hall' })
  access.setTotp('admin', 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU')
  const first = await begin()
  expect(heard()).toMatchObject([{ kind: 'access-stands', accounts: [{ account: 'admin' }, { account: 'chen' }, { account: 'li' }, { account: 'zhao' }], tokens: [{ of: 'screen', name: 'wall' }, { name: 'hall' }] }])
  await first.commands.disablePerson({ ...asked, person: 'zhao' })
  await first.commands.setPassword({ ...asked, person: 'chen', password: 'another one' })
  first.stop()
  heard()
  ;(await begin()).stop()
  expect(heard()).toEqual([])

  await command.addPerson({ name: 'wang', role: 'leader', password })
  command.setTotp('wang', 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU')
  command.disablePerson('li')
  await command.addPerson({ name: 'zhao', role: 'admin', password: 'a secret of theirs' })
  // Somebody else's from now on, and nothing else shows it.
  command.setTotp('admin', 'MFZWIZTHNBVGW3DNNZXXA4LSON2HK5TX')
  command.disablePerson('chen')
  await command.addPerson({ name: 'chen', role: 'duty', password: 'a secret of theirs' })
  command.revokeToken(wall.ok ? wall.added.id : '')
  vi.advanceTimersByTime(1)
  const [gate, brief] = [command.addToken({ kind: 'source', name: 'gateway' }), command.addToken({ kind: 'screen', name: 'brief' })]
  command.revokeToken(brief.ok ? brief.added.id : '')
  ;(await begin()).stop()
  expect(heard()).toEqual([
    down('totp-on', 'admin', { role: 'admin' }), down('password', 'chen', { role: 'duty' }), down('disabled', 'li', { role: 'duty' }), down('added', 'wang', { role: 'leader' }), down('totp-on', 'wang', { role: 'leader' }),
    down('enabled', 'zhao', { role: 'admin' }), down('role', 'zhao', { role: 'admin' }),
    ...[[wall, 'screen', 'wall', 'revoked'] as const, [gate, 'source', 'gateway', 'added'] as const]
      .map(([token, of, name, what]) => ({ kind: 'token-changed', token: token.ok ? token.added.id : '', of, name, what, by: null, way: 'down' })),
  ])
  ;(await begin()).stop()
  expect([heard(), hall.ok]).toEqual([[], true])
  for (const secret of ['a secret of theirs', 'argon2', 'KRSXG5CTMVRXEZLU', 'MFZWIZTHNBVGW3DN', gate.ok ? gate.added.secret : '']) expect(JSON.stringify(journal)).not.toContain(secret)
})

test('what was changed in the last seconds before a stop is told before it', async () => {
  const { access, command, begin, heard } = aServer()
  await access.addPerson({ name: 'admin', role: 'admin', password })
  const { stop } = await begin()
  await command.addPerson({ name: 'li', role: 'duty', password })
  stop()
  expect(heard()).toMatchObject([{ kind: 'access-stands' }, { account: 'li', what: 'added', way: 'console' }])
})

test('an account that is taken out of the file by hand, and a change that was voided, are told of as they stand', async () => {
  const { access, command, begin, heard, journal } = aServer()
  for (const name of ['admin', 'li']) await access.addPerson({ name, role: name === 'admin' ? 'admin' : 'duty', password })
  ;(await begin()).stop()
  journal.push({ id: 'x', at: 7, actor: 'person:admin', body: { kind: 'account-changed', account: 'li', what: 'disabled', role: 'duty', by: 'admin', way: 'desk' } }, { id: 'y', at: 7, actor: 'person:admin', body: { kind: 'command-voided', of: 'x', by: 'admin' } })
  heard()
  ;(await begin()).stop()
  expect(heard()).toEqual([])
  vi.spyOn(access, 'people').mockImplementation(() => command.people().filter(({ name }) => name !== 'li'))
  ;(await begin()).stop()
  ;(await begin()).stop()
  expect(heard()).toEqual([down('disabled', 'li', { role: 'duty' })])
})

test.each(['live', 'simulated'] as const)('tokens that the room makes for itself under %s air at each start are told of nowhere, and those of another are', async (air) => {
  const { access, begin, heard } = aServer(air)
  const [own, other] = air === 'live' ? [CANARY_SOURCE, SIMULATED_SOURCE] : [SIMULATED_SOURCE, CANARY_SOURCE]
  access.addToken({ kind: 'source', name: own })
  ;(await begin()).stop()
  expect(heard()).toMatchObject([{ tokens: [] }])
  for (const { id } of access.tokens()) access.revokeToken(id)
  for (const name of [own, other]) access.addToken({ kind: 'source', name })
  ;(await begin()).stop()
  expect(heard()).toMatchObject([{ kind: 'token-changed', name: other, what: 'added', way: 'down' }])
})
