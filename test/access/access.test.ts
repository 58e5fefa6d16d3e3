import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import Database from 'libsql'
import { describe, expect, onTestFinished, test } from 'vitest'
import { firstStart, tellFirstStart, type FirstStart } from '../../server/access/first-start.ts'
import { openAccess } from '../../server/access/open.ts'
import { aFolder, anAccess } from '../http/server.ts'

const HOUR = 3_600_000
const li = { name: 'li', role: 'duty', password: 'correct horse' } as const

describe('people', () => {
  test('come in with their password, and with no other', async () => {
    const access = anAccess()
    expect(await access.addPerson(li)).toMatchObject({ ok: true, added: { name: 'li', role: 'duty', disabled: false } })
    expect(await access.signIn('li', 'wrong horse')).toMatchObject({ ok: false })
    expect(await access.signIn('zhang', li.password)).toMatchObject({ ok: false })
    const signed = await access.signIn('li', li.password)
    expect(signed.ok && access.caller(signed.secret)).toEqual({ kind: 'person', name: 'li', role: 'duty' })
  })

  test('who are disabled are out at once, and come back with a new password only', async () => {
    const access = anAccess()
    await access.addPerson(li)
    const signed = await access.signIn('li', li.password)
    expect(access.disablePerson('li')).toBe(true)
    expect(access.disablePerson('li')).toBe(false)
    expect(signed.ok && access.caller(signed.secret)).toBe(null)
    expect(await access.signIn('li', li.password)).toMatchObject({ ok: false })
    expect(await access.addPerson({ ...li, role: 'leader', password: 'another horse' })).toMatchObject({ ok: true, added: { role: 'leader', disabled: false } })
    expect((await access.signIn('li', 'another horse')).ok).toBe(true)
    expect((await access.signIn('li', li.password)).ok).toBe(false)
  })

  test('have a name that is theirs alone and prints, and a password that is no joke', async () => {
    const access = anAccess()
    await access.addPerson(li)
    expect(await access.addPerson(li)).toMatchObject({ ok: false })
    for (const wrong of [{ name: '' }, { name: ' li' }, { name: 'l\u0000i' }, { name: 'x'.repeat(65) }, { password: 'short' }])
      expect(await access.addPerson({ ...li, name: 'wang', ...wrong })).toMatchObject({ ok: false })
    expect(await access.addPerson({ ...li, name: '王 值班' })).toMatchObject({ ok: true })
  })
})

describe('a name as it is typed', () => {
  test('lets its bearer in by capitals, full width or composed letters', async () => {
    const access = anAccess()
    await access.addPerson({ ...li, name: 'Jos\u00e9 Li' })
    for (const typed of ['JOSÉ LI', 'ｊｏｓé li', 'jose\u0301 li']) expect(await access.signIn(typed, li.password)).toMatchObject({ ok: true, person: { name: 'Jos\u00e9 Li' } })
    expect(await access.signIn('jose li', li.password)).toMatchObject({ ok: false })
  })

  test('means the account of just this name where two old ones read the same, else the first of them', async () => {
    const [dir, secret] = [aFolder(), 'another horse']
    const before = openAccess({ dir, now: () => 1 })
    await before.found([{ ...li, name: 'admin' }, { ...li, name: '\uff21dmin', password: secret }], [])
    expect(await before.signIn('\uff21dmin', secret)).toMatchObject({ ok: true, person: { name: '\uff21dmin' } })
    expect(await before.signIn('admin', li.password)).toMatchObject({ ok: true, person: { name: 'admin' } })
    expect(await before.signIn('ADMIN', li.password)).toMatchObject({ ok: true, person: { name: 'admin' } })
    expect(await before.signIn('ADMIN', secret)).toMatchObject({ ok: false })
    before.close()
  })

  test('that reads as another\'s makes no account on the machine itself either', async () => {
    const access = anAccess()
    await access.addPerson(li)
    for (const name of ['LI', 'Ｌi', 'Lі', 'l1']) expect(await access.addPerson({ ...li, name })).toMatchObject({ ok: false })
    expect(access.people()).toHaveLength(1)
  })
})

describe('a session', () => {
  async function aSession(): Promise<{ at: (now: number) => string | null; holdsAt: (now: number) => boolean }> {
    let clock = 0
    const access = anAccess(undefined, () => clock)
    await access.addPerson(li)
    const signed = await access.signIn('li', li.password)
    const secret = signed.ok ? signed.secret : ''
    const who = (): string | null => { const caller = access.caller(secret); return caller?.kind === 'person' ? caller.name : null }
    return { at: (now) => { clock = now; return who() }, holdsAt: (now) => { clock = now; return access.holds(secret) } }
  }

  test('ends when it is not used for eight hours', async () => {
    const { at } = await aSession()
    expect([at(7 * HOUR), at(14 * HOUR), at(15 * HOUR)]).toEqual(['li', 'li', 'li'])
    expect((await aSession()).at(8 * HOUR)).toBe(null)
  })

  test('ends after sixteen hours however much it is used', async () => {
    const { at } = await aSession()
    for (let hour = 1; hour < 16; hour += 1) expect(at(hour * HOUR)).toBe('li')
    expect(at(16 * HOUR)).toBe(null)
  })

  test('is not kept alive by a page that is merely open', async () => {
    const { at, holdsAt } = await aSession()
    expect([holdsAt(4 * HOUR), holdsAt(7 * HOUR)]).toEqual([true, true])
    expect(at(8 * HOUR)).toBe(null)
  })
})

