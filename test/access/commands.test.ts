import { spawn } from 'node:child_process'
import path from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { project } from '../../server/built.ts'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import type { Access } from '../../server/access/access.ts'
import { firstStart } from '../../server/access/first-start.ts'
import { openAccess } from '../../server/access/open.ts'
import { aFolder, anAccess } from '../http/server.ts'

/** A folder that a server has started: with an admin, a leader, a duty officer, a screen and a source. */
async function started(event?: string): Promise<{ dir: string; server: Access }> {
  const dir = aFolder()
  const server = anAccess(dir)
  if (event !== undefined) writeFileSync(path.join(dir, 'identity.json'), JSON.stringify({ event, air: 'live' }))
  await firstStart({ dir, url: 'http://127.0.0.1:8080', source: 'event', access: server })
  return { dir, server }
}

type Ran = { code: number | null; out: string; err: string }

/** A command as an operator runs it: a process of its own. */
function run(command: 'user' | 'token', args: string[], input = ''): Promise<Ran> {
  const script = `import(process.argv[1]).then(({ main }) => main(process.argv.slice(2))).then((code) => { process.exitCode = code })`
  const file = path.join(project, '.build', 'server', 'commands', `${command}.mjs`)
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, file, ...args], { stdio: 'pipe' })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text })
  child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  return new Promise((resolve) => { child.on('close', (code) => { resolve({ code, out, err }) }) })
}

