import { expect, test } from 'vitest'
import { eventWith, silentAt } from './event.ts'
import { dataFolder, run, type Running, start } from './server.ts'
import { type Answer, post, type Receipt, see } from './talk.ts'

test('of two sources of a station the first listed counts; the other stands in where it has nothing, after a kill -9 too', async () => {
  const event = eventWith('id: main, kind: http, interval: PT1H', 'id: backup, kind: http, interval: PT1H')
  const dir = dataFolder()
  let server = await start(silentAt(event, '2022-03-08T20:10:00'), dir)
  const tokenOf = async (source: string): Promise<string> => /qks_[\w-]+/.exec((await run('token', 'add', '--source', source, '--data', dir, '--event', event)).out)?.[0] ?? ''
  const tokens = { main: await tokenOf('main'), backup: await tokenOf('backup') }
  const send = (source: 'main' | 'backup', value: number | null): Promise<Answer<Receipt>> =>
    post(server, [{ station: 'T1', pollutant: 'PM2.5', start: '2022-03-08T18:00:00+08:00', period: 'PT1H', value }], tokens[source])
  const value = async (of: Running): Promise<unknown> =>
    (await see<{ points: { value: number | null }[] }>(of, '/api/series?place=station:T1&pollutant=PM2.5&average=hour&from=2022-03-08T18:00:00%2B08:00&to=2022-03-08T19:00:00%2B08:00')).body.points[0]?.value
  expect([(await send('backup', 50)).body, await value(server)]).toMatchObject([{ accepted: 1 }, 50])
  expect([(await send('main', 40)).body, await value(server)]).toMatchObject([{ revised: 1 }, 40])
  expect([(await send('backup', 60)).body, await value(server)]).toMatchObject([{ revised: 1 }, 40])
  await server.kill()
  server = await start(['--event', event, '--air', 'silent', '--speed', '1'], dir)
  expect([await value(server), (await send('backup', 60)).body, await value(server)]).toMatchObject([40, { unchanged: 1 }, 40])
  expect([(await send('main', null)).body, await value(server)]).toMatchObject([{ revised: 1 }, 60])
  await server.stop()
  expect(await run('verify', '--data', dir)).toMatchObject({ code: 0, err: '' })
})
