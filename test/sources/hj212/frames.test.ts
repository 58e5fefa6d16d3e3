import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { crcOf, hexOf, modbusOf } from '../../../shared/hj212/crc.ts'
import { HJ212_FAULTS } from '../../../shared/sources.ts'
import { describeWithShared, sharedFile } from '../../setup/shared.ts'
import { frameOf, MN, shown, stage } from './stage.ts'

type Vector = { name: string; frame: string }
type Recorded = { id: number; raw: string }

const mnOf = (frame: string): string => /MN=([^;]*);/.exec(frame)?.[1]?.trim() ?? ''
const pwOf = (frame: string): string => /PW=([^;]*);/.exec(frame)?.[1] ?? ''

/** What a station's frame gives: its readings, or why none; and what is answered. */
async function outcome(frame: string, setting: Parameters<typeof stage>[0] = {}): Promise<string[]> {
  const { say, failed, readings, sent } = stage({ mns: [mnOf(frame)], password: pwOf(frame), ...setting })
  await say(frame)
  const answers = sent.map((answer) => `> ${/CN=(\d+)/.exec(answer)?.[1] ?? '?'} ${/QN=(\d+)/.exec(answer)?.[1] ?? '?'}`)
  return [...shown(readings), ...failed.map(({ reason, detail }) => `${reason}: ${detail}`), ...answers]
}

test('the checksum is the standard\'s, not Modbus', () => {
  const standard = Buffer.from('QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&')
  expect([hexOf(crcOf(standard)), hexOf(modbusOf(standard))]).toEqual(['1C80', '0759'])
  expect([hexOf(crcOf(Buffer.from('123456789'))), hexOf(modbusOf(Buffer.from('123456789')))]).toEqual(['2F80', '4B37'])
  expect(hexOf(crcOf(Buffer.alloc(0)))).toBe('FFFF')
})

test('an answer is a frame of the standard: its length in bytes, its checksum', () => {
  expect(frameOf(`QN=20220204190000001;ST=91;CN=9014;PW=123456;MN=${MN};Flag=4;CP=&&&&`).toString()).toBe(`##0087QN=20220204190000001;ST=91;CN=9014;PW=123456;MN=${MN};Flag=4;CP=&&&&2800\r\n`)
})

const TAKEN: Record<string, string[]> = {
  rt: ['PM2.5 2022-02-04T18:01 1min 75.6 N', 'PM10 2022-02-04T18:01 1min 98 N', '> 9014 20220204180130000'],
  rt_noflag: ['PM2.5 2022-02-04T18:01 1min 75.6 -'],
  // A device in ng/m³ under a profile that says µg/m³: a thousand times too much, which the quality rules tell.
  rt_ng: ['PM2.5 2022-02-04T18:01 1min 75600 N', 'PM10 2022-02-04T18:01 1min 98000 N'],
  min: ['PM2.5 2022-02-04T18:05 5min 5.1 N', '> 9014 20220204181000001'],
  hour_last_of_day_before: ['PM2.5 2022-02-03T23:00 60min 41 N', '> 9014 20220204000500001'],
  hour_first_of_day: ['PM2.5 2022-02-04T00:00 60min 9 N', '> 9014 20220204010500001'],
  hour_ceremony: ['PM2.5 2022-02-04T20:00 60min 5 N', 'PM10 2022-02-04T20:00 60min 14 N', '> 9014 20220204210005001'],
  hour_backfill: ['PM2.5 2022-02-04T20:00 60min 5 N', '> 9014 20220205181031464'],
  hour_bad_flag: ['PM2.5 2022-02-04T21:00 60min 985 T', 'PM10 2022-02-04T21:00 60min 12 C', '> 9014 20220204220005001'],
  day: ['> 9014 20220205000000001'],
  split1: ['PM2.5 2022-02-04T18:05 5min 5.1 N', '> 9014 20220204181000001'],
  split2: ['PM10 2022-02-04T18:05 5min 14.2 N', '> 9014 20220204181000002'],
  ack9014: [], ack9013: [], ack9011: [], res9012: [],
  req_hours: ['datatime: expected DataTime as YYYYMMDDhhmmss; got ""'],
  hb9015: ['> 9014 20220204180000000'],
  boot2081: ['> 9014 20220204085857223'],
  timecal1013: ['> 9013 20220204085857223', '> 1012 20220205080000000'],
  'crc_modbus_variant(reject or accept only in lenient mode)': ['fault: modbus (allowed only where sources.yaml lists it under lenient)'],
  'crc_lowercase(accept)': ['PM2.5 2022-02-04T18:01 1min 75.6 N', 'PM10 2022-02-04T18:01 1min 98 N', '> 9014 20220204180130000'],
  'length_short_by_one(reject, resync)': ['fault: length (allowed only where sources.yaml lists it under lenient)'],
  // Nobody can tell from the frame: a right checksum proves little.
  'VALUE CHANGED, CRC STILL PASSES': ['PM2.5 2022-02-04T18:01 1min 12.7 N', 'PM10 2022-02-04T18:01 1min 98 N', '> 9014 20220204180130000'],
}

