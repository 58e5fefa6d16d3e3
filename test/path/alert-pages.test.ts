import { effectScope, ref } from 'vue'
import { expect, onTestFinished, test } from 'vitest'
import { Archive } from '../../server/archive.ts'
import { memoryJournal } from '../../server/journal/memory.ts'
import { openSequencer } from '../../server/journal/sequencer.ts'
import { alertsChosen } from '../../server/main/alerts.ts'
import { Room } from '../../server/room.ts'
import { Memory } from '../../shared/memory.ts'
import type { Draft } from '../../shared/fact.ts'
import { HOUR } from '../../shared/time.ts'
import type { Alert } from '../../shared/situation.ts'
import type { look as Look } from '../../web/ask.ts'
import { useOlder } from '../../web/desk/older.ts'
import { draftsOf } from '../shared/happenings.ts'
import { type Running, start } from './server.ts'
import { command, post, see, type Sent, signIn, until } from './talk.ts'

const evaluators = ['1001A', '1003A', '1004A', '1005A', '1006A', '1007A', '1008A', '1009A', '1011A', '1012A']
const hourOf = (hour: number, value: number): Sent[] => evaluators.map((station) => ({ station, pollutant: 'PM2.5', start: `2022-02-04T${hour}:00:00+08:00`, period: 'PT1H', value }))
const idOf = (hour: number): string => `hour-exceeded:beijing:PM2.5:2022-02-04T${hour}`
type Body = { alerts: Alert[]; more: boolean; next: string | null }
const page = async (server: Running, address: string): Promise<Body> => (await see<Body>(server, address)).body
const idsIn = ({ alerts }: Body): string[] => alerts.map(({ id }) => id)

test('of all alerts there ever were a page is answered, the latest first, which says whether there are more and where; the desk reads them so', async () => {
  const server = await start(['--event', 'config/beijing-2022', '--air', 'silent', '--speed', '1', '--now', '2022-02-04T20:12:00+08:00'])
  for (const hour of [18, 19]) await post(server, hourOf(hour, 120))
  await until('two alerts', async () => (await page(server, '/api/alerts')).alerts.length === 2)
  await command(`${server.url}/api/alerts/${encodeURIComponent(idOf(18))}/acknowledge`, await signIn(server, 'duty'), { occurrence: 1 })
  await post(server, hourOf(18, 20))
  await until('one closed', async () => (await page(server, '/api/alerts')).alerts.length === 1)
  const span = 'from=2022-02-04T16:00:00%2B08:00&to=2022-02-05&state=all'
  const whole = await page(server, `/api/alerts?${span}`)
  expect([idsIn(whole), whole.more, whole.next]).toEqual([[19, 18].map(idOf), false, null])
  const first = await page(server, `/api/alerts?${span}&limit=1`)
  expect([idsIn(first), first.more, first.next]).toEqual([[idOf(19)], true, expect.stringContaining('limit=1&before=')])
  const second = await page(server, first.next ?? '')
  expect([idsIn(second), second.more, second.next]).toEqual([[idOf(18)], false, null])
  for (const wrong of ['before=yesterday', 'limit=0', 'limit=10001']) expect(await see(server, `/api/alerts?state=all&${wrong}`)).toMatchObject({ status: 400, body: { code: 'bad-request' } })

  const wanted = ref(false)
  const scope = effectScope()
  onTestFinished(() => { scope.stop() })
  const look = async (address: string) => ({ ok: true, body: (await see(server, address.replace('limit=1000', 'limit=1'))).body })
  const { older, more, loading, earlier } = scope.run(() => useOlder({ look: look as typeof Look, wanted: () => wanted.value, now: () => Date.parse('2022-02-04T12:12:00Z') }))!
  wanted.value = true
  await until('the first page', () => Promise.resolve(!loading.value && Object.keys(older.value).length === 1))
  expect([Object.keys(older.value), more.value]).toEqual([[idOf(19)], true])
  await earlier()
  expect([Object.keys(older.value), more.value]).toEqual([[idOf(19), idOf(18)], false])
})

test('a page costs what it has, however many alerts there were: of the rest no fact is read; and what comes meanwhile moves none from its page', async () => {
  const asked: string[] = []
  const inner = memoryJournal()
  const journal = { ...inner, about: (...of: Parameters<typeof inner.about>) => { asked.push(...of[1]); return inner.about(...of) } }
  const sequencer = await openSequencer({ journal, air: 'live', now: () => 0 })
  const [raised, closing] = draftsOf([{ which: 1, what: 'raised', later: 0 }, { which: 1, what: 'closed', later: 0 }]) as [Draft, Draft]
  const alertOf = (n: number): Draft[] => [raised, closing].map((draft) => ({ ...draft, id: `${draft.id}:${n}`, at: draft.at + n * HOUR, body: { ...draft.body, alert: `a${n}`, ...(draft === raised ? { period: { start: draft.at + n * HOUR, end: null } } : {}) } as Draft['body'] }))
  const add = async (from: number, to: number): Promise<void> => {
    const facts = sequencer.append(Array.from({ length: to - from }, (_, n) => alertOf(from + n)).flat())
    await sequencer.durable(facts.at(-1)?.seq ?? 0)
  }
  await add(0, 300)
  const room = new Room(sequencer, new Memory().take(await inner.read(0, 1_000)))
  const parts = { room, archive: new Archive({ journal }) }
  const query = { from: null, to: null, state: 'closed', limit: 10 } as const
  const first = await alertsChosen(parts, query)
  await add(300, 303)
  const second = await alertsChosen(parts, { ...query, before: first.next ?? undefined })
  expect([first, second].map(({ alerts }) => alerts.map(({ id }) => Number(id.slice(1))))).toEqual([0, 10].map((from) => Array.from({ length: 10 }, (_, n) => 299 - from - n)))
  expect(asked.length).toBe(22)
  expect((await alertsChosen(parts, { ...query, state: 'all', limit: undefined })).next).toBe(null)
  await sequencer.close()
})
