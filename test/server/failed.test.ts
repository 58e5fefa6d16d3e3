import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { failedKeeper } from '../../server/failed.ts'
import { emptyFolder } from '../setup/folder.ts'

const DAY = 86_400_000
const now = Date.UTC(2026, 10, 27)
const frame = (bytes: number, reason = 'checksum') => ({ at: now, peer: '10.0.0.7:5000', mn: 'A1', reason, detail: 'broken', raw: Buffer.alloc(bytes, 0xab) })
const linesOf = (file: string): { reason: string; raw: string; at: string }[] => readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { reason: string; raw: string; at: string })

test('what failed is kept as it came, byte for byte, with when, from whom and why', async () => {
  const dir = emptyFolder()
  const keeper = failedKeeper(dir, 'hj212', () => now)
  keeper.keep(frame(3))
  keeper.keep(frame(2, 'password'))
  await keeper.settled()
  expect(linesOf(path.join(dir, 'failed/hj212.jsonl'))).toMatchObject([{ at: '2026-11-27T00:00:00.000Z', reason: 'checksum', raw: 'ababab' }, { reason: 'password', raw: 'abab' }])
})

test('a line that sends rubbish for weeks fills no disk: two files of some eight megabytes, and nothing older than a week', async () => {
  const dir = emptyFolder()
  const keeper = failedKeeper(dir, 'hj212', () => now)
  for (let i = 0; i < 40; i += 1) {
    for (let n = 0; n < 100; n += 1) keeper.keep(frame(5_000))
    await keeper.settled()
  }
  const files = readdirSync(path.join(dir, 'failed')).sort()
  expect(files).toEqual(['hj212.1.jsonl', 'hj212.jsonl'])
  for (const file of files) expect(statSync(path.join(dir, 'failed', file)).size).toBeLessThan(10 * 1024 * 1024)
  utimesSync(path.join(dir, 'failed/hj212.1.jsonl'), new Date(now - 8 * DAY), new Date(now - 8 * DAY))
  keeper.keep(frame(1))
  await keeper.settled()
  expect(existsSync(path.join(dir, 'failed/hj212.1.jsonl'))).toBe(false)
})

test('what comes faster than the disk takes it, or cannot be written at all, is counted as lost', async () => {
  const dir = emptyFolder()
  const keeper = failedKeeper(dir, 'hj212', () => now)
  for (let n = 0; n < 2_500; n += 1) keeper.keep(frame(1))
  await keeper.settled()
  expect(keeper.lost()).toBe(500)
  const blocked = emptyFolder()
  writeFileSync(path.join(blocked, 'failed'), 'a file where the folder should be')
  const other = failedKeeper(blocked, 'hj212', () => now)
  other.keep(frame(1))
  await other.settled()
  expect(other.lost()).toBe(1)
  mkdirSync(path.join(blocked, 'x'))
})
