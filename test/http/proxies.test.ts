import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { trustedProxies, wrongProxies } from '../../server/main/proxies.ts'
import { ask, json, password, start, type Answer, type Running } from './server.ts'

const signIn = (at: Running, headers: Record<string, string>, given = 'a guess'): Promise<Answer> =>
  ask(`${at.url}/api/session`, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify({ name: 'duty', password: given }) })

/** The cookie of a sign-in by the name of the server that a browser has in its address bar. */
async function cookieAt({ url }: Running, host: string): Promise<string> {
  const asking = request(`${url}/api/session`, { method: 'POST', headers: { ...json, host } })
  asking.end(JSON.stringify({ name: 'duty', password }))
  const [answer] = await once(asking, 'response') as [IncomingMessage]
  answer.resume()
  return String(answer.headers['set-cookie'])
}

/** How many of so many wrong passwords were heard at all. */
async function heard(at: Running, forwarded: (i: number) => string): Promise<number> {
  const answers = await Promise.all(Array.from({ length: 25 }, (_, i) => signIn(at, { 'X-Forwarded-For': forwarded(i) })))
  return answers.filter(({ status }) => status === 401).length
}

describe('where no proxy is named', () => {
  test('nobody evades the throttle of the sign-in by saying to come from elsewhere, which is logged once', async () => {
    const warned: object[] = []
    const at = await start({ log: { info: () => undefined, error: () => undefined, warn: (about) => { warned.push(about) } } })
    expect(await heard(at, (i) => `203.0.113.${i}`)).toBe(20)
    expect(warned.filter((about) => 'by' in about)).toEqual([{ by: '127.0.0.1' }])
  })

  test('nobody passes for another name, or for a way with TLS', async () => {
    const at = await start()
    await at.cookieOf('duty')
    expect(await signIn(at, { Origin: 'http://evil.example', 'X-Forwarded-Host': 'evil.example' }, password)).toMatchObject({ status: 403, body: { code: 'foreign-origin' } })
    expect((await signIn(at, { 'X-Forwarded-Proto': 'https' }, password)).headers.get('set-cookie')).not.toMatch(/; Secure/)
  })

  test('a cookie is for TLS only all the same by the name that has it, and by no other', async () => {
    const at = await start({ origins: ['https://room.example.org'] })
    await at.cookieOf('duty')
    expect(await cookieAt(at, 'room.example.org')).toMatch(/; Secure/)
    expect((await signIn(at, {}, password)).headers.get('set-cookie')).not.toMatch(/; Secure/)
  })
})

describe('behind a proxy that is named', () => {
  test('each address outside is throttled by itself, whatever it says to be', async () => {
    const at = await start({ proxies: ['loopback'] })
    await at.cookieOf('duty')
    expect(await heard(at, (i) => `198.51.100.${i}, 203.0.113.9`)).toBe(20)
    expect([(await signIn(at, { 'X-Forwarded-For': '203.0.113.9' }, password)).status, (await signIn(at, { 'X-Forwarded-For': '203.0.113.10' }, password)).status]).toEqual([429, 200])
  })

  test('that is another machine, nobody on this one is believed', async () => {
    expect(await heard(await start({ proxies: ['10.0.0.5', 'uniquelocal'] }), (i) => `203.0.113.${i}`)).toBe(20)
  })
})

test('a proxy is named by its address or range, and by nothing that would trust the world', () => {
  expect(trustedProxies({ AIR_TRUST_PROXY: ' loopback, 10.0.0.5,172.18.0.0/16  fd00::/8' })).toEqual(['loopback', '10.0.0.5', '172.18.0.0/16', 'fd00::/8'])
  expect(wrongProxies({ AIR_TRUST_PROXY: 'loopback,10.0.0.5,172.18.0.0/16,fd00::/8' })).toEqual([])
  expect(wrongProxies({})).toEqual([])
  for (const wrong of ['true', '1', '0.0.0.0/0', '::/0', '10.0.0.0/33', 'proxy.example.org', '*']) expect(wrongProxies({ AIR_TRUST_PROXY: wrong })[0]).toContain(`"${wrong}" is no address`)
})
