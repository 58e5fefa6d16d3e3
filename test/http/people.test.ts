import { Secret, TOTP } from 'otpauth'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Draft } from '../../shared/fact.ts'
import { createAccountDesk } from '../../server/desk/account-desk.ts'
import { accountsOf, ask, bearer, json, password, start, type Answer, type Running } from './server.ts'

let at: Running
/** What the journal was told, in order. */
let told: Draft[]
let admin: string
beforeEach(async () => {
  told = []
  at = await start(({ access }) => ({ accounts: accountsOf(access, told) }))
  admin = await at.cookieOf('admin')
})

const post = (path: string, body: object = {}, cookie = admin): Promise<Answer> =>
  ask(`${at.url}/api${path}`, { method: 'POST', body: JSON.stringify(body), headers: { ...json, Cookie: cookie } })
const get = async (path: string, cookie = admin) => (await ask(`${at.url}/api${path}`, { headers: { Cookie: cookie } })).body
const whoIs = async (cookie: string) => (await get('/session', cookie))['role'] ?? null
async function signIn(name: string, secret: string, code?: string): Promise<string | null> {
  const signed = await at.access.signIn(name, secret, code ?? null)
  return signed.ok ? `qingkong=${signed.secret}` : null
}
const facts = () => told.map(({ actor, body }) => ({ actor, ...body }))

