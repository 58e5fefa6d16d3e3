import { expect, test, vi } from 'vitest'
import { at, frameOf, MN, shown, stage } from './stage.ts'

type Part = { cn?: string; qn?: string | null; mn?: string; pw?: string; flag?: string; st?: string; cp: string }
const frame = ({ cn = '2061', qn = '20220204210005001', mn = MN, pw = '123456', flag = 'Flag=5;', st = '22', cp }: Part): string =>
  frameOf(`${qn === null ? '' : `QN=${qn};`}ST=${st};CN=${cn};PW=${pw};MN=${mn};${flag}CP=&&${cp}&&`).toString()
const hour = (value: string): string => frame({ cp: `DataTime=20220204200000;a34004-Avg=${value},a34004-Flag=N` })
const answer = (cn: string): string => frame({ cn, st: '91', flag: 'Flag=4;', cp: '' })

test('a station is answered once its hour is durable, and not a moment before', async () => {
  let durable: () => void = () => undefined
  const { say, sent } = stage({ take: () => new Promise((resolve) => { durable = () => { resolve({ ok: true, rejected: [] }) } }) })
  const said = say(hour('5'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(sent).toEqual([])
  durable()
  await said
  expect(sent).toEqual([answer('9014')])
})

test('an hour that cannot be made durable is not answered, so that the station sends it again', async () => {
  const { say, sent, tally, failed } = stage({ take: () => Promise.resolve({ ok: false, detail: 'the disk is full' }) })
  await say(hour('5'))
  expect(sent).toEqual([])
  expect(tally.told()).toMatchObject({ withheld: 1, readings: 0 })
  expect(failed).toEqual([])
})

test('a station nobody registered is counted and kept raw, and never as good', async () => {
  const { say, sent, readings, failed, tally } = stage()
  const strange = frame({ mn: 'UNKNOWN1', cp: 'DataTime=20220204200000;a34004-Avg=5' })
  await say(strange)
  await say(strange)
  expect([sent, readings]).toEqual([[], []])
  expect(tally.told().unknown).toMatchObject([{ mn: 'UNKNOWN1', count: 2, reason: 'unknown-device' }])
  expect(failed[0]).toMatchObject({ mn: 'UNKNOWN1', reason: 'unknown-device', raw: Buffer.from(strange) })
})

test('a thousand strange numbers are counted without being remembered one by one', async () => {
  const { say, tally } = stage()
  for (let i = 0; i < 300; i += 1) await say(frame({ mn: `U${i}`, cp: '' }))
  expect(tally.told()).toMatchObject({ unknownMore: 100, failures: { 'unknown-device': 300 } })
  expect(tally.told().unknown).toHaveLength(200)
})

test('the right number with another password is nobody\'s', async () => {
  const { say, sent, readings, failed } = stage()
  await say(frame({ pw: '654321', cp: 'DataTime=20220204200000;a34004-Avg=5' }))
  expect([sent, readings, failed.map(({ reason }) => reason)]).toEqual([[], [], ['password']])
})

test('of one frame the value that is none is kept raw, and the others are taken', async () => {
  const { say, readings, failed, sent } = stage()
  await say(frame({ cp: 'DataTime=20220204200000;a34004-Avg=abc,a34004-Flag=N;a34002-Avg=14;a21026-Flag=D;LA-Avg=50' }))
  expect(shown(readings)).toEqual(['PM10 2022-02-04T20:00 60min 14 -', 'SO2 2022-02-04T20:00 60min null D'])
  expect(failed).toMatchObject([{ reason: 'value', detail: 'a34004: expected a number of at most six decimal places; got "abc"' }])
  expect(sent).toHaveLength(1)
})

test('what the room refuses of a frame is kept raw with the room\'s own reason, and the station is answered: to send it again would not help', async () => {
  const { say, failed, sent } = stage({ take: ({ readings }) => Promise.resolve({ ok: true, rejected: readings.map((_, index) => ({ index, code: 'future-time', detail: 'ends tomorrow' })) }) })
  await say(hour('5'))
  expect(failed).toMatchObject([{ reason: 'refused', detail: 'future-time: ends tomorrow' }])
  expect(sent).toEqual([answer('9014')])
})

test('two values of one factor in one frame are neither of them kept', async () => {
  const { say, readings, failed } = stage()
  await say(frame({ cp: 'DataTime=20220204200000;a34004-Avg=5;a34004-Avg=50' }))
  expect([readings, failed.map(({ reason, detail }) => `${reason}: ${detail}`)]).toEqual([[], ['twice: Avg is there twice, with two values']])
})

const realtime = (second: string, value: string): string => frame({ cn: '2011', flag: '', cp: `DataTime=202202041801${second};a34004-Rtd=${value},a34004-Flag=N` })

test('of the values of an instant the first in each minute stands for it; the same one sent again goes through', async () => {
  const { say, readings } = stage()
  for (const [second, value] of [['05', '10'], ['35', '20'], ['05', '10']] as const) await say(realtime(second, value))
  expect(shown(readings)).toEqual(['PM2.5 2022-02-04T18:01 1min 10 N', 'PM2.5 2022-02-04T18:01 1min 10 N'])
})

test('where instants stand for nothing, they only show that the station lives', async () => {
  const { say, readings, tally } = stage({ said: { realtime: undefined } })
  await say(realtime('05', '10'))
  expect([readings, tally.told().devices]).toMatchObject([[], [{ station: '1001A', frames: 1, readings: 0 }]])
})

test('a source that labels the end of an hour gives the hour before', async () => {
  const { say, readings } = stage({ said: { label: 'end' } })
  await say(hour('5'))
  expect(shown(readings)).toEqual(['PM2.5 2022-02-04T19:00 60min 5 N'])
})

test.each([
  ['standard', {}, ['PM2.5 5.123', 'SO2 12000', 'CO 0.427', 'pressure 1013.8']],
  ['ambient', {}, ['PM2.5 5123', 'SO2 12', 'CO 0.427', 'pressure 101.38']],
  ['ambient', { 'PM2.5': 'mg/m3', pressure: 'kPa', CO: 'ug/m3' }, ['PM2.5 5123000', 'SO2 12', 'CO 0.000427', 'pressure 1013.8']],
] as const)('units of %s with %j', async (units, unitOf, wanted) => {
  const { say, readings } = stage({ said: { units, unitOf } })
  await say(frame({ cp: 'DataTime=20220204200000;a34004-Avg=5123;a21026-Avg=12;a21005-Avg=0.427;a01006-Avg=101.380' }))
  expect(readings.map(({ pollutant, value }) => `${pollutant} ${(value ?? 0) / 1e6}`)).toEqual(wanted)
})

test.each(['20220230200000', '20220204250000', '20220204206000', '2022020420', 'yesterday', ''])('DataTime %s is no time, and nothing is made up in its place', async (time) => {
  const { say, readings, failed } = stage()
  await say(frame({ cp: `DataTime=${time};a34004-Avg=5` }))
  expect([readings, failed.map(({ reason }) => reason)]).toEqual([[], ['datatime']])
})

test('a minute that begins at no minute of its own is a fault, and taken as its period only where that is allowed', async () => {
  const odd = frame({ cn: '2051', cp: 'DataTime=20220204180730;a34004-Avg=5' })
  const [strict, lenient] = [stage(), stage({ said: { lenient: ['datatime'] } })]
  await strict.say(odd)
  await lenient.say(odd)
  expect([strict.readings, strict.failed.map(({ reason }) => reason)]).toEqual([[], ['fault']])
  expect(shown(lenient.readings)).toEqual(['PM2.5 2022-02-04T18:05 5min 5 -'])
})

test('a dust site and its older names are understood', async () => {
  const { say, readings } = stage({ said: { names: { 925: 'PM2.5' } } })
  await say(frame({ st: '39', cp: 'DataTime=20220204200000;925-Avg=41;PM10-Avg=88;NOIS=N' }))
  expect(shown(readings)).toEqual(['PM2.5 2022-02-04T20:00 60min 41 -', 'PM10 2022-02-04T20:00 60min 88 -'])
})

const heartbeat = frame({ cn: '9015', cp: '' })
const history = (sent: readonly string[]): string[] => sent.flatMap((each) => /BeginTime=\d+;EndTime=\d+/.exec(each) ?? [])

test('hours that an outage left open are asked for when the station is heard again, once', async () => {
  const { say, sent } = stage({ said: { history: 'PT72H' }, now: at('2022-02-05T08:20:00'), heard: at('2022-02-04T17:35:00') })
  await say(heartbeat)
  await say(heartbeat)
  expect(history(sent)).toEqual(['BeginTime=20220204170000;EndTime=20220205070000'])
})
test.each([
  ['a station that was heard in the running hour owes nothing', '2022-02-05T08:05:00', []],
  ['no more than the history that was configured is asked for', '2022-01-01T00:00:00', ['BeginTime=20220202080000;EndTime=20220205070000']],
])('%s', async (_, heard, wanted) => {
  const { say, sent } = stage({ said: { history: 'PT72H' }, now: at('2022-02-05T08:20:00'), heard: at(heard) })
  await say(heartbeat)
  expect(history(sent)).toEqual(wanted)
})

test('a request that nobody answers is sent three times more, and then no more; one that is taken is not sent again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const [silent, willing] = [0, 1].map(() => stage({ said: { history: 'PT72H' }, now: at('2022-02-05T08:20:00'), heard: at('2022-02-05T06:00:00') }))
    if (silent === undefined || willing === undefined) return
    await silent.say(heartbeat)
    await willing.say(heartbeat)
    const qn = /QN=(\d{17});ST=22;CN=2061/.exec(willing.sent.join(''))?.[1] ?? ''
    await willing.say(frame({ cn: '9011', qn, st: '91', flag: 'Flag=4;', cp: 'QnRtn=1' }))
    for (let i = 0; i < 8; i += 1) vi.advanceTimersByTime(10_000)
    expect([history(silent.sent).length, history(willing.sent).length]).toEqual([4, 1])
  } finally { vi.useRealTimers() }
})

test('how far a station\'s clock is off is told', async () => {
  const { say, tally } = stage({ now: at('2022-02-04T21:00:00') })
  await say(hour('5'))
  expect(tally.told().devices).toMatchObject([{ skew: 5_000, heardAt: at('2022-02-04T21:00:00'), connected: true }])
})

test('a device that comes back before its old line is closed is still there when that closes', async () => {
  const first = stage()
  const second = first.another()
  await first.say(heartbeat)
  await second.session.push(Buffer.from(heartbeat))
  first.session.close()
  expect(first.tally.told().devices).toMatchObject([{ connected: true }])
  second.session.close()
  expect(first.tally.told().devices).toMatchObject([{ connected: false }])
})
