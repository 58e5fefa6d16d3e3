import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ask, json, password, start, type Answer, type Running } from './server.ts'

describe('guessing at a password from a hundred addresses', () => {
  let at: Running
  const warned: object[] = []
  // A hundred passwords take a while to look at, in which nobody waits any longer.
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    warned.length = 0
    at = await start({ proxies: ['loopback'], log: { info: () => undefined, warn: (about) => { warned.push(about) }, error: () => undefined } })
    await at.cookieOf('leader')
  })
  afterEach(() => { vi.useRealTimers() })
  const signIn = (name: string, secret: string, from: string): Promise<Answer> =>
    ask(`${at.url}/api/session`, { method: 'POST', headers: { ...json, 'X-Forwarded-For': from }, body: JSON.stringify({ name, password: secret }) })
  const guesses = async (name: string): Promise<number[]> =>
    (await Promise.all(Array.from({ length: 100 }, (_, i) => signIn(name, 'a guess', `203.0.113.${i}`)))).map(({ status }) => status)

  test('is soon slowed down, with the seconds to wait, for a name that nobody has as well', async () => {
    for (const name of ['leader', 'nobody-at-all']) {
      expect((await guesses(name)).filter((status) => status === 401)).toHaveLength(30)
      const { status, headers, body } = await signIn(name, password, '198.51.100.1')
      expect([status, headers.get('retry-after'), body['code']]).toEqual([429, expect.stringMatching(/^[12]$/), 'too-many'])
    }
  })

  test('keeps nobody out who comes from where they signed in before, and no other account', async () => {
    await at.cookieOf('duty')
    expect((await signIn('leader', password, '192.0.2.7')).status).toBe(200)
    await guesses('LEADER')
    expect((await signIn('leader', password, '192.0.2.8')).status).toBe(429)
    expect((await signIn('leader', 'mistyped', '192.0.2.7')).status).toBe(401)
    expect([(await signIn('leader', password, '192.0.2.7')).status, (await signIn('duty', password, '192.0.2.8')).status]).toEqual([200, 200])
  })

  test('is slowed down in the same way where an open session was found, is in the log, and shown to whoever keeps the accounts', async () => {
    const [admin, found] = [await at.cookieOf('admin'), await at.cookieOf('duty')]
    const change = (current: string, from: string) => ask(`${at.url}/api/me/password`, { method: 'POST', headers: { ...json, Cookie: found, 'X-Forwarded-For': from }, body: JSON.stringify({ current, password: 'quite another one' }) })
    expect((await signIn('duty', password, '192.0.2.7')).status).toBe(200)
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => change('a guess', `203.0.113.${i}`)))
    expect([403, 429].map((code) => answers.filter(({ status }) => status === code).length)).toEqual([30, 10])
    expect(warned).toHaveLength(30)
    expect(warned[0]).toMatchObject({ account: 'duty', failed: 1, from: '203.0.113.0', why: 'wrong-password' })
    const { body } = await ask(`${at.url}/api/people`, { headers: { Cookie: admin } })
    expect((body['people'] as { name: string }[]).find(({ name }) => name === 'duty')).toMatchObject({ failed: { count: 30 } })
    // Guesses at the sign-in are counted with them, and the owner at their own desk does not feel them.
    expect((await signIn('duty', password, '198.51.100.1')).status).toBe(429)
    expect((await change(password, '192.0.2.7')).status).toBe(200)
  })

  test('is in the log, where no mistyped password is, and shown to whoever keeps the accounts', async () => {
    const admin = await at.cookieOf('admin')
    for (const name of ['leader', 'Leader', 'my-secret-typed-as-name']) await signIn(name, 'a guess', '203.0.113.1')
    expect(warned).toMatchObject([{ account: 'leader', failed: 1, from: '203.0.113.1' }, { account: 'leader', failed: 2 }, { account: null }])
    const { body } = await ask(`${at.url}/api/people`, { headers: { Cookie: admin } })
    expect(body['people']).toMatchObject([{ name: 'admin', failed: null }, { name: 'leader', failed: { count: 2, since: expect.stringMatching(/^20/) as string } }])
  })
})
