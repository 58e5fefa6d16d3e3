import { describe, expect, test } from 'vitest'
import { TRIP } from '../../shared/sign-on.ts'
import { ask, listenTo, password } from '../http/server.ts'
import { aRoom, Browser, refusal, refusedBecause } from './traveller.ts'

describe('a return that is not what was begun', () => {
  const changed = (address: string, name: string, value: string): string => { const url = new URL(address); url.searchParams.set(name, value); return url.href }

  test('with another state, or in another browser, lets nobody in; the right one still does', async () => {
    const room = await aRoom()
    const [browser, thief] = [new Browser(), new Browser()]
    const back = await browser.upTo(room, 'u1')
    expect(await refusal(room, browser, changed(back, 'state', 'guessed'))).toBe('interrupted')
    expect(await refusal(room, thief, back)).toBe('interrupted')
    const other = await thief.upTo(room, 'u3')
    expect(await refusal(room, thief, changed(back, 'state', new URL(other).searchParams.get('state') ?? ''))).not.toBe(null)
    expect((await browser.get(back)).status).toBe(200)
  })

  test('counts once', async () => {
    const room = await aRoom()
    const browser = new Browser()
    const back = await browser.upTo(room, 'u1')
    const [trip, seal = ''] = [...browser.jar.get(room.url) ?? []].find(([name]) => name.startsWith('qingkong-trip-')) ?? []
    await browser.get(back)
    await browser.get(`${room.url}/api/session`, { method: 'DELETE' })
    browser.jar.get(room.url)?.set(String(trip), seal)
    expect(await refusal(room, browser, back)).toBe('interrupted')
    expect(room.idp.asked.token).toHaveLength(1)
  })

  test('is too late after ten minutes', async () => {
    const room = await aRoom()
    const browser = new Browser()
    const back = await browser.upTo(room, 'u1')
    room.later(TRIP + 1000)
    expect(await refusal(room, browser, back)).toBe('interrupted')
  })

  test('with a code that the provider never gave', async () => {
    const room = await aRoom()
    const browser = new Browser()
    expect(await refusal(room, browser, changed(await browser.upTo(room, 'u1'), 'code', 'made-up'))).toBe('interrupted')
  })

  test('from another issuer', async () => {
    const room = await aRoom()
    const browser = new Browser()
    expect(await refusal(room, browser, changed(await browser.upTo(room, 'u1'), 'iss', 'https://evil.example'))).toBe('untrusted')
  })

  test('where the provider was declined', async () => {
    const room = await aRoom()
    const browser = new Browser()
    expect(await refusal(room, browser, await browser.upTo(room, 'no'))).toBe('declined')
  })
})

describe('a token that does not hold', () => {
  type Claims = Record<string, unknown>
  type Case = { what: string; change: (claims: Claims) => Claims; by?: 'foreign'; reason: string }
  test.each<Case>([
    { what: 'another nonce', change: (claims) => ({ ...claims, nonce: 'of another trip' }), reason: 'nonce' },
    { what: 'no nonce', change: ({ nonce: _, ...claims }) => claims, reason: 'nonce' },
    { what: 'another issuer', change: (claims) => ({ ...claims, iss: 'https://evil.example' }), reason: 'iss' },
    { what: 'another client', change: (claims) => ({ ...claims, aud: 'another' }), reason: 'aud' },
    { what: 'an end that is over', change: (claims) => ({ ...claims, iat: 1, exp: Math.floor(Date.now() / 1000) - 600 }), reason: 'exp' },
    { what: 'a signature of somebody else', change: (claims) => ({ ...claims, groups: ['room-admins'] }), by: 'foreign', reason: 'signature' },
  ])('has $what', async ({ change, by, reason }) => {
    const room = await aRoom()
    const browser = new Browser()
    room.idp.tamper(change, by)
    expect(await refusal(room, browser, await browser.upTo(room, 'u1'))).toBe('untrusted')
    expect(JSON.stringify(room.told)).toContain(reason)
    expect(room.access.people()).toEqual([])
  })
})

describe('a provider that is down', () => {
  test('is said at the page of the sign-in, and hinders no password', async () => {
    const room = await aRoom()
    await room.idp.stop()
    const browser = new Browser()
    expect(refusedBecause(await browser.get(`${room.url}/api/session/oidc`))).toBe('provider-down')
    await room.access.addPerson({ name: 'li', role: 'duty', password })
    expect((await browser.get(`${room.url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'li', password }) })).status).toBe(200)
  })

  test('between the way there and back', async () => {
    const room = await aRoom()
    const browser = new Browser()
    const back = await browser.upTo(room, 'u1')
    await room.idp.stop()
    expect(await refusal(room, browser, back)).toBe('provider-down')
  })

  test('is not asked again at once, and is asked again soon', async () => {
    const down = await listenTo()
    let asked = 0
    down.server.on('request', (_req, res) => { asked += 1; res.writeHead(502).end() })
    const room = await aRoom({ oidc: { issuer: down.url } })
    const begin = async () => refusedBecause(await new Browser().get(`${room.url}/api/session/oidc`))
    expect([await begin(), await begin(), asked]).toEqual(['provider-down', 'provider-down', 1])
    room.later(6_000)
    expect([await begin(), asked]).toEqual(['provider-down', 2])
  })

  test('that does not know us is a fault of the configuration, which is logged and not shown', async () => {
    const room = await aRoom({ secret: 'not the secret' })
    const browser = new Browser()
    expect(await refusal(room, browser, await browser.upTo(room, 'u1'))).toBe('untrusted')
    expect(JSON.stringify(room.told)).not.toContain('not the secret')
  })
})

test('however many set out, the server remembers none of them, and one address cannot go on and on', async () => {
  const room = await aRoom()
  const many = await Promise.all(Array.from({ length: 310 }, () => ask(`${room.url}/api/session/oidc`)))
  const counted = many.map((answer) => answer.headers.get('location') ?? '').filter((to) => to.includes('refused=too-many')).length
  expect(counted).toBe(10)
})