const UNFIT = 'allowed only where sources.yaml lists it under lenient'
const system = (st: string): string => `system: ST=${st} is none of 22, 39`
/** What each recorded frame gives strictly, and with every fault allowed. */
const RECORDED: Record<number, { strict: string[]; lenient?: string[] }> = {
  1: { strict: ['> 9014 20190925181031464'] },
  3: { strict: [system('32')] },
  5: { strict: ['CO 2019-10-12T13:37 1min 0 N', 'NO2 2019-10-12T13:37 1min 0 N'] },
  7: { strict: ['checksum: 148 bytes'] },
  9: { strict: [] },
  11: { strict: ['checksum: 216 bytes'] },
  13: { strict: [] },
  15: { strict: ['> 9014 20231008132300648'] },
  17: { strict: [system('32')] },
  19: { strict: ['checksum: 314 bytes'] },
  21: { strict: [`fault: qn (${UNFIT})`], lenient: ['temperature 2018-05-07T00:05 1min 26 N', 'humidity 2018-05-07T00:05 1min 30.4 N', 'PM10 2018-05-07T00:05 1min 24 N', 'PM2.5 2018-05-07T00:05 1min 23 N'] },
  23: { strict: [`fault: separators, parts (${UNFIT})`], lenient: [
    'CO 2016-08-01T08:40 1min 1.1 N', 'NO2 2016-08-01T08:40 1min 112 N', 'SO2 2016-08-01T08:40 1min 58 N', 'PM2.5 2016-08-01T08:40 1min 207 N', 'PM10 2016-08-01T08:40 1min 295 N',
    'temperature 2016-08-01T08:40 1min 12.6 N', 'humidity 2016-08-01T08:40 1min 32 N', 'pressure 2016-08-01T08:40 1min 101.02 N', 'wind-speed 2016-08-01T08:40 1min 2.1 N',
    'wind-direction 2016-08-01T08:40 1min 120 N', '> 9014 20160801085000001'] },
  25: { strict: [`fault: separators (${UNFIT})`], lenient: [
    'wind-speed 2024-12-05T10:00 5min 0 N', 'wind-direction 2024-12-05T10:00 5min 0 N', 'temperature 2024-12-05T10:00 5min 15.1 N', 'humidity 2024-12-05T10:00 5min 54.4 N',
    'pressure 2024-12-05T10:00 5min 0 F'] },
  27: { strict: ['checksum: 397 bytes'] },
  29: { strict: ['checksum: 199 bytes'] },
  31: { strict: [system('32')] },
  33: { strict: [`fault: modbus, parts (${UNFIT})`], lenient: ['> 9014 20170516010101001'] },
  35: { strict: [`fault: modbus, parts (${UNFIT})`], lenient: ['datatime: expected DataTime as YYYYMMDDhhmmss; got ""'] },
  37: { strict: [`fault: modbus, parts (${UNFIT})`], lenient: ['> 9014 20170516010101001'] },
  39: { strict: [`fault: modbus, separators, parts (${UNFIT})`], lenient: ['datatime: expected DataTime as YYYYMMDDhhmmss; got ""'] },
  41: { strict: [`fault: modbus, separators, parts (${UNFIT})`], lenient: ['> 9014 20170516010101001'] },
}

describeWithShared('frames made for the standard\'s rules and its traps', () => {
  const vectors = JSON.parse(readFileSync(sharedFile('vectors/hj212_synthetic.json'), 'utf8')) as Vector[]

  test('all twenty-four are there', () => { expect(vectors.map(({ name }) => name).sort()).toEqual(Object.keys(TAKEN).sort()) })
  test.each(vectors.map(({ name, frame }) => [name, frame] as const))('%s', async (name, frame) => {
    expect(await outcome(frame)).toEqual(TAKEN[name])
  })
  test('a device that may send ng/m³ sends µg/m³ of a thousandth', async () => {
    const frame = vectors.find(({ name }) => name === 'rt_ng')?.frame ?? ''
    expect(await outcome(frame, { said: { units: 'standard' } })).toEqual(['PM2.5 2022-02-04T18:01 1min 75.6 N', 'PM10 2022-02-04T18:01 1min 98 N'])
  })
  test.each(['crc_modbus_variant(reject or accept only in lenient mode)', 'length_short_by_one(reject, resync)'])('%s is taken where the profile allows it', async (name) => {
    const frame = vectors.find((vector) => vector.name === name)?.frame ?? ''
    expect(await outcome(frame, { said: { lenient: ['modbus', 'length'] } })).toEqual(TAKEN['rt'])
  })
})

describeWithShared('frames recorded from devices', () => {
  const frames = readFileSync(sharedFile('data/hj212/frames.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Recorded)

  test('all twenty-one are there', () => { expect(frames.map(({ id }) => String(id)).sort()).toEqual(Object.keys(RECORDED).sort()) })
  test.each(frames.map(({ id, raw }) => [id, raw] as const))('frame %i, strictly', async (id, raw) => {
    expect(await outcome(raw)).toEqual(RECORDED[id]?.strict)
  })
  test.each(frames.map(({ id, raw }) => [id, raw] as const))('frame %i, with every fault allowed', async (id, raw) => {
    expect(await outcome(raw, { said: { lenient: [...HJ212_FAULTS] } })).toEqual(RECORDED[id]?.lenient ?? RECORDED[id]?.strict)
  })
})
