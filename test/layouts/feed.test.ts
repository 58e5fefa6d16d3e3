import { expect, test } from 'vitest'
import iconv from 'iconv-lite'
import { feedReader, type FeedRead, type FeedSource } from '../../server/layouts/feed.ts'
import type { Station } from '../../shared/event.ts'
import { civilOf } from '../../shared/time.ts'

const civil = civilOf('Asia/Shanghai')
const station = (id: string, aliases: string[]): Station => ({ id, name: id, area: 'beijing', longitude: 116.4, latitude: 39.9, kind: 'national', evaluates: true, aliases })
const stations = [station('1001A', ['Wanshouxigong', '840060371103']), station('1002A', ['定陵'])]
const read = (said: Partial<FeedSource> & Pick<FeedSource, 'format'>, body: string | Buffer | object, place?: string): Promise<FeedRead> =>
  feedReader({ units: 'ambient', unitOf: {}, names: {}, label: 'start', ...said }, stations, civil)(Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), place)
const shown = (found: FeedRead): string[] => (found.ok ? [
  ...found.readings.map(({ station: id, pollutant, start, minutes, value, flag }) => `${id} ${pollutant} ${civil.iso(start).slice(5, 16)} ${minutes} ${value === null ? 'null' : value / 1e6}${flag}`),
  ...found.rejected.map(({ code, detail }) => `${code}: ${detail}`)] : [found.reason])

const mapping = 'data.{ "station": code, "pollutant": "PM2.5", "start": time & "+08:00", "period": "PT1H", "value": pm, "unit": unit }'

test('a feed of JSON is read by its own mapping; what is no reading says why and costs the others nothing', async () => {
  const body = { data: [
    { code: 'Wanshouxigong', time: '2022-02-04T19:00:00', pm: 48.2 }, { code: '定陵', time: '2022-02-04T19:00:00', pm: null }, { code: 'X9', time: '2022-02-04T19:00:00', pm: 1 },
    { code: '1001A', time: 'yesterday', pm: 1 }, { code: '1001A', time: '2022-02-04T18:00:00', pm: 0.0482, unit: 'mg/m³' }, { code: '1001A', time: '2022-02-04T17:00:00', pm: 3, unit: 'grains' },
  ] }
  expect(shown(await read({ format: 'json', mapping }, body))).toEqual([
    '1001A PM2.5 02-04T19:00 60 48.2', '1002A PM2.5 02-04T19:00 60 null', 'X9 PM2.5 02-04T19:00 60 1', '1001A PM2.5 02-04T18:00 60 48.2',
    'bad-start: expected an instant with its offset, as 2022-02-04T19:00:00+08:00; got "yesterday+08:00"', 'bad-value: the unit "grains" of PM2.5 is none that is converted here',
  ])
})

test('a label that means the end of an hour gives the hour before', async () => {
  expect(shown(await read({ format: 'json', mapping, label: 'end' }, { data: { code: '1001A', time: '2022-02-04T19:00:00', pm: 5 } }))).toEqual(['1001A PM2.5 02-04T18:00 60 5'])
})

test.each([
  ['no JSON', 'nothing', /Unexpected token|is not valid JSON/], ['JSON of another shape', { other: 1 }, /^$/],
])('%s', async (_, body, wanted) => {
  expect(shown(await read({ format: 'json', mapping }, body)).join('')).toMatch(wanted)
})

test('OpenAQ v3: hours of a sensor, in its unit', async () => {
  const body = { results: [
    { value: 48.2, parameter: { name: 'pm25', units: 'µg/m³' }, period: { interval: '01:00:00', datetimeFrom: { utc: '2022-02-04T11:00:00Z' } } },
    { value: 0.031, parameter: { name: 'o3', units: 'ppm' }, period: { datetimeFrom: { utc: '2022-02-04T11:00:00Z' } } },
  ] }
  expect(shown(await read({ format: 'openaq-v3' }, body, '1001A'))).toEqual(['1001A PM2.5 02-04T19:00 60 48.2', 'bad-value: the unit "ppm" of O3 is none that is converted here'])
})

test('Open-Meteo: hours of a model, with carbon monoxide in µg/m³ as it sends it', async () => {
  const body = { utc_offset_seconds: 28_800, hourly_units: { time: 'iso8601', pm2_5: 'μg/m³', carbon_monoxide: 'μg/m³' }, hourly: { time: ['2022-02-04T19:00', '2022-02-04T20:00'], pm2_5: [12.3, null], carbon_monoxide: [427, 430] } }
  expect(shown(await read({ format: 'open-meteo' }, body, '1002A'))).toEqual(['1002A PM2.5 02-04T19:00 60 12.3', '1002A PM2.5 02-04T20:00 60 null', '1002A CO 02-04T19:00 60 0.427', '1002A CO 02-04T20:00 60 0.43'])
})

test('AirNow: hours in GMT that label the start; gases in parts become µg/m³ at 25 °C', async () => {
  const rows = ['02/04/22|11:00|840060371103|Los Angeles|-8|PM2.5|UG/M3|48.2|South Coast AQMD', '02/04/22|11:00|840060371103|Los Angeles|-8|OZONE|PPB|31|South Coast AQMD',
    '02/04/22|11:00|840060371103|Los Angeles|-8|CO|PPM|0.4|South Coast AQMD', '02/04/22|11:00|999|Elsewhere|-8|PM2.5|UG/M3|1|X', '02/04/22|11:00|840060371103|Los Angeles|-8|NO2|FURLONGS|1|X', 'short|row']
  expect(shown(await read({ format: 'airnow' }, rows.join('\n')))).toEqual(['1001A PM2.5 02-04T19:00 60 48.2', '1001A O3 02-04T19:00 60 60.819', '1001A CO 02-04T19:00 60 0.458',
    'bad-value: bad-value: 1 FURLONGS (line 5)', 'bad-value: bad-row: 2 columns instead of 9 (line 6)'])
})

test('a Chinese table in GB 18030 is read, in the source\'s units', async () => {
  const table = 'station,pollutant,start,period,value,flag\r\n定陵,PM2.5,2022-02-04T19:00:00+08:00,PT1H,48200,N\r\n'
  expect(shown(await read({ format: 'csv', unitOf: { 'PM2.5': 'ng/m3' } }, iconv.encode(table, 'gb18030')))).toEqual(['1002A PM2.5 02-04T19:00 60 48.2N'])
})

test('the publication by sites labels the end', async () => {
  expect(shown(await read({ format: 'cnemc-sites' }, 'date,hour,type,1001A,1002A\n20220204,20,PM2.5,48,\n20220204,20,AQI,60,61\n'))).toEqual(['1001A PM2.5 02-04T19:00 60 48', '1002A PM2.5 02-04T19:00 60 null'])
})

test('a table with another header is refused whole, and says what it should be', async () => {
  expect(shown(await read({ format: 'csv' }, 'a,b\n1,2\n'))).toEqual(['line 1: the header lacks station, pollutant, start, period, value, flag; expected station,pollutant,start,period,value,flag'])
})
