import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { seerOf } from '../../server/http/caller.ts'
import { aFolder, ask, bearer, json, password, start, type Answer, type Running } from './server.ts'

const signIn = (at: Running, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(`${at.url}/api/session`, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) })

describe('signing in', () => {
  test('gives a cookie that no script reads and no other site sends', async () => {
    const at = await start()
    await at.cookieOf('duty')
    const answer = await signIn(at, { name: 'duty', password })
    expect(answer).toMatchObject({ status: 200, body: { name: 'duty', role: 'duty' } })
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^qingkong=qkp_[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/)
    const session = (cookie.split(';')[0] ?? '')
    expect((await ask(`${at.url}/api/session`, { headers: { Cookie: session } })).body).toEqual({ name: 'duty', role: 'duty' })
    expect((await ask(`${at.url}/api/situation`, { headers: { Cookie: session } })).status).toBe(200)
    const out = await ask(`${at.url}/api/session`, { method: 'DELETE', headers: { Cookie: session } })
    expect([out.status, out.headers.get('set-cookie')?.includes('qingkong=;')]).toEqual([204, true])
    expect(await ask(`${at.url}/api/session`, { headers: { Cookie: session } })).toMatchObject({ status: 401, body: { code: 'no-token' } })
  })

  test('behind a proxy with TLS gives a cookie for TLS only', async () => {
    const at = await start({ proxies: ['loopback'] })
    await at.cookieOf('duty')
    const answer = await signIn(at, { name: 'duty', password }, { 'X-Forwarded-Proto': 'https' })
    expect(answer.headers.get('set-cookie')).toMatch(/; Secure/)
  })

  test('where somebody else still was ends their session there, and none elsewhere; a wrong password ends nothing', async () => {
    const at = await start()
    const [here, elsewhere] = [await at.cookieOf('leader'), await at.cookieOf('leader')]
    await at.cookieOf('duty')
    const holds = () => [here, elsewhere].map((cookie) => at.access.holds(cookie.replace('qingkong=', '')))
    await signIn(at, { name: 'duty', password: 'not it at all' }, { Cookie: here })
    expect(holds()).toEqual([true, true])
    expect((await signIn(at, { name: 'duty', password }, { Cookie: here })).status).toBe(200)
    expect(holds()).toEqual([false, true])
  })

  test('with a wrong password is refused in the same words as an unknown name', async () => {
    const at = await start()
    await at.cookieOf('duty')
    const wrong = await signIn(at, { name: 'duty', password: 'not it at all' })
    const unknown = await signIn(at, { name: 'nobody', password })
    expect(wrong).toMatchObject({ status: 401, body: { code: 'bad-credentials' } })
    expect(unknown.body).toEqual(wrong.body)
    expect(await signIn(at, { name: 'duty' })).toMatchObject({ status: 400, body: { code: 'bad-request' } })
  })

  test('again and again with a wrong password is throttled, and nothing else is', async () => {
    const at = await start()
    const answers = await Promise.all(Array.from({ length: 25 }, () => signIn(at, { name: 'duty', password: 'a guess' })))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(20)
    expect(answers.filter(({ status, body }) => status === 429 && body['code'] === 'too-many')).toHaveLength(5)
    const looks = await Promise.all(Array.from({ length: 100 }, () => ask(`${at.url}/api/alerts`, { headers: bearer(at.screen) })))
    expect(looks.every(({ status }) => status === 200)).toBe(true)
  })

  test('is refused to a disabled person, whose session has ended too', async () => {
    const at = await start()
    const cookie = await at.cookieOf('duty')
    at.access.disablePerson('duty')
    expect((await signIn(at, { name: 'duty', password })).status).toBe(401)
    expect((await ask(`${at.url}/api/alerts`, { headers: { Cookie: cookie } })).status).toBe(401)
  })
})

