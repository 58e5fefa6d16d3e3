import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { project } from '../../server/built.ts'
import { signOnLacking } from '../../server/main/sign-on.ts'
import { claimIn, roleBy } from '../../shared/sign-on.ts'
import { configOf, problemsOf } from './folder.ts'

const right = `oidc:
  issuer: https://sso.example.org/realms/city
  clientId: qingkong
  secretEnv: OIDC_SECRET
  roles: { claim: groups, map: { qingkong-duty: duty, qingkong-admin: admin } }
`
const of = (text: string) => ({ 'access.yaml': text })

test('an event without access.yaml has no single sign-on, and one with it has what it says', async () => {
  expect((await configOf()).access).toEqual({})
  expect((await configOf(of(right))).access.oidc).toMatchObject({ issuer: 'https://sso.example.org/realms/city', scopes: ['openid', 'profile'], name: 'preferred_username', plainHttp: false })
})

test.each<{ what: string; change: [from: string, to: string]; told: string }>([
  { what: 'an issuer that is no address', change: ['issuer: https://sso.example.org/realms/city', 'issuer: sso.example.org'], told: 'access.yaml:2 oidc.issuer: expected an http or https address' },
  { what: 'an issuer over plain http', change: ['https://sso', 'http://sso'], told: 'access.yaml:2 oidc.issuer: is plain http' },
  { what: 'a secret in the file', change: ['OIDC_SECRET', 's3cret'], told: 'access.yaml:4 oidc.secretEnv: expected the name of an environment variable' },
  { what: 'a role that is none', change: ['admin: admin', 'admin: root'], told: 'access.yaml:5 oidc.roles.map.qingkong-admin' },
  { what: 'roles of nobody', change: ['{ qingkong-duty: duty, qingkong-admin: admin }', '{}'], told: 'access.yaml:5 oidc.roles.map: names no value' },
  { what: 'scopes without openid', change: ['roles:', 'scopes: [profile]\n  roles:'], told: 'oidc.scopes: without "openid"' },
  { what: 'a field that nobody reads', change: ['clientId', 'clientID'], told: 'clientID' },
])('$what is told with its place', async ({ change, told }) => {
  expect((await problemsOf(of(right.replace(...change)))).join('\n')).toContain(told)
})

test('plain http is taken on this machine, or where it is allowed by name', async () => {
  expect(await problemsOf(of(right.replace('https://sso.example.org', 'http://localhost:8080')))).toEqual([])
  expect(await problemsOf(of(right.replace('https:', 'http:').replace('roles:', 'plainHttp: true\n  roles:')))).toEqual([])
})

test('the access.yaml that the README shows is right', async () => {
  const shown = /```yaml\n( {2}oidc:\n[\s\S]*?)```/.exec(readFileSync(path.join(project, 'README.md'), 'utf8'))?.[1] ?? ''
  expect(shown.length).toBeGreaterThan(100)
  expect(await problemsOf(of(shown.replace(/^ {2}/gm, '')))).toEqual([])
})

test('a start is told what the environment lacks for it, and needs nothing where there is no single sign-on', async () => {
  const config = await configOf(of(right))
  const env = { OIDC_SECRET: 'x', AIR_PUBLIC_URL: 'https://room.example.org/' }
  expect(signOnLacking(await configOf(), {}, '0.0.0.0')).toEqual([])
  expect(signOnLacking(config, env, '0.0.0.0')).toEqual([])
  expect(signOnLacking(config, { OIDC_SECRET: 'x' }, '127.0.0.1')).toEqual([])
  expect(signOnLacking(config, {}, '::1')).toEqual(['access.yaml: oidc needs the environment variable OIDC_SECRET'])
  expect(signOnLacking(config, { OIDC_SECRET: 'x' }, '0.0.0.0').join()).toContain('needs AIR_PUBLIC_URL')
  for (const wrong of ['room.example.org', 'https://room.example.org/below', 'ftp://room.example.org']) expect(signOnLacking(config, { ...env, AIR_PUBLIC_URL: wrong }, '0.0.0.0').join()).toContain(`"${wrong}"`)
})

describe('a claim', () => {
  test('is found by its whole name, or within another', () => {
    const claims = { groups: ['a'], realm_access: { roles: ['b'] }, 'https://x.example/roles': 'c' }
    expect(['groups', 'realm_access.roles', 'https://x.example/roles', 'realm_access.none', 'toString', 'groups.length'].map((name) => claimIn(claims, name))).toEqual([['a'], ['b'], 'c', undefined, undefined, 1])
  })

  test('means the strongest role of its values, and nothing but what is written', () => {
    const map = { d: 'duty', l: 'leader', a: 'admin', r: 'auditor' } as const
    expect([['d'], ['r', 'd'], ['l', 'a', 'd'], 'l', [], ['D'], 'd l', null, { d: 1 }, ['toString', 7]].map((value) => roleBy(value, map))).toEqual(['duty', 'duty', 'admin', 'leader', null, null, null, null, null, null])
  })
})
