import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { writeEvent } from '../../bench/room.ts'
import { until } from '../notify/room.ts'
import { aServer } from '../notify/services.ts'
import { dataFolder, type Running, run, start } from './server.ts'

type Said = { what: string; alert: { id: string } }

test('a room that was put back tells what it still owed of what stands, tells that it is over to whoever was told, and beside the room it was copied of, started to be looked at, tells nobody', async () => {
  const home = dataFolder()
  const [event, file, again, looked] = ['event', 'room.tar.gz', 'again', 'looked'].map((name) => path.join(home, name)) as [string, string, string, string]
  const taken: string[] = []
  let down = false
  const hook = await aServer(({ body }) => {
    const { what, alert } = JSON.parse(body) as Said
    if (!down) taken.push(`${what} ${alert.id.split(':')[1] ?? ''}`)
    return down ? { status: 503 } : {}
  })
  writeEvent(event, { cities: 3, stations: 3 }, { hourly: true })
  writeFileSync(path.join(event, 'duty.yaml'), `channels:\n  - { id: hook, kind: webhook, url: "${hook.url}", airs: [silent] }\ntell:\n  - { of: [raised, resolved], severities: [critical, warning, notice], by: [hook] }\n`)
  const args = ['--event', event, '--air', 'silent', '--speed', '1', '--hj212-port', '0']
  const post = async ({ url, first }: Running, n: number, value: number): Promise<void> => {
    const readings = [{ station: `S${n}`, pollutant: 'PM2.5', start: '2022-02-04T11:00:00+08:00', period: 'PT1H', value }]
    await fetch(`${url}/api/readings`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${first.sourceToken}` }, body: JSON.stringify({ readings }) })
  }
  const server = await start([...args, '--now', '2022-02-04T12:05:00+08:00'], path.join(home, 'data'))
  await post(server, 0, 120)
  await until(() => taken.length === 1, 30)
  down = true
  const asked = hook.asked.length
  await post(server, 1, 120)
  await post(server, 2, 120)
  await post(server, 2, 20)
  await until(() => hook.asked.length > asked, 30)
  expect(await run('backup', '--data', server.dir, '--to', file)).toMatchObject({ code: 0, err: '' })
  await server.kill()
  down = false
  const first = readFileSync(path.join(server.dir, 'first-start.json'))
  const [told] = taken.splice(0)
  for (const data of [again, looked]) {
    expect(await run('restore', '--from', file, '--data', data)).toMatchObject({ code: 0 })
    writeFileSync(path.join(data, 'first-start.json'), first)
  }

  const quiet = await start([...args, '--tell', 'nobody'], looked)
  await post(quiet, 0, 20)
  await quiet.stop()
  expect(taken).toEqual([])

  const second = await start(args, again)
  await until(() => taken.length === 1, 30)
  await post(second, 0, 20)
  await until(() => taken.length === 2, 30)
  await second.stop()
  expect([told, ...taken]).toEqual([told, expect.stringMatching(/^raised /), told?.replace('raised', 'resolved')])
})
