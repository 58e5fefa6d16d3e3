import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { eventWith, silentAt } from './event.ts'
import { dataFolder, type Running, start } from './server.ts'
import { see, until } from './talk.ts'

const header = 'station,pollutant,start,period,value,flag\n'
const row = (station: string, hour: string, value: number | string): string => `${station},PM2.5,2022-03-08T${hour}:00:00+08:00,PT1H,${value},N\n`
const got = async (server: Running, station: string): Promise<(number | null)[]> => {
  const { body } = await see<{ points: { value: number | null }[] }>(server, `/api/series?place=station:${station}&pollutant=PM2.5&average=hour&from=2022-03-08T10:00:00%2B08:00&to=2022-03-08T14:00:00%2B08:00`)
  return body.points.map(({ value }) => value)
}

test('a file that is dropped is taken whole and moved, with what became of it beside; one that is none is put aside with the reason', async () => {
  const dir = dataFolder()
  const drop = path.join(dir, 'drop')
  mkdirSync(drop, { recursive: true })
  const event = eventWith(`id: drop, kind: files, stations: [T1, T2], interval: PT1H, format: csv, folder: "${drop}", every: PT1M`)
  writeFileSync(path.join(drop, 'a.csv'), header + row('T1', '10', 41) + row('T9', '10', 1) + row('T1', '11', 'much') + row('T3', '10', 2))
  writeFileSync(path.join(drop, 'b.csv.gz'), gzipSync(header + row('T2', '12', 42)))
  writeFileSync(path.join(drop, 'c.csv'), 'a,b\n1,2\n')
  writeFileSync(path.join(drop, 'd.csv.gz'), 'not packed')
  writeFileSync(path.join(drop, 'e.csv.part'), header)
  const server = await start(silentAt(event, '2022-03-08T20:10:00', 60), path.join(dir, 'data'))
  await until('all are moved', () => readdirSync(drop, { withFileTypes: true }).filter((entry) => entry.isFile()).length === 1, 20_000)
  expect([await got(server, 'T1'), await got(server, 'T2')]).toEqual([[41, null, null, null], [null, null, 42, null]])
  expect(readdirSync(path.join(drop, 'done')).sort()).toEqual(['a.csv', 'a.csv.report.json', 'b.csv.gz', 'b.csv.gz.report.json'])
  const report = JSON.parse(readFileSync(path.join(drop, 'done/a.csv.report.json'), 'utf8')) as { accepted: number; rejected: { code: string }[] }
  expect([report.accepted, report.rejected.map(({ code }) => code).sort()]).toEqual([1, ['bad-value', 'not-your-station', 'unknown-station']])
  expect(readFileSync(path.join(drop, 'failed/c.csv.report.json'), 'utf8')).toContain('the header lacks station')
  expect(existsSync(path.join(drop, 'failed/d.csv.gz'))).toBe(true)
  renameSync(path.join(drop, 'e.csv.part'), path.join(drop, 'a.csv'))
  writeFileSync(path.join(drop, 'a.csv'), header + row('T1', '10', 41))
  await until('one of a name that was there is kept beside it', () => existsSync(path.join(drop, 'done/a.csv.1')), 20_000)
  await server.stop()
})
