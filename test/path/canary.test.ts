import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { startCanary } from '../../server/main/canary.ts'
import { memoryReadings } from '../../server/readings/memory.ts'
import { CANARY, CANARY_QUANTITY } from '../../shared/canary.ts'
import type { WaysBody } from '../../shared/ways.ts'
import { dataFolder, run, start } from './server.ts'
import { post, see, until } from './talk.ts'

test('real air has a canary that goes the whole way and is on no face', async () => {
  const dir = dataFolder()
  process.env['HJ212_PASSWORD'] = '123456'
  const server = await start(['--event', 'test/events/towers', '--air', 'live', '--hj212-port', '0'], dir)
  await until('it came through', async () => (await see<WaysBody>(server, '/api/sources')).body.canary?.at !== null)
  const { body } = await see<{ air: Record<string, { kind: string; heard?: { of: number } }> }>(server, '/api/situation')
  expect(JSON.stringify(body)).not.toContain(CANARY)
  expect(body.air['header']?.heard?.of).toBe(6)
  expect((await see<WaysBody>(server, '/api/sources')).body.sources.map(({ id }) => id)).not.toContain(CANARY)
  expect((await post(server, [{ station: CANARY, pollutant: 'pressure', start: new Date(Math.floor(Date.now() / 60_000) * 60_000 - 60_000).toISOString(), period: 'PT1M', value: 1 }])).body.rejected).toMatchObject([{ code: 'unknown-station' }])
  await server.stop()
  expect((await run('verify', '--data', dir)).code).toBe(0)
})

test('a canary that does not come through is told once, with why, and once when it is back', async () => {
  const store = memoryReadings()
  const [now, said]: [number, (string | null)[]] = [Date.UTC(2022, 2, 8, 12), []]
  let answer = { status: 503, body: { detail: 'the disk is full' } as object }
  const server = createServer((req, res) => {
    void (async () => {
      let text = ''
      for await (const chunk of req) text += String(chunk)
      const [sent] = (JSON.parse(text) as { readings: { value: number }[] }).readings
      if (answer.status === 200) await store.keep([{ station: CANARY, pollutant: CANARY_QUANTITY, start: now - 60_000, minutes: 1, value: (sent?.value ?? 0) * 1e6, flag: 'N', revision: ++revision, validity: 'valid', why: null, arrived: now, source: CANARY }])
      res.writeHead(answer.status).end(JSON.stringify(answer.body))
    })()
  })
  let revision = 0
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  onTestFinished(() => { server.closeAllConnections(); server.close() })
  const canary = startCanary({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 't', store, now: () => now, every: 20, onChange: (failing) => { said.push(failing) } })
  await until('it is told', () => said.length === 1)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect([said, canary.state().at]).toEqual([['503 the disk is full'], null])
  answer = { status: 200, body: { accepted: 1 } }
  await until('it is back', () => said.length === 2)
  expect([said.at(-1), canary.state().failing]).toEqual([null, null])
  await canary.stop()
})
