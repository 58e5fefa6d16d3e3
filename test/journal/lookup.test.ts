import { copyFileSync, existsSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { Archive } from '../../server/archive.ts'
import { checkBeside } from '../../server/journal/beside.ts'
import { checkJournal } from '../../server/journal/check.ts'
import type { JournalStore } from '../../server/journal/journal.ts'
import { memoryJournal } from '../../server/journal/memory.ts'
import { openSequencer } from '../../server/journal/sequencer.ts'
import { openSqliteJournal } from '../../server/journal/sqlite.ts'
import { AlertBook } from '../../shared/book.ts'
import type { Draft, Fact } from '../../shared/fact.ts'
import type { Listed } from '../../shared/page.ts'
import { draftsOf, happenings } from '../shared/happenings.ts'
import { emptyFolder } from '../setup/folder.ts'

async function write(journal: JournalStore, drafts: readonly Draft[]): Promise<void> {
  const sequencer = await openSequencer({ journal, air: 'live', now: () => 0 })
  sequencer.append(drafts)
  expect(await sequencer.close()).toEqual({ ok: true })
}

async function open(file = path.join(emptyFolder(), 'journal.sqlite')): Promise<{ journal: JournalStore; file: string }> {
  const opened = await openSqliteJournal(file)
  if (!opened.ok) throw new Error(opened.reason)
  onTestFinished(() => opened.journal.close())
  return { journal: opened.journal, file }
}

const ids = Array.from({ length: 6 }, (_, n) => `a${n}`)

/** As a room that forgets nothing would have it. */
async function isAsAllFactsSay(journal: JournalStore): Promise<void> {
  const facts = await journal.read(0, 10_000)
  const book = new AlertBook({}, { forgets: false })
  book.take(facts)
  const archive = new Archive({ journal })
  for (const id of ids) {
    const alert = book.of(id)
    const history = facts.filter((fact) => 'alert' in fact && fact.alert === id)
    expect(await archive.file(id)).toEqual(alert === undefined ? undefined : { alert, history })
  }
  expect((await archive.files(await archive.begun())).map(({ alert }) => alert)).toEqual(book.all())
  for (const limit of [1, 2, 5]) {
    const listed = []
    for (let before: Listed | null = null; ;) {
      const page: Listed[] = await archive.latest({ from: -Infinity, to: Infinity, before, limit })
      listed.push(...page)
      before = page.at(-1) ?? null
      if (before === null) break
    }
    expect(listed).toEqual(book.all().map(({ id, period: { start } }) => ({ id, start })).sort((a, b) => b.start - a.start || b.id.localeCompare(a.id)))
  }
  const first = book.all()[0]?.period.start ?? 0
  expect((await archive.begun({ from: first, to: first + 1 }))).toEqual(book.all().filter(({ period }) => period.start === first).map(({ id }) => id))
  const kinds: Fact['kind'][] = ['readings-revised', 'readings-reviewed']
  expect(await journal.about('kind', kinds)).toEqual(facts.filter(({ kind }) => kinds.includes(kind)))
  expect(await journal.about('kind', kinds, 20)).toEqual(facts.filter(({ kind, seq }) => kinds.includes(kind) && seq > 20))
  const issued = facts.filter((fact) => fact.kind === 'order-issued')
  const orders = await archive.orders({ from: 0, to: Infinity })
  expect(orders.map(({ id }) => id)).toEqual([...new Set(issued.map(({ order }) => order))])
}

test('an alert of long ago is what it was, with every fact about it, whatever was shelved beside it', async () => {
  await fc.assert(fc.asyncProperty(happenings(60), async (all) => {
    const journal = memoryJournal()
    await write(journal, draftsOf(all))
    await isAsAllFactsSay(journal)
  }), { numRuns: 60 })
})

const some = (seed: number) => draftsOf(fc.sample(happenings(60, 60), { seed, numRuns: 1 })[0] ?? [])

test('on the disk too, and the same as facts come, after a restart, and with a register that is lost, cut off, of another journal, or no register at all', async () => {
  const { journal, file } = await open()
  const drafts = some(7)
  expect(drafts.length).toBeGreaterThan(40)
  await write(journal, drafts.slice(0, 30))
  await isAsAllFactsSay(journal)
  await write(journal, drafts.slice(30))
  await isAsAllFactsSay(journal)
  await journal.close()
  const before = checkJournal(file)
  const register = file.replace('.sqlite', '-register.sqlite')
  const other = await open()
  await write(other.journal, some(11))
  await isAsAllFactsSay(other.journal)
  await other.journal.close()
  const damages: (() => void)[] = [
    () => { rmSync(register) }, () => { truncateSync(register, 5_000) }, () => { writeFileSync(register, 'no database '.repeat(2_000)) },
    () => { copyFileSync(other.file.replace('.sqlite', '-register.sqlite'), register) },
  ]
  for (const damage of damages) {
    expect(existsSync(register)).toBe(true)
    damage()
    const again = await open(file)
    await isAsAllFactsSay(again.journal)
    await again.journal.close()
  }
  // The journal itself is not touched by any of it.
  expect(checkJournal(file)).toEqual(before)
  expect(await checkBeside(file)).toEqual({ said: [`the register of ${before.facts} facts is what the journal makes of it`], problems: [] })
})

test('a fact that is shown and not durable yet stands in the history of its alert, marked', async () => {
  const journal = memoryJournal(() => 'the disk is full')
  const sequencer = await openSequencer({ journal, air: 'live', now: () => 0, retry: { first: 60_000, longest: 60_000 } })
  sequencer.append(draftsOf([{ which: 1, what: 'raised', later: 0 }]))
  await expect.poll(() => sequencer.state().durable).toBe(false)
  sequencer.append(draftsOf([{ which: 9, what: 'notice', later: 0 }, { which: 1, what: 'commented', later: 3 }]).slice(1))
  const archive = new Archive({ journal, shownOnly: sequencer.shownOnly })
  expect((await archive.file('a1'))?.history.map(({ kind, durable }) => [kind, durable])).toEqual([['alert-raised', false], ['alert-commented', false]])
  expect(await archive.begun()).toEqual(['a1'])
  await sequencer.close()
})

test('alerts of one and the same hour come each once over the pages of a list, on the disk too', async () => {
  const { journal } = await open()
  const [raised] = draftsOf([{ which: 1, what: 'raised', later: 0 }])
  await write(journal, Array.from({ length: 9 }, (_, n) => ({ ...raised!, id: `raised:${n}`, body: { ...raised!.body, alert: `a${n}` } as Draft['body'] })))
  const archive = new Archive({ journal })
  const seen: string[] = []
  for (let before: Listed | null = null; ;) {
    const page: Listed[] = await archive.latest({ from: 0, to: Infinity, before, limit: 2 })
    seen.push(...page.map(({ id }) => id))
    before = page.at(-1) ?? null
    if (before === null) break
  }
  expect(seen).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => `a${n}`))
})