describe('user, while the server runs', () => {
  test('adds somebody who can sign in at once, lists them, and shows them the door', async () => {
    const { dir, server } = await started()
    expect(await run('user', ['add', 'li', '--role', 'duty', '--password-stdin', '--data', dir], 'correct horse\n')).toMatchObject({ code: 0 })
    const signed = await server.signIn('li', 'correct horse')
    expect(signed).toMatchObject({ ok: true, person: { role: 'duty' } })
    expect((await run('user', ['list', '--data', dir])).out).toMatch(/^duty\s+li$/m)
    const before = server.changes()
    expect(await run('user', ['disable', 'li', '--data', dir])).toMatchObject({ code: 0 })
    expect(server.changes()).not.toBe(before)
    expect(signed.ok && server.caller(signed.secret)).toBe(null)
    expect((await run('user', ['list', '--data', dir])).out).toMatch(/^duty\s+disabled\s+li$/m)
  })

  test('says what is wrong: a name that is taken, a short password, nobody of that name', async () => {
    const { dir } = await started()
    const add = ['add', 'li', '--role', 'duty', '--password-stdin', '--data', dir]
    expect(await run('user', add, 'short')).toMatchObject({ code: 1, out: '' })
    expect(await run('user', add, 'correct horse')).toMatchObject({ code: 0 })
    expect((await run('user', add, 'correct horse')).err).toContain('already')
    expect(await run('user', ['disable', 'wang', '--data', dir])).toMatchObject({ code: 1 })
  })

  test('waits for a server that is writing', async () => {
    const { dir, server } = await started()
    const commands = Array.from({ length: 3 }, (_, i) => run('user', ['add', `p${i}`, '--role', 'duty', '--password-stdin', '--data', dir], 'correct horse'))
    for (let i = 0; i < 50; i += 1) {
      server.addToken({ kind: 'screen', name: `s${i}` })
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect((await Promise.all(commands)).map(({ code, err }) => [code, err])).toEqual([[0, ''], [0, ''], [0, '']])
    expect([server.people().length, server.tokens().length]).toEqual([6, 52])
  })
})

describe('token, while the server runs', () => {
  test('gives one that holds at once, shows it once, and takes it back', async () => {
    const { dir, server } = await started()
    const source = await run('token', ['add', '--source', 'gateway', '--data', dir])
    const screen = await run('token', ['add', '--screen', '大厅', '--data', dir])
    expect(server.caller(source.out.trim())).toEqual({ kind: 'source', source: 'gateway' })
    expect(server.caller(screen.out.trim())).toMatchObject({ kind: 'screen', name: '大厅' })
    const { out: listed } = await run('token', ['list', '--data', dir])
    expect(listed).not.toContain(source.out.trim())
    const id = /^(\S+)\s+source.*gateway$/m.exec(listed)?.[1] ?? ''
    expect(await run('token', ['revoke', id, '--data', dir])).toMatchObject({ code: 0 })
    expect(server.caller(source.out.trim())).toBe(null)
    expect(await run('token', ['revoke', id, '--data', dir])).toMatchObject({ code: 1 })
  })
})

describe('a folder that no server has started', () => {
  const commands = [
    ['user', ['add', 'solo', '--role', 'duty', '--password-stdin']], ['user', ['list']], ['user', ['disable', 'li']],
    ['token', ['add', '--screen', 'hall']], ['token', ['list']], ['token', ['revoke', 'wall']],
  ] as const

  test.each(commands)('is not made by %s %j, which says that one is to be started first', async (command, args) => {
    const dir = path.join(aFolder(), 'typo')
    const ran = await run(command, [...args, '--data', dir], 'correct horse\n')
    expect(ran).toMatchObject({ code: 2, out: '' })
    expect(ran.err).toContain(`${dir} is no data folder of a server that was started`)
    expect(readdirSync(path.dirname(dir))).toEqual([])
  })

  test('lets nobody in before the first start has made its accounts and tokens, which it then does', async () => {
    const dir = aFolder()
    const server = anAccess(dir)
    const ran = await run('user', ['add', 'solo', '--role', 'duty', '--password-stdin', '--data', dir], 'correct horse\n')
    expect(ran).toMatchObject({ code: 2, out: '' })
    expect(ran.err).toContain('start one first')
    const made = await firstStart({ dir, url: 'http://127.0.0.1:8080', source: 'event', access: server })
    expect(made?.accounts.map(({ role }) => role)).toEqual(['admin', 'leader', 'duty'])
  })

  test.each([
    ['is a folder', (file: string) => { mkdirSync(file) }],
    ['is no database', (file: string) => { writeFileSync(file, 'x'.repeat(5000)) }],
  ])('or whose access.sqlite %s, gives a sentence and no stack', async (_what, make) => {
    const dir = aFolder()
    make(path.join(dir, 'access.sqlite'))
    for (const command of ['user', 'token'] as const) {
      const ran = await run(command, ['list', '--data', dir])
      expect(ran).toMatchObject({ code: 2, out: '' })
      expect(ran.err).toMatch(/access\.sqlite cannot be opened: /)
      expect(ran.err).not.toMatch(/^ +at /m)
    }
    expect(() => openAccess({ dir, now: Date.now })).toThrow(expect.objectContaining({ expected: true }))
  })
})

describe('a person', () => {
  const add = (name: string, role: string, dir: string): Promise<Ran> => run('user', ['add', name, '--role', role, '--password-stdin', '--data', dir], 'correct horse\n')

  test('who is the last admin stays, until there is another', async () => {
    const { dir, server } = await started()
    const refused = await run('user', ['disable', 'admin', '--data', dir])
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toContain('admin is the only admin who may come in; add another first')
    expect(server.lastAdmin()).toBe('admin')
    await add('li', 'admin', dir)
    expect(await run('user', ['disable', 'admin', '--data', dir])).toMatchObject({ code: 0 })
    expect(await run('user', ['disable', 'li', '--data', dir])).toMatchObject({ code: 1 })
    expect(server.people().filter(({ role, disabled }) => role === 'admin' && !disabled).map(({ name }) => name)).toEqual(['li'])
  })

  test('who is disabled comes back by being added again, and both commands say so', async () => {
    const { dir, server } = await started()
    expect((await run('user', ['disable', 'duty', '--data', dir])).out).toContain('npm run user -- add "duty" --role duty --password-stdin')
    expect((await add('duty', 'leader', dir)).out).toBe('duty may come in again (leader), with the new password\n')
    expect(await server.signIn('duty', 'correct horse')).toMatchObject({ ok: true, person: { role: 'leader' } })
  })

  test.each(['bad name<', 'a/b', '-li', 'li;', '"li"'])('called %j is not added, and it is said what a name is made of', async (name) => {
    const { dir } = await started()
    const ran = await run('user', ['add', '--role', 'duty', '--password-stdin', '--data', dir, '--', name], 'correct horse\n')
    expect(ran).toMatchObject({ code: 1, out: '' })
    expect(ran.err).toContain('it has 1 to 64 letters and digits of any script')
  })
})

describe('a token', () => {
  const add = (source: string, dir: string, ...more: string[]): Promise<Ran> => run('token', ['add', '--source', source, '--data', dir, ...more])

  test('of a source that the event does not have is refused, and those that it has are named', async () => {
    const { dir, server } = await started('beijing-2022')
    const before = server.tokens().length
    const ran = await add('gw2', dir)
    expect(ran).toMatchObject({ code: 2, out: '' })
    expect(ran.err).toContain('--source "gw2" is no source of beijing-2022; there are gateway, event (event: every station)')
    expect(server.tokens()).toHaveLength(before)
    expect((await add('gateway', dir)).err).toContain('it may write every station of beijing-2022')
    expect((await add('gateway', dir, '--event', 'config/apec-2014')).err).toContain('--event config/apec-2014 is the event apec-2014')
  })

  test('of an event whose folder is not known says what it may write, and that this was not looked at', async () => {
    const { dir } = await started('nowhere-2030')
    const ran = await add('gw2', dir)
    expect(ran.code).toBe(0)
    expect(ran.err).toContain('nothing if there is no such entry; that was not looked at, since config/nowhere-2030 could not be read as the event nowhere-2030')
    expect((await add('gw2', (await started()).dir)).err).toContain('the event folder is not known (--event DIR names it)')
  })

  test('is revoked by its name where that is one token\'s alone, and by its id in any case', async () => {
    const { dir, server } = await started()
    const revoke = (name: string): Promise<Ran> => run('token', ['revoke', name, '--data', dir])
    expect(await revoke('wall')).toMatchObject({ code: 0, out: expect.stringMatching(/^revoked t-\w+, of the screen wall$/m) as string })
    expect((await revoke('wall')).err).toContain('wall is already revoked')
    expect((await revoke('hall')).err).toContain('no token has the id or the name hall')
    const [one, two] = [server.addToken({ kind: 'screen', name: 'w2' }), server.addToken({ kind: 'source', name: 'w2' })]
    if (!one.ok || !two.ok) throw new Error('no token')
    const both = await revoke('w2')
    expect(both.code).toBe(1)
    expect(both.err).toContain(`${one.added.id} (screen)`)
    expect(both.err).toContain(`${two.added.id} (source)`)
    expect(await revoke(one.added.id)).toMatchObject({ code: 0 })
    expect(await revoke('w2')).toMatchObject({ code: 0 })
  })
})

describe('a wrong option', () => {
  test.each([
    ['user', []], ['user', ['add']], ['user', ['add', 'li', '--role', 'king', '--password-stdin']], ['user', ['add', 'li', '--role', 'duty']],
    ['user', ['add', 'li', '--password-stdin']], ['user', ['list', '--all']], ['user', ['remove', 'li']],
    ['token', []], ['token', ['add']], ['token', ['add', '--source', 'a', '--screen', 'b']], ['token', ['revoke']], ['token', ['list', 'x']],
  ] as const)('of %s %j prints what is allowed and exits 2', async (command, args) => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    onTestFinished(() => { said.mockRestore() })
    const { main } = command === 'user' ? await import('../../server/commands/user.ts') : await import('../../server/commands/token.ts')
    expect(await main([...args, '--data', aFolder()])).toBe(2)
    expect(said.mock.calls.join('\n')).toContain(`Usage: npm run ${command}`)
  })
})