describe('a kiosk', () => {
  test('is let in by its address once, which then no longer shows the token', async () => {
    const at = await start()
    const answer = await ask(`${at.url}/wall?lang=zh&screen=${at.screen}&theme=dark`)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/wall?lang=zh&theme=dark'])
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict/)
    const session = await ask(`${at.url}/api/session`, { headers: { Cookie: cookie.split(';')[0] ?? '' } })
    expect(session.body).toEqual({ name: 'wall', role: 'screen' })
  })

  test('in the browser of somebody who is signed in leaves them their session, whose way there goes over another site\'s link or not', async () => {
    const at = await start()
    const session = await at.cookieOf('duty')
    const answer = await ask(`${at.url}/wall?screen=${at.screen}`, { headers: { Cookie: session } })
    const set = answer.headers.getSetCookie()
    expect(set.map((each) => each.split('=')[0])).toEqual(['qingkong-screen'])
    const both = { Cookie: `${set[0]?.split(';')[0] ?? ''}; ${session}` }
    expect((await ask(`${at.url}/api/session`, { headers: both })).body).toEqual({ name: 'duty', role: 'duty' })
    const given = { cookie: both.Cookie, token: null }
    const seer = (wall: boolean) => { const secret = seerOf(at.access, { ...given, wall }); return secret === null ? null : at.access.caller(secret)?.kind }
    expect([seer(true), seer(false), seerOf(at.access, { cookie: session, token: null, wall: true }) !== null]).toEqual(['screen', 'person', true])
    const out = await ask(`${at.url}/api/session`, { method: 'DELETE', headers: both })
    expect(out.headers.getSetCookie().map((each) => each.split('=')[0])).toEqual(['qingkong'])
    // The desk of a session that has ended is no wall, and the wall goes on.
    expect([seer(true), seer(false)]).toEqual(['screen', null])
    expect((await ask(`${at.url}/api/session`, { headers: both })).body).toMatchObject({ role: 'screen' })
    const alone = await ask(`${at.url}/api/session`, { method: 'DELETE', headers: { Cookie: set[0]?.split(';')[0] ?? '' } })
    expect(alone.headers.getSetCookie().map((each) => each.split('=')[0])).toContain('qingkong-screen')
  })

  test('is not let in by a token that is wrong, revoked, or of a source', async () => {
    const at = await start()
    at.access.revokeToken(at.access.tokens().find(({ kind }) => kind === 'screen')?.id ?? '')
    for (const token of ['qkw_wrong', at.screen, at.source]) {
      const answer = await ask(`${at.url}/wall?screen=${token}`)
      expect(answer).toMatchObject({ status: 401, body: { code: 'no-token' } })
      expect(answer.headers.get('set-cookie')).toBe(null)
    }
  })
})

describe('another site', () => {
  const write = (at: Running, headers: Record<string, string>): Promise<Answer> =>
    ask(`${at.url}/api/readings`, { method: 'POST', headers: { ...json, ...bearer(at.source), ...headers }, body: '{"readings":[]}' })

  test('may not write, even with a good token; our own pages and programs may', async () => {
    const at = await start({ origins: ['http://localhost:5173'] })
    for (const origin of ['http://evil.example', 'null', `${at.url}.evil.example`, 'not an origin'])
      expect(await write(at, { Origin: origin })).toMatchObject({ status: 403, body: { code: 'foreign-origin' } })
    for (const headers of [{}, { Origin: at.url }, { Origin: 'http://localhost:5173' }])
      expect((await write(at, headers)).status).toBe(200)
  })

  test('may not sign anybody in or out', async () => {
    const at = await start()
    expect((await signIn(at, { name: 'duty', password }, { Origin: 'http://evil.example' })).status).toBe(403)
    expect((await ask(`${at.url}/api/session`, { method: 'DELETE', headers: { Origin: 'http://evil.example' } })).status).toBe(403)
  })

  test('may not show us inside it, and runs no script in our pages', async () => {
    const answer = await ask(`${(await start()).url}/wall`)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("connect-src 'self'")
    expect(policy).not.toContain('upgrade-insecure-requests')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('x-powered-by')).toBe(null)
  })
})

describe('the pages', () => {
  function aWeb(): string {
    const web = aFolder()
    mkdirSync(path.join(web, 'assets'))
    writeFileSync(path.join(web, 'index.html'), '<!doctype html><title>晴空</title>')
    writeFileSync(path.join(web, 'assets', 'main-abc123.js'), 'export {}')
    return web
  }

  test('are what a browser gets that asks for the wall with a wrong screen token: words, and no JSON', async () => {
    const at = await start({ web: aWeb() })
    const answer = await ask(`${at.url}/wall?screen=qkw_wrong`, { headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } })
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('set-cookie')]).toEqual([401, expect.stringContaining('text/html'), null])
  })

  test.each(['/wall', '/desk', '/desk/alerts/x', '/report', '/calendar', '/handover', '/login'])('%s is the built application, asked for anew each time', async (page) => {
    const answer = await ask(`${(await start({ web: aWeb() })).url}${page}`)
    expect([answer.status, answer.headers.get('cache-control'), answer.body['text']]).toEqual([200, 'no-cache', '<!doctype html><title>晴空</title>'])
  })

  test('have parts that are kept for as long as their name holds', async () => {
    const at = await start({ web: aWeb() })
    expect((await ask(`${at.url}/assets/main-abc123.js`)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await ask(`${at.url}/assets/gone.js`)).status).toBe(404)
    expect((await ask(`${at.url}/assets/..%2f..%2fetc/passwd`)).status).toBe(404)
  })

  test('begin with the wall for those who are in, and with the sign-in for those who are not', async () => {
    const at = await start()
    expect((await ask(at.url)).headers.get('location')).toBe('/login')
    expect((await ask(at.url, { headers: { Cookie: `qingkong=${at.screen}` } })).headers.get('location')).toBe('/wall')
  })

  test('say so where nothing is built', async () => {
    expect((await ask(`${(await start()).url}/wall`)).status).toBe(503)
  })
})
