import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { anAccess, ask, password, start } from '../http/server.ts'
import { aRoom, Browser, refusal, refusedBecause } from './traveller.ts'

describe('single sign-on', () => {
  test.each(['client_secret_basic', 'client_secret_post', 'none'] as const)('lets somebody in with the role of their group, proving itself by %s', async (auth) => {
    const room = await aRoom({ auth })
    const browser = new Browser()
    const answer = await browser.signOn(room, 'u1', '/calendar?lang=en')
    expect([answer.status, answer.body['text']]).toEqual([200, expect.stringContaining('content="0;url=/calendar?lang=en"')])
    expect(await browser.who(room)).toEqual({ name: '李娜', role: 'duty' })
    expect(answer.headers.getSetCookie().find((each) => each.startsWith('qingkong='))).toMatch(/HttpOnly; SameSite=Strict/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    // PKCE, state and nonce went there, and the proof came with the code.
    const { code_challenge_method: method, code_challenge: challenge, state, nonce } = room.idp.asked.authorization[0] ?? {}
    expect([method, [challenge, state, nonce].map((each) => /^[\w-]{43}$/.test(each ?? ''))]).toEqual(['S256', [true, true, true]])
    expect(createHash('sha256').update(room.idp.asked.token[0]?.['code_verifier'] ?? '').digest('base64url')).toBe(challenge)
  })

  test('gives the strongest of several roles, and takes it anew each time', async () => {
    const room = await aRoom()
    const [first, second] = [new Browser(), new Browser()]
    await first.signOn(room, 'u4')
    expect(await first.who(room)).toEqual({ name: '陈主任', role: 'leader' })
    room.people['u4'] = { preferred_username: '陈主任（退休）', groups: ['room-audit'] }
    await second.signOn(room, 'u4')
    // The same person by issuer and subject, under the name that the journal knows; their other desk has no more rights.
    expect([await first.who(room), await second.who(room)]).toEqual([{ name: '陈主任', role: 'auditor' }, { name: '陈主任', role: 'auditor' }])
    room.people['u4'] = { preferred_username: '陈主任', groups: [] }
    expect(refusedBecause(await new Browser().signOn(room, 'u4'))).toBe('no-role')
    expect(await first.who(room)).toMatchObject({ code: 'no-token' })
  })

  test('knows nobody without a role here, and no name that does not print', async () => {
    const room = await aRoom()
    expect([refusedBecause(await new Browser().signOn(room, 'u3')), refusedBecause(await new Browser().signOn(room, 'u5'))]).toEqual(['no-role', 'name-unusable'])
    expect(room.access.people()).toEqual([])
  })

  test('takes over no account that has a password, in whatever case it is written', async () => {
    const room = await aRoom()
    await room.access.addPerson({ name: 'Admin', role: 'duty', password })
    const browser = new Browser()
    expect(await refusal(room, browser, await browser.upTo(room, 'u2'))).toBe('name-taken')
    expect(room.access.people()).toMatchObject([{ name: 'Admin', role: 'duty', vouched: false }])
  })

  test('has no password to come in with, and cannot be given one; its admin is not the last one', async () => {
    const room = await aRoom()
    await new Browser().signOn(room, 'u2')
    for (const guess of ['', password]) expect(await room.access.signIn('admin', guess)).toMatchObject({ ok: false, why: 'bad-credentials' })
    expect(room.access.lastAdmin()).toBe(null)
    await room.access.addPerson({ name: '管理员', role: 'admin', password })
    expect([room.access.lastAdmin(), room.access.disablePerson('管理员'), room.access.disablePerson('admin')]).toEqual(['管理员', false, true])
    expect(await room.access.addPerson({ name: 'admin', role: 'admin', password })).toMatchObject({ ok: false })
    expect(refusedBecause(await new Browser().signOn(room, 'u2'))).toBe('disabled')
  })

  test('of whoever is disabled ends at once, and stays shut', async () => {
    const room = await aRoom()
    const browser = new Browser()
    await browser.signOn(room, 'u1')
    room.access.disablePerson('李娜')
    expect(await refusal(room, browser, await browser.upTo(room, 'u1'))).toBe('disabled')
  })

  test('leads on to an address of ours only', async () => {
    const room = await aRoom()
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)']) {
      expect((await new Browser().signOn(room, 'u1', next)).body['text']).toContain('content="0;url=/desk"')
    }
    expect((await new Browser().signOn(room, 'u1', '/desk?"><script>alert(1)</script>')).body['text']).toContain('url=/desk?&#34;&#62;&#60;script&#62;')
  })

  test('ends at sign-out, and the provider\'s own end is offered', async () => {
    const room = await aRoom()
    const browser = new Browser()
    const ways = async () => (await browser.get(`${room.url}/api/session/ways`)).body
    expect(await ways()).toEqual({ signOn: { start: `${room.url}/api/session/oidc`, end: null } })
    await browser.signOn(room, 'u1')
    expect((await browser.get(`${room.url}/api/session`, { method: 'DELETE' })).status).toBe(204)
    expect(await browser.who(room)).toMatchObject({ code: 'no-token' })
    const { signOn: { end } } = await ways() as { signOn: { end: string } }
    expect((await browser.get(end)).status).toBe(200)
  })

  test('behind a proxy with TLS comes back to the outside address, with cookies for TLS only', async () => {
    const room = await aRoom({ outside: 'https://room.example.org' })
    const browser = new Browser()
    const began = await browser.get(`${room.url}/api/session/oidc`)
    expect(began.headers.getSetCookie()[0]).toMatch(/^qingkong-trip-[\w-]{43}=.*; Path=\/api\/session\/oidc; .*HttpOnly; Secure; SameSite=Lax/)
    expect(new URL(began.to ?? '').searchParams.get('redirect_uri')).toBe('https://room.example.org/api/session/oidc/return')
    expect((await browser.signOn(room, 'u1')).headers.getSetCookie().find((each) => each.startsWith('qingkong='))).toMatch(/; Secure/)
  })

  test('is not there where nothing is said of it', async () => {
    const at = await start()
    expect((await ask(`${at.url}/api/session/ways`)).body).toEqual({ signOn: null })
    expect((await ask(`${at.url}/api/session/oidc`)).headers.get('location')).toBe('/login')
  })
})