describe('whoever keeps the accounts', () => {
  test('adds somebody with a password that is made, told once, and works', async () => {
    const { status, body } = await post('/people', { name: '王 值班', role: 'duty' })
    expect([status, body['name']]).toEqual([200, '王 值班'])
    expect(await signIn('王 值班', String(body['password']))).not.toBe(null)
    expect(JSON.stringify(await get('/people'))).not.toContain(String(body['password']))
    expect(facts()).toEqual([{ actor: 'person:admin', kind: 'account-changed', account: '王 值班', what: 'added', role: 'duty', by: 'admin', way: 'desk' }])
    expect((await get('/people'))['people']).toMatchObject([{ name: 'admin', last: true }, { name: '王 值班', role: 'duty', disabled: false, vouched: false, totp: false, last: false }])
  })

  test('is told what is wrong with a new account, and nothing is written', async () => {
    await at.cookieOf('duty')
    for (const [body, code] of [[{ name: 'DUTY' }, 'name-taken'], [{ name: 'a/b' }, 'bad-name'], [{ name: 'wang', password: 'short' }, 'weak-password'], [{ name: 'wang', password: 'Password12' }, 'weak-password'], [{ name: 'wang.qiang', password: 'WangQiang01' }, 'weak-password'], [{ name: '' }, 'bad-request']] as const) {
      expect((await post('/people', { role: 'duty', ...body })).body['code']).toBe(code)
    }
    expect(told).toEqual([])
  })

  test('makes no second account that reads as the first, in whatever letters it is written, and writes a new name down plainly', async () => {
    await at.access.addPerson({ name: 'Jos\u00e9', role: 'duty', password })
    for (const name of ['ADMIN', 'Ａdmin', 'adm\u0456n', '\u0430\u0501\u043c\u0456\u0578', 'ad\u034fmin', 'Jose\u0301', 'Syst\u0435m']) {
      const answer = await post('/people', { name, role: 'duty' })
      expect([name, answer.status >= 400, ['name-taken', 'bad-name'].includes(String(answer.body['code']))]).toEqual([name, true, true])
    }
    expect((await post('/people', { name: 'аԁміո', role: 'duty' })).body).toMatchObject({ code: 'name-taken', detail: expect.stringContaining('reads as admin') as string })
    expect((await post('/people', { name: ' Ｌi  ', role: 'duty' })).body).toMatchObject({ name: 'Li' })
    expect(told).toHaveLength(1)
  })

  test('gives another role, which an open session has at once', async () => {
    const duty = await at.cookieOf('duty')
    expect((await post('/people/duty/role', { role: 'leader' })).status).toBe(200)
    expect(await whoIs(duty)).toBe('leader')
    expect(await post('/people/duty/role', { role: 'leader' })).toMatchObject({ status: 409, body: { code: 'account-unchanged' } })
    expect(await post('/people/nobody/role', { role: 'leader' })).toMatchObject({ status: 404, body: { code: 'unknown-person' } })
    expect(facts()).toMatchObject([{ what: 'role', account: 'duty', role: 'leader' }])
  })

  test('cannot shut out the last admin, by whatever way, until there is another', async () => {
    expect(await post('/people/admin/disable')).toMatchObject({ status: 409, body: { code: 'last-admin' } })
    expect(await post('/people/admin/role', { role: 'duty' })).toMatchObject({ status: 409, body: { code: 'last-admin' } })
    at.access.letIn({ issuer: 'https://sso', subject: '1', name: '外', role: 'admin' })
    expect(await post('/people/admin/disable')).toMatchObject({ status: 409 })
    await post('/people', { name: 'second', role: 'admin', password })
    expect((await post('/people/admin/disable')).status).toBe(200)
    expect(await whoIs(admin)).toBe(null)
  })

  test('gives a new password, which ends every session of the old one', async () => {
    const duty = await at.cookieOf('duty')
    const { body } = await post('/people/duty/password')
    expect([await whoIs(duty), await signIn('duty', password)]).toEqual([null, null])
    expect(await signIn('duty', String(body['password']))).not.toBe(null)
    expect(await post('/people/admin/password')).toMatchObject({ status: 409, body: { code: 'own-account' } })
  })

  test('disables and enables, which gives a new password', async () => {
    const duty = await at.cookieOf('duty')
    expect((await post('/people/duty/disable')).status).toBe(200)
    expect(await whoIs(duty)).toBe(null)
    const { body } = await post('/people/duty/enable')
    expect([await signIn('duty', password), await signIn('duty', String(body['password'])) !== null]).toEqual([null, true])
    expect(facts().map((fact) => 'what' in fact && fact.what)).toEqual(['disabled', 'enabled'])
  })

  test('signs somebody out everywhere, and wants a code of them or no longer', async () => {
    const duty = await at.cookieOf('duty')
    expect((await post('/people/duty/sign-out')).status).toBe(200)
    expect(await whoIs(duty)).toBe(null)
    const { body } = await post('/people/duty/totp', { on: true })
    const { secret, address } = body['totp'] as { secret: string; address: string }
    expect(address).toContain(secret)
    expect([await signIn('duty', password), await signIn('duty', password, new TOTP({ secret: Secret.fromBase32(secret) }).generate()) !== null]).toEqual([null, true])
    expect((await post('/people/duty/totp', { on: false })).body['totp']).toBe(null)
    expect(await signIn('duty', password)).not.toBe(null)
    expect(JSON.stringify(told)).not.toContain(secret)
  })

  test('of the single sign-on shuts people out and lets them in, and changes nothing that is not theirs to change', async () => {
    at.access.letIn({ issuer: 'https://sso', subject: '1', name: '外', role: 'leader' })
    for (const [what, body] of [['role', { role: 'admin' }], ['password', {}], ['totp', { on: true }]] as const)
      expect(await post(`/people/${encodeURIComponent('外')}/${what}`, body)).toMatchObject({ status: 409, body: { code: 'by-sign-on' } })
    expect((await post(`/people/${encodeURIComponent('外')}/disable`)).status).toBe(200)
    expect(at.access.letIn({ issuer: 'https://sso', subject: '1', name: '外', role: 'leader' })).toMatchObject({ ok: false, why: 'disabled' })
    expect((await post(`/people/${encodeURIComponent('外')}/enable`)).body).toEqual({ name: '外', password: null })
  })

  test('who asks the same twice by a lost answer does it once', async () => {
    await at.cookieOf('duty')
    const twice = [1, 2].map(() => ask(`${at.url}/api/people/duty/disable`, { method: 'POST', body: '{}', headers: { ...json, Cookie: admin, 'Idempotency-Key': 'one-click' } }))
    expect((await Promise.all(twice)).map(({ status }) => status)).toEqual([200, 200])
    expect(told).toHaveLength(1)
  })
})

