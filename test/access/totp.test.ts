import { Secret, TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { newTotp, totpAddress } from '../../server/access/totp.ts'
import { aFolder, anAccess, ask, json, password, start } from '../http/server.ts'

const codeOf = (secret: string, at: number): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at })

async function withCode() {
  let now = 1_700_000_010_000
  const access = anAccess(aFolder(), () => now)
  await access.addPerson({ name: 'chen', role: 'leader', password })
  const secret = newTotp()
  access.setTotp('chen', secret)
  return { access, secret, at: (ms: number) => { now += ms }, code: (shift = 0) => codeOf(secret, now + shift) }
}

describe('an account with a code beside its password', () => {
  test('is let in by both, and asked for the code only once the password is right', async () => {
    const { access, code } = await withCode()
    expect(await access.signIn('chen', 'wrong', code())).toEqual({ ok: false, why: 'bad-credentials' })
    expect(await access.signIn('chen', password)).toEqual({ ok: false, why: 'needs-code' })
    expect(await access.signIn('chen', password, '000000')).toEqual({ ok: false, why: 'bad-code' })
    expect(await access.signIn('chen', password, code())).toMatchObject({ ok: true, person: { name: 'chen', totp: true } })
  })

  test('takes a code once, also by two at the same time', async () => {
    const { access, code, at } = await withCode()
    const both = await Promise.all([access.signIn('chen', password, code()), access.signIn('chen', password, code())])
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(await access.signIn('chen', password, code())).toEqual({ ok: false, why: 'bad-code' })
    at(30_000)
    expect(await access.signIn('chen', password, code())).toMatchObject({ ok: true })
  })

  test('allows a clock half a minute off, and no more', async () => {
    const early = await withCode()
    expect(await early.access.signIn('chen', password, early.code(-30_000))).toMatchObject({ ok: true })
    const late = await withCode()
    expect(await late.access.signIn('chen', password, late.code(-90_000))).toEqual({ ok: false, why: 'bad-code' })
  })

  test('signs in by the password alone once it is taken away; its sessions end with every change', async () => {
    const { access, code } = await withCode()
    const signed = await access.signIn('chen', password, code())
    expect(access.setTotp('chen', null)).toBe(true)
    expect(signed.ok && access.holds(signed.secret)).toBe(false)
    expect(await access.signIn('chen', password)).toMatchObject({ ok: true })
    expect(access.setTotp('nobody', null)).toBe(false)
  })

  test('has an address that authenticators read', () => {
    expect(totpAddress('陈 刚', 'JBSWY3DPEHPK3PXP')).toMatch(/^otpauth:\/\/totp\/Qingkong:.+secret=JBSWY3DPEHPK3PXP/)
  })
})

test('over HTTP the code is asked for in words of its own', async () => {
  const at = await start()
  await at.cookieOf('leader')
  const secret = newTotp()
  at.access.setTotp('leader', secret)
  const signIn = (body: object) => ask(`${at.url}/api/session`, { method: 'POST', headers: json, body: JSON.stringify({ name: 'leader', password, ...body }) })
  expect(await signIn({})).toMatchObject({ status: 401, body: { code: 'needs-code' } })
  expect(await signIn({ code: '123456' })).toMatchObject({ status: 401, body: { code: 'bad-code' } })
  expect(await signIn({ code: codeOf(secret, Date.now()) })).toMatchObject({ status: 200, body: { role: 'leader' } })
})
