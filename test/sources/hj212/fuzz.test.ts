import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyBytes, anyCut, framed, neighbours, oneByte } from './fuzz.ts'
import { frameOf, MN, shown, stage } from './stage.ts'

test('however the line cuts what devices send, every good frame is read once, in order, and no byte goes unaccounted for', () => {
  fc.assert(anyCut, { numRuns: 500 })
})
test('no bytes at all bring the reader down, and none wait for ever', () => {
  fc.assert(anyBytes, { numRuns: 500 })
})
test('a frame of which one byte changed on its way is never kept as anything but what was sent', async () => {
  await fc.assert(oneByte, { numRuns: 1_500 })
})
test('a broken frame costs neither the one before it nor the one behind it', async () => {
  await fc.assert(neighbours, { numRuns: 500 })
})

const minute = (value: string): Buffer => frameOf(`QN=20220204181000001;ST=22;CN=2051;PW=123456;MN=${MN};Flag=5;CP=&&DataTime=20220204180500;a34004-Avg=${value},a34004-Flag=N&&`)

test('the head of a frame that broke off does not swallow the good frame behind it', () => {
  const pieces = framed([minute('1').subarray(0, 60), minute('2')])
  expect(pieces.map((piece) => (piece.ok ? /Avg=(\d)/.exec(piece.segment.toString())?.[1] : piece.reason))).toEqual(['checksum', '2'])
})
test('a frame that lost its end does not swallow its neighbour, even where the weak checksum of both together fits by chance', () => {
  const whole = (value: string) => `QN=20220204180500338;ST=22;CN=2051;PW=123456;MN=${MN};Flag=5;CP=&&DataTime=20220204180500;a34004-Avg=${value},a34004-Flag=N;a34002-Avg=277.5,a34002-Flag=N&&`
  const broken = frameOf(whole('1'))
  for (const [at, byte] of [[163, 212], [178, 63], [96, 78]] as const) broken[at] = byte
  expect(framed([broken, frameOf(whole('100.1'))]).map((piece) => (piece.ok ? /Avg=([\d.]+)/.exec(piece.segment.toString())?.[1] : piece.reason))).toEqual(['checksum', '100.1'])
})
test('a # that broke off before a frame does not cost it', () => {
  expect(framed([Buffer.concat([minute('1').subarray(1, -1), Buffer.from('#'), minute('2')])]).map((piece) => piece.ok && /Avg=(\d)/.exec(piece.segment.toString())?.[1])).toEqual([false, '2'])
})
test('a frame whose length promises more than there is ends with its line', () => {
  const [piece] = framed([Buffer.from(minute('7').toString().replace(/^##\d{4}/, '##9999'))])
  expect(piece).toMatchObject({ ok: true, faults: ['length'] })
})
test('a frame without its line end is read once the next begins, or nothing more comes', () => {
  const bare = minute('7').subarray(0, -2)
  expect(framed([bare, minute('8')]).map((piece) => piece.ok && piece.faults)).toEqual([['ending'], []])
  expect(framed([bare]).map((piece) => piece.ok && piece.faults)).toEqual([['ending']])
})
test('a station whose line stutters loses no reading', async () => {
  const { say, readings } = stage()
  for (const byte of Buffer.concat([minute('7'), Buffer.from('\r\n'), minute('8')])) await say(Uint8Array.of(byte))
  expect(shown(readings)).toEqual(['PM2.5 2022-02-04T18:05 5min 7 N', 'PM2.5 2022-02-04T18:05 5min 8 N'])
})
