import { spawn } from 'node:child_process'
import path from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { project } from '../../server/built.ts'
import { aFolder, anAccess } from '../http/server.ts'

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
    const dir = aFolder()
    const server = anAccess(dir)
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
    const dir = aFolder()
    const add = ['add', 'li', '--role', 'duty', '--password-stdin', '--data', dir]
    expect(await run('user', add, 'short')).toMatchObject({ code: 1, out: '' })
    expect(await run('user', add, 'correct horse')).toMatchObject({ code: 0 })
    expect((await run('user', add, 'correct horse')).err).toContain('already')
    expect(await run('user', ['disable', 'wang', '--data', dir])).toMatchObject({ code: 1 })
  })

  test('waits for a server that is writing', async () => {
    const dir = aFolder()
    const server = anAccess(dir)
    const commands = Array.from({ length: 3 }, (_, i) => run('user', ['add', `p${i}`, '--role', 'duty', '--password-stdin', '--data', dir], 'correct horse'))
    for (let i = 0; i < 50; i += 1) {
      server.addToken({ kind: 'screen', name: `s${i}` })
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect((await Promise.all(commands)).map(({ code, err }) => [code, err])).toEqual([[0, ''], [0, ''], [0, '']])
    expect([server.people().length, server.tokens().length]).toEqual([3, 50])
  })
})

describe('token, while the server runs', () => {
  test('gives one that holds at once, shows it once, and takes it back', async () => {
    const dir = aFolder()
    const server = anAccess(dir)
    const source = await run('token', ['add', '--source', 'gateway', '--data', dir])
    const screen = await run('token', ['add', '--screen', '大厅', '--data', dir])
    expect(server.caller(source.out.trim())).toEqual({ kind: 'source', source: 'gateway' })
    expect(server.caller(screen.out.trim())).toMatchObject({ kind: 'screen', name: '大厅' })
    const { out: listed } = await run('token', ['list', '--data', dir])
    expect(listed).not.toContain(source.out.trim())
    const id = /^(\S+)\s+source/m.exec(listed)?.[1] ?? ''
    expect(await run('token', ['revoke', id, '--data', dir])).toMatchObject({ code: 0 })
    expect(server.caller(source.out.trim())).toBe(null)
    expect(await run('token', ['revoke', id, '--data', dir])).toMatchObject({ code: 1 })
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
