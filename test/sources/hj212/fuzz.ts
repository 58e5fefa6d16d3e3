/** Frames by the thousand, good and broken, cut and glued: nothing crashes, no good frame is lost, nothing wrong is kept as good. */
import fc from 'fast-check'
import { Framer, type Piece } from '../../../server/sources/hj212/framer.ts'
import { packetOf } from '../../../server/sources/hj212/packet.ts'
import { frameOf, MN, shown, stage } from './stage.ts'

const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''))
const value = fc.integer({ min: 0, max: 9_999 }).map((tenths) => String(tenths / 10))

/** A device's minute of the opening evening. */
export const minute = fc.record({ slot: fc.integer({ min: 0, max: 59 }), pm25: value, pm10: value, ms: digits(3) }).map(({ slot, pm25, pm10, ms }) => {
  const time = `20220204${18 + Math.floor(slot / 12)}${String((slot % 12) * 5).padStart(2, '0')}00`
  return { pm25, segment: `QN=${time}${ms};ST=22;CN=2051;PW=123456;MN=${MN};Flag=5;CP=&&DataTime=${time};a34004-Avg=${pm25},a34004-Flag=N;a34002-Avg=${pm10},a34002-Flag=N&&` }
})
export const frame = minute.map(({ segment }) => frameOf(segment))

/** What a line may bring between frames: never the start of one. */
const noise = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x23)))

function chunksOf(stream: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...[...new Set(cuts.map((cut) => cut % (stream.length + 1)))].sort((a, b) => a - b), stream.length]
  return places.slice(1).map((end, i) => stream.subarray(places[i], end))
}

export const framed = (chunks: readonly Buffer[]): Piece[] => {
  const framer = new Framer()
  return [...chunks.flatMap((chunk) => framer.push(chunk)), ...framer.push(Buffer.alloc(0), true)]
}
const segments = (pieces: readonly Piece[]): string[] => pieces.flatMap((piece) => (piece.ok ? [piece.segment.toString()] : []))

/** However a stream is cut, every good frame comes out once, in order, and no byte is lost. */
export const anyCut = fc.property(fc.array(fc.tuple(noise, frame), { minLength: 1, maxLength: 8 }), fc.array(fc.nat()), (parts, cuts) => {
  const stream = Buffer.concat(parts.flat())
  const pieces = framed(chunksOf(stream, cuts))
  const wanted = segments(parts.flatMap(([, each]) => framed([each])))
  const raws = Buffer.concat(pieces.map(({ raw }) => raw))
  // Only blank lines between frames are nobody's.
  return JSON.stringify(segments(pieces)) === JSON.stringify(wanted) && raws.toString('latin1').replace(/[\r\n]/g, '') === stream.toString('latin1').replace(/[\r\n]/g, '')
})

/** Any bytes at all: nothing is thrown, and nothing waits without bound. */
export const anyBytes = fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 12 }), (chunks) => {
  const framer = new Framer()
  for (const chunk of chunks) for (const piece of framer.push(chunk)) if (piece.ok) packetOf(piece.segment)
  framer.push(Buffer.alloc(0), true)
  return framer.waiting === 0
})

/** One byte of a frame changed: nothing of it is kept, unless what it says is the same. */
export const oneByte = fc.asyncProperty(minute, fc.nat(), fc.integer({ min: 1, max: 255 }), async ({ segment }, place, change) => {
  const good = frameOf(segment)
  const honest = stage()
  await honest.say(good)
  const bad = Buffer.from(good)
  const at = place % bad.length
  bad[at] = (bad[at] ?? 0) ^ change
  const told = stage()
  await told.say(bad, true)
  return told.readings.length === 0 || JSON.stringify(shown(told.readings)) === JSON.stringify(shown(honest.readings))
})

/** A broken frame, whatever happened to it, costs none of its neighbours. */
export const neighbours = fc.asyncProperty(frame, minute, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }), async (before, { segment, pm25 }, changes) => {
  const bad = Buffer.from(frameOf(segment.replace(`a34004-Avg=${pm25}`, 'a34004-Avg=1')))
  for (const [place, byte] of changes) bad[place % bad.length] = byte
  const after = frameOf(segment)
  const told = stage()
  await told.say(Buffer.concat([before, bad, after]))
  const alone = stage()
  await alone.say(after)
  return JSON.stringify(shown(told.readings).slice(-2)) === JSON.stringify(shown(alone.readings))
})