describe('a token', () => {
  test('stands for its source or its screen until it is revoked, also after a restart', () => {
    const dir = aFolder()
    const before = openAccess({ dir, now: () => 5 })
    const source = before.addToken({ kind: 'source', name: 'gateway' })
    const screen = before.addToken({ kind: 'screen', name: '大厅' })
    if (!source.ok || !screen.ok) throw new Error('no token')
    before.close()
    const access = anAccess(dir)
    expect(access.caller(source.added.secret)).toEqual({ kind: 'source', source: 'gateway' })
    expect(access.caller(screen.added.secret)).toEqual({ kind: 'screen', name: '大厅', role: 'screen', token: screen.added.id })
    expect(access.revokeToken(source.added.id)).toBe(true)
    expect(access.revokeToken(source.added.id)).toBe(false)
    expect(access.caller(source.added.secret)).toBe(null)
    expect(Object.fromEntries(access.tokens().map(({ name, revoked }) => [name, revoked !== null]))).toEqual({ gateway: true, 大厅: false })
  })

  test('needs a name that sources.yaml could have', () => {
    expect(anAccess().addToken({ kind: 'source', name: 'a gateway' })).toMatchObject({ ok: false })
  })

  test('nothing that was never given stands for anybody', () => {
    const access = anAccess()
    for (const secret of ['', 'qks_', 'qkw_x', 'qkp_x', 'x', `qks_${'x'.repeat(1_000_000)}`]) expect(access.caller(secret)).toBe(null)
  })
})

describe('the file', () => {
  test('holds no secret that could be used, and is for its owner only', async () => {
    const dir = aFolder()
    const access = anAccess(dir)
    await access.addPerson(li)
    const signed = await access.signIn('li', li.password)
    const token = access.addToken({ kind: 'source', name: 'gateway' })
    if (!signed.ok || !token.ok) throw new Error('not let in')
    const file = path.join(dir, 'access.sqlite')
    const bytes = Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)])
    for (const secret of [li.password, signed.secret, token.added.secret]) expect(bytes.includes(secret)).toBe(false)
    expect(bytes.includes('$argon2id$')).toBe(true)
    for (const each of [file, `${file}-wal`]) expect(statSync(each).mode & 0o777).toBe(0o600)
  })

  test('says when another process has changed it', () => {
    const dir = aFolder()
    const access = anAccess(dir)
    const before = access.changes()
    expect(access.changes()).toBe(before)
    const other = new Database(path.join(dir, 'access.sqlite'))
    onTestFinished(() => { other.close() })
    other.exec("INSERT INTO tokens VALUES ('t', 'h', 'screen', 'n', 1, NULL)")
    expect(access.changes()).not.toBe(before)
  })
})

describe('the first start', () => {
  const options = (dir: string) => ({ dir, url: 'http://127.0.0.1:8080', source: 'gateway', access: anAccess(dir) })

  test('lets in one of each role, a screen and a source, and writes down how', async () => {
    const dir = aFolder()
    const given = options(dir)
    const made = await firstStart(given)
    const file = path.join(dir, 'first-start.json')
    const written = JSON.parse(readFileSync(file, 'utf8')) as FirstStart
    expect(written).toEqual(made)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(Object.keys(written).sort()).toEqual(['accounts', 'screenToken', 'sourceToken', 'wall'])
    expect(written.wall).toBe(`http://127.0.0.1:8080/wall?screen=${written.screenToken}`)
    expect(written.accounts.map(({ role }) => role).sort()).toEqual(['admin', 'duty', 'leader'])
    for (const { name, role, password } of written.accounts) expect(await given.access.signIn(name, password)).toMatchObject({ ok: true, person: { role } })
    expect(given.access.caller(written.sourceToken)).toEqual({ kind: 'source', source: 'gateway' })
    expect(given.access.caller(written.screenToken)).toMatchObject({ kind: 'screen' })
    expect(new Set(written.accounts.map(({ password }) => password)).size).toBe(3)
    for (const { password } of written.accounts) expect(tellFirstStart(written, file)).toContain(password)
  })

  test('happens once', async () => {
    const given = options(aFolder())
    await firstStart(given)
    expect(await firstStart(given)).toBe(null)
    expect(given.access.people()).toHaveLength(3)
  })

  test('does not happen where somebody was let in before', async () => {
    const given = options(aFolder())
    await given.access.addPerson(li)
    expect(await firstStart(given)).toBe(null)
  })

  test('that was cut short is begun again, and what it wrote then is true', async () => {
    const given = options(aFolder())
    const broken = { ...given, access: { ...given.access, found: () => Promise.reject(new Error('the power went')) } }
    await expect(firstStart(broken)).rejects.toThrow('the power went')
    await firstStart(given)
    const written = JSON.parse(readFileSync(path.join(given.dir, 'first-start.json'), 'utf8')) as FirstStart
    expect(given.access.caller(written.screenToken)).toMatchObject({ kind: 'screen' })
  })
})