describe('several tabs of one browser', () => {
  const trips = (room: { url: string }, browser: Browser): string[] => [...browser.jar.get(room.url)?.keys() ?? []].filter((name) => name.startsWith('qingkong-trip'))

  test('sign in each by itself, in whatever order they come back, and each once', async () => {
    const room = await aRoom()
    const browser = new Browser()
    const [first, second] = [await browser.upTo(room, 'u1', '/desk'), await browser.upTo(room, 'u1', '/calendar')]
    const came = [await browser.get(first), await browser.get(second)]
    expect(came.map(({ status, body }) => [status, /url=([^"]*)/.exec(String(body['text']))?.[1]])).toEqual([[200, '/desk'], [200, '/calendar']])
    expect(await browser.who(room)).toEqual({ name: '李娜', role: 'duty' })
    expect(trips(room, browser)).toEqual([])
    expect([refusedBecause(await browser.get(first)), refusedBecause(await browser.get(second))]).toEqual(['interrupted', 'interrupted'])
  })

  test('are five at once: a sixth makes the oldest begin again, and no other', async () => {
    const room = await aRoom()
    const browser = new Browser()
    const backs: string[] = []
    for (let tab = 0; tab < 6; tab += 1) backs.push(await browser.upTo(room, 'u1', `/desk?${'x'.repeat(900)}`))
    expect(trips(room, browser)).toHaveLength(5)
    const came: unknown[] = []
    for (const back of backs) { const answer = await browser.get(back); came.push(refusedBecause(answer) ?? answer.status) }
    expect(came).toEqual(['interrupted', 200, 200, 200, 200, 200])
  })

  test('that fail leave nothing behind, and an address too long to be carried leads to the desk', async () => {
    const room = await aRoom()
    const browser = new Browser()
    const [declined, good] = [await browser.upTo(room, 'no'), await browser.upTo(room, 'u1', `/desk?${'晴'.repeat(400)}`)]
    expect([refusedBecause(await browser.get(declined)), trips(room, browser).length]).toEqual(['declined', 1])
    expect((await browser.get(good)).body['text']).toContain('content="0;url=/desk"')
  })
})

describe('a name from a provider', () => {
  test.each(['аdmin', 'ａｄｍｉｎ', 'system', 'System'])('that only looks like somebody, %s, lets nobody in', async (name) => {
    const access = anAccess()
    await access.addPerson({ name: 'admin', role: 'admin', password })
    expect(access.letIn({ issuer: 'https://idp.example', subject: 's', name, role: 'admin' })).toMatchObject({ ok: false })
    expect(access.people()).toHaveLength(1)
  })
})
