import { copyFileSync, existsSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'libsql'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkBeside } from '../../server/journal/beside.ts'
import { checkpointBeside } from '../../server/journal/checkpoint.ts'
import { checkpointed, roomAt } from '../../server/journal/folding.ts'
import { factsAfter } from '../../server/journal/lookup.ts'
import { type PastOptions, PastRooms, pastRoomsBeside } from '../../server/journal/past-rooms.ts'
import { openToRead } from '../../server/journal/schema.ts'
import { openSequencer } from '../../server/journal/sequencer.ts'
import { openSqliteJournal } from '../../server/journal/sqlite.ts'
import { type Connection, first } from '../../server/sqlite.ts'
import type { Draft, Fact } from '../../shared/fact.ts'
import { Memory } from '../../shared/memory.ts'
import type { Room } from '../../shared/situation.ts'
import { draftsOf, happenings } from '../shared/happenings.ts'
import { emptyFolder } from '../setup/folder.ts'

const SPACING = { every: 5, most: 100, bytes: 1e9 }
const HOUR = 3_600_000

/** Facts of some days; now and then one is of an earlier instant than the one before it. */
const some = (seed: number): Draft[] => draftsOf(fc.sample(happenings(60, 60), { seed, numRuns: 1 })[0] ?? [])
  .map((draft, n) => (n % 7 === 6 ? { ...draft, at: draft.at - 30 * HOUR } : draft))

const inOrder = (seed: number): Draft[] => some(seed).map((draft, n) => ({ ...draft, at: n * HOUR }))

/** A journal on the disk, folded at times as it grew, as a server that runs folds it. */
async function journalOf(drafts: readonly Draft[], options: PastOptions = {}, folds = 12): Promise<{ file: string; past: string; facts: Fact[] }> {
  const file = path.join(emptyFolder(), 'journal.sqlite')
  const opened = await openSqliteJournal(file)
  if (!opened.ok) throw new Error(opened.reason)
  const step = Math.ceil(drafts.length / folds)
  for (let n = 0; n < drafts.length; n += step) {
    const sequencer = await openSequencer({ journal: opened.journal, air: 'live', now: () => 0 })
    sequencer.append(drafts.slice(n, n + step))
    await sequencer.close()
    await fold(file, options)
  }
  await opened.journal.close()
  const db = openToRead(file)
  const facts = factsAfter(db, 0, 10_000)
  db.close()
  return { file, past: pastRoomsBeside(file), facts }
}

async function within<T>(file: string, options: PastOptions, act: (db: Connection, past: PastRooms) => T | Promise<T>): Promise<T> {
  const db = openToRead(file)
  const past = new PastRooms(pastRoomsBeside(file), db, { spacing: SPACING, ...options })
  try {
    return await act(db, past)
  } finally {
    past.close()
    db.close()
  }
}

const fold = (file: string, options: PastOptions = {}): Promise<number> =>
  within(file, options, (db, past) => checkpointed(db, { checkpoint: checkpointBeside(file), past }, () => undefined))

/** The room at a moment, and what was passed over on the way. */
async function lookBack(file: string, at: number): Promise<{ room: Room; told: string[] }> {
  const told: string[] = []
  const { room } = await within(file, { tell: (reason) => { told.push(reason) } }, (db, past) => roomAt(db, past, { at, from: at }))
  return { room, told }
}

const stopsOf = (file: string): Promise<number[]> => within(file, {}, (_, past) => past.stops().map(({ seq }) => seq))
const then = (facts: readonly Fact[], at: number): Room => new Memory().take(facts.filter((fact) => fact.at <= at)).room()

function alter(past: string, ...statements: string[]): void {
  const db = new Database(past)
  for (const statement of statements) db.exec(statement)
  db.close()
}

/** All that was kept is in the file itself. */
function settle(past: string): void {
  alter(past, 'PRAGMA wal_checkpoint(TRUNCATE)')
  for (const end of ['-wal', '-shm']) rmSync(`${past}${end}`, { force: true })
}

test('the room at any past moment is what the facts until then make, also where a fact told of an earlier instant than those before it', async () => {
  for (const seed of [3, 7, 11]) {
    const { file, facts } = await journalOf(some(seed))
    expect((await stopsOf(file)).length).toBeGreaterThan(8)
    for (const moment of new Set(facts.flatMap(({ at }) => [at - 1, at, at + 1]))) expect(await lookBack(file, moment)).toEqual({ room: then(facts, moment), told: [] })
  }
})

test('what had been said before a span is known to lie before it, as far as rooms were kept', async () => {
  const { file, facts } = await journalOf(some(7))
  for (const { at: from } of facts) {
    const { before } = await within(file, {}, (db, past) => roomAt(db, past, { at: facts.at(-1)!.at, from }))
    expect(facts.filter(({ seq, at }) => seq <= before && at >= from)).toEqual([])
    const first = facts.find(({ at }) => at >= from)?.seq ?? 0
    expect(before).toBeGreaterThan(first - 2 * SPACING.every)
  }
})

test('a past moment is folded from near by: of a journal that has lost its beginning it is still known', async () => {
  const { file, facts } = await journalOf(inOrder(7))
  const moment = facts[40]!.at
  alter(file, 'DROP TRIGGER fact_is_never_deleted', 'DELETE FROM fact WHERE seq < 35 AND seq NOT IN (5, 10, 15, 20, 25, 30)', 'DELETE FROM fact WHERE seq > 50 AND seq < 54')
  expect((await lookBack(file, moment)).room).toEqual(then(facts, moment))
})

