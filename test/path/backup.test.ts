import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { dataFolder, run, start } from './server.ts'
import { alertsOf, journalOf, post, see, signIn } from './talk.ts'

const event = 'test/events/tongues'
const args = ['--event', event, '--air', 'silent', '--speed', '1', '--hj212-port', '0']
const now = ['--now', '2022-02-04T20:05:00+08:00']
const hour = (value: number) => ['T1', 'T2', 'G1', 'H1'].map((station) => ({ station, pollutant: 'PM2.5', start: '2022-02-04T19:00:00+08:00', period: 'PT1H', value }))

test('a copy taken while the room works is a room that goes on from there: readings, facts and accounts', async () => {
  const home = dataFolder()
  const [file, again] = [path.join(home, 'copies', 'room.tar.gz'), path.join(home, 'again')]
  const server = await start([...args, ...now], path.join(home, 'data'))
  await post(server, hour(90))
  const facts = await journalOf(server)
  expect(facts.some(({ kind }) => kind === 'alert-raised')).toBe(true)
  const made = await run('backup', '--data', server.dir, '--to', file)
  expect([made.code, made.err]).toEqual([0, ''])
  await post(server, hour(95))
  await server.stop()

  const restored = await run('restore', '--from', file, '--data', again)
  expect([restored.code, restored.out]).toEqual([0, expect.stringContaining('the chain is unbroken')])
  writeFileSync(path.join(again, 'first-start.json'), readFileSync(path.join(server.dir, 'first-start.json')))
  const second = await start(args, again)
  expect((await journalOf(second)).slice(0, facts.length)).toEqual(facts)
  const { body } = await see<{ points: { value: number }[] }>(second, '/api/series?place=station:T1&pollutant=PM2.5&average=hour&from=2022-02-04T19:00:00%2B08:00&to=2022-02-04T20:00:00%2B08:00')
  expect(body.points).toMatchObject([{ value: 90 }])
  expect((await alertsOf(second)).map(({ kind }) => kind)).toContain('hour-exceeded')
  expect(await signIn({ ...second, first: server.first }, 'leader')).not.toBe('')
  await second.stop()
})

test('a copy never takes the place of a copy, nor of a folder in use', async () => {
  const home = dataFolder()
  const [data, file] = [path.join(home, 'data'), path.join(home, 'room.tar.gz')]
  const server = await start([...args, ...now], data)
  await server.stop()
  expect((await run('backup', '--data', data, '--to', file)).code).toBe(0)
  const bytes = readFileSync(file)
  expect(await run('backup', '--data', data, '--to', file)).toMatchObject({ code: 1, err: expect.stringContaining('is there already') as string })
  expect(readFileSync(file).equals(bytes)).toBe(true)
  expect(await run('restore', '--from', file, '--data', data)).toMatchObject({ code: 1, err: expect.stringContaining('is not empty') as string })
})

test('a copy that is damaged, or none, is refused with what is wrong, and leaves nothing behind', async () => {
  const home = dataFolder()
  const [data, file, broken, none] = ['data', 'room.tar.gz', 'broken.tar.gz', 'none'].map((name) => path.join(home, name)) as [string, string, string, string]
  const server = await start([...args, ...now], data)
  await server.stop()
  await run('backup', '--data', data, '--to', file)
  const bytes = readFileSync(file)
  bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff
  writeFileSync(broken, bytes)
  writeFileSync(none, 'hello')
  mkdirSync(path.join(home, 'empty'))
  for (const from of [broken, none]) {
    const ended = await run('restore', '--from', from, '--data', path.join(home, 'new'))
    expect([ended.code, existsSync(path.join(home, 'new'))], ended.err).toEqual([1, false])
    expect(ended.err).toContain(from)
  }
  expect(await run('backup', '--data', path.join(home, 'empty'), '--to', path.join(home, 'x.tar.gz'))).toMatchObject({ code: 1, err: expect.stringContaining('is no data folder') as string })
  expect(readdirSync(home).sort()).toEqual(['broken.tar.gz', 'data', 'empty', 'none', 'room.tar.gz'])
})