test('what the journal cannot keep is not done', async () => {
  const refusing = await start(({ access }) => ({
    accounts: createAccountDesk({ access, journal: { command: () => Promise.resolve({ ok: false, reason: 'not-durable' }) }, asked: () => null, now: () => 0, machine: () => 0, watch: { look: () => undefined, take: () => undefined }, sources: ['event'] }),
  }))
  const cookie = await refusing.cookieOf('admin')
  await refusing.cookieOf('duty')
  const headers = { ...json, Cookie: cookie }
  for (const [path, body] of [['people', { name: 'wang', role: 'admin' }], ['people/duty/disable', {}], ['tokens', { kind: 'screen', name: 'hall' }]] as const)
    expect(await ask(`${refusing.url}/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).toMatchObject({ status: 503, body: { code: 'not-durable' } })
  expect([refusing.access.people().map(({ name, disabled }) => [name, disabled]), refusing.access.tokens().length]).toEqual([[['admin', false], ['duty', false]], 2])
})

describe('a token', () => {
  test('is shown once, holds at once, and no longer once it is revoked', async () => {
    const { body } = await post('/tokens', { kind: 'screen', name: '大厅' })
    const see = async () => (await ask(`${at.url}/api/alerts`, { headers: bearer(String(body['secret'])) })).status
    expect(await see()).toBe(200)
    expect(JSON.stringify([await get('/tokens'), told])).not.toContain(String(body['secret']))
    expect((await post(`/tokens/${String(body['id'])}/revoke`)).status).toBe(200)
    expect(await see()).toBe(401)
    expect(await post(`/tokens/${String(body['id'])}/revoke`)).toMatchObject({ status: 404, body: { code: 'unknown-token' } })
    expect(facts()).toMatchObject([{ kind: 'token-changed', of: 'screen', name: '大厅', what: 'added', by: 'admin' }, { what: 'revoked', token: body['id'] }])
  })

  test('of a screen whose name another has in force is not made, in words: of two walls of one name nobody would know which is dark', async () => {
    const first = (await post('/tokens', { kind: 'screen', name: '大厅 A' })).body
    for (const name of ['大厅 A', '大厅 Ａ', '大厅 a']) expect(await post('/tokens', { kind: 'screen', name })).toMatchObject({ status: 409, body: { code: 'screen-taken', detail: expect.stringContaining(String(first['id'])) as string } })
    expect(at.access.addToken({ kind: 'screen', name: '大厅 A' })).toMatchObject({ ok: false })
    await post(`/tokens/${String(first['id'])}/revoke`)
    expect((await post('/tokens', { kind: 'screen', name: '大厅 A' })).status).toBe(200)
  })

  test('of a source that the event does not have is not made', async () => {
    expect(await post('/tokens', { kind: 'source', name: 'unheard' })).toMatchObject({ status: 400, body: { code: 'unknown-source' } })
    expect((await post('/tokens', { kind: 'source', name: 'gateway' })).status).toBe(200)
  })
})

describe('everybody', () => {
  test('changes their own password with the present one; only this session goes on', async () => {
    const [duty, elsewhere] = [await at.cookieOf('duty'), await at.cookieOf('duty')]
    expect(await post('/me/password', { current: 'a guess', password: 'another one' }, duty)).toMatchObject({ status: 403, body: { code: 'wrong-password' } })
    expect(await post('/me/password', { current: password, password: 'short' }, duty)).toMatchObject({ status: 400, body: { code: 'weak-password' } })
    expect((await post('/me/password', { current: password, password: 'another one' }, duty)).status).toBe(200)
    expect([await whoIs(duty), await whoIs(elsewhere), await signIn('duty', password)]).toEqual(['duty', null, null])
    expect(await signIn('duty', 'another one')).not.toBe(null)
    expect(facts()).toMatchObject([{ actor: 'person:duty', what: 'password', account: 'duty', by: 'duty' }])
  })

  test('may guess at the present password as rarely as at the sign-in', async () => {
    const duty = await at.cookieOf('duty')
    const answers = await Promise.all(Array.from({ length: 22 }, () => post('/me/password', { current: 'a guess', password: 'another one' }, duty)))
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2)
  })

  test('enrols a code that holds once it was proved, and takes it away again', async () => {
    const duty = await at.cookieOf('duty')
    const { secret } = await get('/me/totp', duty) as { secret: string }
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
    expect(await post('/me/totp', { current: password, secret, code: code === '000000' ? '111111' : '000000' }, duty)).toMatchObject({ status: 403, body: { code: 'bad-code' } })
    expect(await post('/me/totp', { current: 'a guess', secret, code }, duty)).toMatchObject({ body: { code: 'wrong-password' } })
    expect(await signIn('duty', password)).not.toBe(null)
    expect((await post('/me/totp', { current: password, secret, code }, duty)).status).toBe(200)
    // The code that proved it is used.
    expect([await signIn('duty', password), await signIn('duty', password, code), await whoIs(duty)]).toEqual([null, null, 'duty'])
    expect(await get('/me', duty)).toEqual({ name: 'duty', role: 'duty', vouched: false, totp: true })
    expect((await post('/me/totp/off', { current: password }, duty)).status).toBe(200)
    expect(await signIn('duty', password)).not.toBe(null)
    expect(JSON.stringify(told)).not.toContain(secret)
  })
})