test('rooms of the past that are cut off, no database, damaged, mixed up or of another journal are passed over and told of, and what is answered is the same', async () => {
  const drafts = some(7)
  const other = await journalOf(some(11))
  settle(other.past)
  const damages: [(past: string) => void, RegExp][] = [
    [(past) => { truncateSync(past, 9_000) }, /malformed|corrupt|disk image/], [(past) => { writeFileSync(past, 'no database '.repeat(2_000)) }, /not a database/],
    [(past) => { copyFileSync(other.past, past) }, /is of another journal/],
    [(past) => { alter(past, 'UPDATE room SET at = 0') }, /fact \d+ is damaged/], [(past) => { alter(past, 'UPDATE room SET least = least + 1e12') }, /fact \d+ is damaged/],
    [(past) => { alter(past, "UPDATE room SET kept = x'00'") }, /fact \d+ is damaged/], [(past) => { alter(past, 'UPDATE room SET kept = (SELECT kept FROM room ORDER BY seq LIMIT 1) WHERE seq > 5') }, /fact \d+ is damaged/],
    [(past) => { alter(past, 'UPDATE room SET kept = substr(kept, 1, 300)') }, /fact \d+ is damaged/],
  ]
  for (const [damage, word] of damages) {
    const { file, past, facts } = await journalOf(drafts)
    settle(past)
    damage(past)
    const moment = facts[45]!.at
    const { room, told } = await lookBack(file, moment)
    expect(room).toEqual(then(facts, moment))
    expect(told.join('\n')).toMatch(word)
    // What was no good is gone, and whoever looks next has nothing to say.
    expect(await lookBack(file, moment)).toEqual({ room, told: [] })
  }
})

test('rooms of the past that another version of the program made are dropped without a word, and made anew', async () => {
  const { file, facts } = await journalOf(inOrder(7), { code: 'of another program' })
  const moment = facts[45]!.at
  expect(await stopsOf(file)).toEqual([])
  expect(await lookBack(file, moment)).toEqual({ room: then(facts, moment), told: [] })
  expect((await stopsOf(file)).length).toBeGreaterThan(0)
})

test('where they were deleted, whoever looks back leaves them again, and so does the next checkpoint', async () => {
  const { file, past, facts } = await journalOf(inOrder(7))
  for (const end of ['', '-wal', '-shm']) rmSync(`${past}${end}`, { force: true })
  expect((await lookBack(file, facts[45]!.at)).room).toEqual(then(facts, facts[45]!.at))
  expect(await stopsOf(file)).toEqual([46])
  for (const end of ['', '-wal', '-shm']) rmSync(`${past}${end}`, { force: true })
  rmSync(checkpointBeside(file))
  await fold(file)
  expect(await stopsOf(file)).toEqual([facts.length])
  expect((await lookBack(file, facts[20]!.at)).room).toEqual(then(facts, facts[20]!.at))
})

test('there are never more of them than they may take, the rest lie evenly, and every moment is still what it was', async () => {
  for (const spacing of [{ every: 2, most: 6, bytes: 1e9 }, { every: 2, most: 100, bytes: 6_000 }]) {
    const { file, past, facts } = await journalOf(some(7), { spacing }, 30)
    const stops = await stopsOf(file)
    expect(stops.at(-1)).toBe(facts.length)
    expect(stops.length).toBeLessThanOrEqual(spacing.most)
    expect(stops.length).toBeGreaterThan(1)
    const db = openToRead(past)
    expect(Number(first(db, 'SELECT sum(length(kept)) FROM room'))).toBeLessThanOrEqual(spacing.bytes)
    db.close()
    const gaps = stops.map((seq, n) => seq - (stops[n - 1] ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3 * Math.ceil(facts.length / stops.length))
    for (const { at } of facts) expect(await lookBack(file, at)).toEqual({ room: then(facts, at), told: [] })
  }
})

test('what verify makes of the journal is what they say; one that says something else is told, and nothing of it is touched', async () => {
  const { file, facts } = await journalOf(some(7))
  const sound = await checkBeside(file)
  expect(sound).toEqual({ said: [`the checkpoint of fact ${facts.length} is what the journal makes of it`, `the ${(await stopsOf(file)).length} rooms of the past are what the journal makes of them`], problems: [] })
  const last = await within(file, {}, (_, past) => {
    const stop = past.stops().at(-1)!
    alter(pastRoomsBeside(file), `DELETE FROM room WHERE seq = ${stop.seq}`)
    past.leave(() => ({ ...then(facts, stop.at), notices: [] }), stop)
    return stop
  })
  const stops = await stopsOf(file)
  expect((await checkBeside(file)).problems).toEqual([expect.stringContaining(`the room of the past after fact ${last.seq} is not what the journal makes of it`)])
  alter(pastRoomsBeside(file), 'UPDATE room SET at = at + 1')
  expect((await checkBeside(file)).problems[0]).toMatch(/is damaged/)
  alter(pastRoomsBeside(file), 'UPDATE room SET at = at - 1')
  expect(await stopsOf(file)).toEqual(stops)
})

test('where no room of the past can be kept, the checkpoint is written all the same, and the past is known all the same', async () => {
  const { file, past, facts } = await journalOf(some(7))
  for (const end of ['', '-wal', '-shm']) rmSync(`${past}${end}`, { force: true })
  rmSync(checkpointBeside(file))
  mkdirSync(past)
  expect(await fold(file)).toBe(facts.length)
  expect(existsSync(checkpointBeside(file))).toBe(true)
  const { room, told } = await lookBack(file, facts[30]!.at)
  expect(room).toEqual(then(facts, facts[30]!.at))
  expect(told[0]).toContain('EISDIR')
})
