import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { builtFile } from '../../server/built.ts'
import type { Fact } from '../../shared/fact.ts'
import { dataFolder, run, type Running, start } from './server.ts'
import { journalOf, signIn } from './talk.ts'

const silent = ['--event', 'config/apec-2014', '--air', 'silent']
const accessIn = async (server: Running): Promise<Fact[]> => (await journalOf(server, await signIn(server, 'admin'))).filter(({ kind }) => kind.startsWith('access-') || kind === 'account-changed' || kind === 'token-changed')

/** `npm run user -- add`, with a password on its standard input. */
async function addPerson(dir: string, name: string): Promise<void> {
  const file = builtFile(new URL('../../server/commands/user.ts', import.meta.url)).href
  const child = spawn(process.execPath, ['--input-type=module', '-e', 'await (await import(process.argv[1])).main(process.argv.slice(2))', file, 'add', name, '--role', 'duty', '--password-stdin', '--data', dir], { stdio: ['pipe', 'ignore', 'ignore'] })
  child.stdin.end('a password for a test')
  await once(child, 'close')
}

test('a first start tells once who can come in; what the commands of the machine do while the room is down is told at its next start, and then no more', { timeout: 180_000 }, async () => {
  const dir = dataFolder()
  const first = await start([...silent, '--now', '2014-11-10T20:00:00+08:00'], dir)
  const stands = { kind: 'access-stands', actor: 'system', accounts: ['admin', 'duty', 'leader'].map((account) => ({ account, role: account, disabled: false, totp: false, passwords: 0, codes: 0 })), tokens: expect.arrayContaining([expect.objectContaining({ of: 'screen', name: 'wall' }), expect.objectContaining({ of: 'source', name: 'event' })]) as unknown[] }
  await expect.poll(() => accessIn(first)).toMatchObject([stands])
  await first.stop()

  await addPerson(dir, 'wang')
  expect(await run('user', 'disable', 'leader', '--data', dir)).toMatchObject({ code: 0 })
  expect(await run('token', 'add', '--screen', 'hall', '--data', dir)).toMatchObject({ code: 0 })
  const told = [stands, { account: 'leader', what: 'disabled', way: 'down', by: null, actor: 'system' }, { account: 'wang', what: 'added', role: 'duty', way: 'down' }, { kind: 'token-changed', name: 'hall', what: 'added', way: 'down' }]
  const second = await start(silent, dir)
  await expect.poll(() => accessIn(second)).toMatchObject(told)
  await second.kill()
  const third = await start(silent, dir)
  expect(await accessIn(third)).toMatchObject(told)
  await third.stop()
  expect(await accessIn(await start(silent, dir))).toHaveLength(told.length)
  expect(await run('verify', '--data', dir)).toMatchObject({ code: 0, err: '' })
})
