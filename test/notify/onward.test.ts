import { describe, expect, test } from 'vitest'
import type { MessageState } from '../../server/notify/box.ts'
import { onward, type Sent } from '../../server/notify/onward.ts'
import { foldCalls } from '../../shared/owed-calls.ts'
import { aRoom, raised, until } from './room.ts'
import { aServer } from './services.ts'

type Ends = { sent: readonly Sent[]; roster: number }
/** Every way in which a fact's messages may end, one after the other in any order, where these channels take messages and all others fail. */
function* ends(sent: readonly Sent[], takes: readonly string[], roster = 0): Generator<Ends> {
  const queued = sent.filter(({ state }) => state === 'queued')
  if (queued.length === 0) yield { sent, roster }
  for (const { channel, rest } of queued) {
    const state: MessageState = takes.includes(channel) ? 'delivered' : 'failed'
    const now = sent.map((each) => (each.channel === channel ? { ...each, state } : each))
    const to = state === 'failed' ? onward(rest, now) : { is: 'waits' as const }
    const [next, ...behind] = to.is === 'next' ? to.rest : []
    yield* ends(next === undefined ? now : [...now, { channel: next, state: 'queued', rest: behind }], takes, roster + (to.is === 'roster' ? 1 : 0))
  }
}
const RESTS = [[], ['sms'], ['sms', 'mail'], ['mail', 'sms'], ['wx', 'sms'], ['hook', 'mail']]
const CHANNELS = ['wx', 'hook', 'sms', 'mail']
const subsets = CHANNELS.reduce<string[][]>((all, channel) => [...all, ...all.map((some) => [...some, channel])], [[]])

describe('in whatever order channels and their stand-ins fail', () => {
  const begins = RESTS.flatMap((wx) => RESTS.map((hook): Sent[] => [{ channel: 'wx', state: 'queued', rest: wx.filter((id) => id !== 'wx') }, { channel: 'hook', state: 'queued', rest: hook.filter((id) => id !== 'hook') }]))
  const every = begins.flatMap((begin) => subsets.flatMap((takes) => [...ends(begin, takes)].map((end) => ({ begin, ...end }))))

  test('nobody told means that the people on duty are told by the roster, once; and somebody told means that they are not', () => {
    expect(every.length).toBeGreaterThan(1_500)
    expect(every.filter(({ sent, roster }) => roster !== (sent.some(({ state }) => state === 'delivered') ? 0 : 1))).toEqual([])
  })

  test('the roster is told only once every channel that any rule names has been asked', () => {
    const named = (begin: readonly Sent[]): string[] => [...new Set(begin.flatMap(({ channel, rest }) => [channel, ...rest]))].sort()
    expect(every.filter(({ begin, sent, roster }) => roster > 0 && sent.map(({ channel }) => channel).sort().join() !== named(begin).join())).toEqual([])
  })

  test('no channel is asked twice', () => {
    expect(every.filter(({ sent }) => new Set(sent.map(({ channel }) => channel)).size < sent.length)).toEqual([])
  })
})

const OUTCOMES = ['gone', 'busy', 'fine'] as const
type Outcome = (typeof OUTCOMES)[number]
const STATUS: Readonly<Record<Outcome, number>> = { gone: 410, busy: 503, fine: 200 }
const roster = { shifts: [{ id: 'all', name: { zh: '全天', en: 'all day' }, from: '00:00', to: '24:00' }], roster: [{ shift: 'all', from: '2022-02-01', to: '2022-02-10', duty: ['li'], leader: [], department: [], commander: [] }] }

test('every alert ends with somebody told or a call owed, whichever channel fails at once, after some tries, or not at all', { timeout: 120_000 }, async () => {
  const service = await aServer(({ url }) => ({ status: STATUS[url.pathname.split('/')[1] as Outcome] }))
  const at = (outcome: Outcome): string => `${service.url}/${outcome}`
  const end = async ([wx, hook, other, sms]: readonly Outcome[]): Promise<string> => {
    const hooks = { wx, hook, other }
    const channels = [...Object.entries(hooks).map(([id, outcome]) => ({ id, kind: 'webhook', url: at(outcome ?? 'gone') })), { id: 'sms', kind: 'sms', url: at(sms ?? 'gone') }]
    const room = await aRoom({ duty: { people: [{ id: 'li', name: '李娜', phone: '13800000001' }], ...roster, channels, tell: [{ severities: ['critical'], by: ['wx', 'hook'], otherwise: ['other'] }] }, pace: { first: 80, longest: 100, tries: 3, gather: 30, late: 2_000 } })
    room.happened(raised(1))
    const told = (): boolean => room.receipts().some((line) => line.endsWith(' delivered'))
    const owed = (): number => Object.keys(room.facts.reduce(foldCalls, {})).length
    await until(() => told() || owed() > 0, 30).catch(() => undefined)
    const calls = owed()
    await room.stop()
    return told() ? `told, ${calls} owed` : `untold, ${calls} owed`
  }
  const all = OUTCOMES.flatMap((wx) => OUTCOMES.flatMap((hook) => OUTCOMES.flatMap((other) => OUTCOMES.map((sms) => [wx, hook, other, sms]))))
  const found: string[] = []
  for (let n = 0; n < all.length; n += 9) found.push(...await Promise.all(all.slice(n, n + 9).map(async (each) => `${each.join(' ')}: ${await end(each)}`)))
  expect(found).toEqual(all.map((each) => `${each.join(' ')}: ${each.includes('fine') ? 'told, 0 owed' : 'untold, 1 owed'}`))
})
