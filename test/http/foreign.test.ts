import type { RequestListener } from 'node:http'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Draft } from '../../shared/fact.ts'
import type { HttpPorts } from '../../server/http/ports.ts'
import { publicOrigins } from '../../server/main/sign-on.ts'
import { accountsOf, ask, bearer, json, start, type Answer, type Running } from './server.ts'

let at: Running
let told: Draft[]
let cookie: string
beforeEach(async () => {
  told = []
  at = await start(({ access }) => ({ accounts: accountsOf(access, told), origins: ['https://room.example.org'], proxies: ['loopback'] }))
  cookie = await at.cookieOf('admin')
  await at.cookieOf('duty')
})

/** A command that needs no body, by whoever's cookie the browser sends along. */
const disable = (headers: Record<string, string>, body?: string): Promise<Answer> =>
  ask(`${at.url}/api/people/duty/disable`, { method: 'POST', headers: { Cookie: cookie, ...headers }, ...(body === undefined ? {} : { body }) })
const code = async (answer: Promise<Answer>): Promise<unknown> => { const { status, body } = await answer; return body['code'] ?? status }

describe('what a page of another site, another port or a sub-domain has a browser send with its cookie', () => {
  test.each<[string, Record<string, string>]>([
    ['another port of this machine', { Origin: 'http://127.0.0.1:1' }],
    ['another port, which the browser calls the same site', { 'Sec-Fetch-Site': 'same-site' }],
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a page in a frame without an origin', { Origin: 'null' }],
    ['a page of no web at all', { Origin: 'ftp://room.example.org' }],
    ['a page that an old browser names as where it comes from', { Referer: 'http://127.0.0.1:1/trap' }],
    ['a sub-domain', { 'X-Forwarded-Host': 'room.example.org', Origin: 'https://evil.room.example.org' }],
    ['a page without TLS of the name that has it', { 'X-Forwarded-Host': 'room.example.org', Origin: 'http://room.example.org' }],
  ])('does nothing: %s', async (_, headers) => {
    const answer = await disable(headers)
    expect(answer).toMatchObject({ status: 403, body: { code: 'foreign-origin' } })
    expect(answer.body['detail']).toMatch(/^POST \/api\/people\/duty\/disable was asked by .+ may: do it there\. .*AIR_PUBLIC_URL/)
    expect(told).toEqual([])
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])('does nothing as %s, with a body or an empty one', async (type) => {
    expect((await disable({ 'Content-Type': type }, '{}')).body['detail']).toContain('POST /api/people/duty/disable takes application/json')
    expect([await code(disable({ 'Content-Type': type }, '{}')), await code(disable({ 'Content-Type': type }, ''))]).toEqual(['wrong-type', 'wrong-type'])
    expect(told).toEqual([])
  })

  test('signs nobody in or out, and acts in no exercise', async () => {
    const foreign = { 'Sec-Fetch-Site': 'same-site', Cookie: cookie }
    const seen: string[] = []
    const room: RequestListener = (req, res) => { seen.push(req.url ?? ''); res.end() }
    at = await start({ exercises: { room: () => room } as unknown as HttpPorts['exercises'] })
    expect(await code(ask(`${at.url}/api/session`, { method: 'POST', headers: { ...json, ...foreign }, body: '{"name":"duty","password":"x"}' }))).toBe('foreign-origin')
    expect(await code(ask(`${at.url}/api/session`, { method: 'DELETE', headers: foreign }))).toBe('foreign-origin')
    expect(await code(ask(`${at.url}/exercise/api/response/level`, { method: 'POST', headers: foreign }))).toBe('foreign-origin')
    expect(await code(ask(`${at.url}/api/v2/write`, { method: 'POST', headers: { Origin: 'http://evil.example' } }))).toBe('foreign-origin')
    expect(seen).toEqual([])
  })
})

describe('a command with a cookie', () => {
  test.each<[string, Record<string, string>]>([
    ['a page of ours', { 'Sec-Fetch-Site': 'same-origin', Referer: 'http://127.0.0.1:1/' }],
    ['a program that says nothing of where it is', {}],
    ['a page of the address outside, by whatever name a proxy asks', { Origin: 'https://room.example.org', 'Sec-Fetch-Site': 'same-origin' }],
  ])('is taken from %s', async (_, headers) => {
    const own = headers['Sec-Fetch-Site'] === 'same-origin' && headers['Origin'] === undefined ? { ...headers, Origin: at.url } : headers
    expect((await disable(own)).status).toBe(200)
  })
})

test('a token is no cookie: whatever a proxy or a page adds, a source may write', async () => {
  const write = (headers: Record<string, string>): Promise<unknown> => code(ask(`${at.url}/api/readings`, { method: 'POST', headers: { ...json, ...bearer(at.source), ...headers }, body: '{"readings":[]}' }))
  expect([await write({ 'Sec-Fetch-Site': 'cross-site' }), await write({ Referer: 'http://127.0.0.1:1/' })]).toEqual([200, 200])
})

test('the address outside is an origin of ours only where it is one', () => {
  expect([undefined, 'https://room.example.org/', 'http://10.0.0.1:8080', 'room:8080', 'data:x', 'nothing'].map((url) => publicOrigins({ AIR_PUBLIC_URL: url })))
    .toEqual([[], ['https://room.example.org'], ['http://10.0.0.1:8080'], [], [], []])
})
