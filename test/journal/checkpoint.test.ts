import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { builtFile } from '../../server/built.ts'
import { checkBeside } from '../../server/journal/beside.ts'
import { checkpointBeside, decoded, encoded, nothingFolded } from '../../server/journal/checkpoint.ts'
import { openCheckpoints } from '../../server/journal/checkpoints.ts'
import { foldOn } from '../../server/journal/folding.ts'
import type { JournalStore } from '../../server/journal/journal.ts'
import { openSequencer, Sequencer } from '../../server/journal/sequencer.ts'
import { openSqliteJournal } from '../../server/journal/sqlite.ts'
import { remember } from '../../server/main/remember.ts'
import type { Draft, Fact } from '../../shared/fact.ts'
import { Memory } from '../../shared/memory.ts'
import { draftsOf, factsOf, happenings } from '../shared/happenings.ts'
import { canFillDisk, emptyDisk, fillDisk } from '../setup/disk.ts'
import { emptyFolder } from '../setup/folder.ts'

const bytesOf = (facts: readonly Fact[]): Buffer => {
  const folded = nothingFolded()
  foldOn(folded, facts)
  return Buffer.concat(encoded(folded))
}

describe('a checkpoint', () => {
  test('taken up at any fact of a journal and written anew is, to the last bit, the one that the whole journal makes', () => {
    fc.assert(fc.property(happenings(30), (all) => {
      const facts = factsOf(all)
      const whole = bytesOf(facts)
      for (let cut = 1; cut <= facts.length; cut += 1) {
        const found = decoded(bytesOf(facts.slice(0, cut)))
        if (!found.ok) throw new Error(found.reason)
        foldOn(found.folded, facts.slice(cut))
        expect(Buffer.concat(encoded(found.folded)).equals(whole)).toBe(true)
      }
    }), { numRuns: 20 })
  })

  test('of which a single byte is another is passed over', () => {
    const bytes = bytesOf(factsOf(fc.sample(happenings(40, 40), { seed: 3, numRuns: 1 })[0] ?? []))
    fc.assert(fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const other = Buffer.from(bytes)
      other[at] = (other[at] ?? 0) ^ by
      expect(decoded(other)).toMatchObject({ ok: false })
    }), { numRuns: 200 })
    for (const length of [0, 1, 4, 40, bytes.length - 1]) expect(decoded(bytes.subarray(0, length))).toMatchObject({ ok: false })
  })
})

async function open(file = path.join(emptyFolder(), 'journal.sqlite')): Promise<{ journal: JournalStore; file: string; checkpoint: string }> {
  const opened = await openSqliteJournal(file)
  if (!opened.ok) throw new Error(opened.reason)
  onTestFinished(() => opened.journal.close())
  return { journal: opened.journal, file, checkpoint: checkpointBeside(file) }
}

async function write(journal: JournalStore, drafts: readonly Draft[]): Promise<void> {
  const sequencer = await openSequencer({ journal, air: 'live', now: () => 0 })
  sequencer.append(drafts)
  await sequencer.close()
}

const some = (seed: number) => draftsOf(fc.sample(happenings(60, 60), { seed, numRuns: 1 })[0] ?? [])

/** What a start remembers, and what it says of the checkpoint. */
async function started(file: string, journal: JournalStore) {
  const warned: string[] = []
  const log = { info: () => undefined, error: () => undefined, warn: (about: object) => { warned.push('reason' in about ? String(about.reason) : '') } }
  const { memory, ids, head, checkpoint } = await remember(journal, { checkpoints: openCheckpoints(file, journal), log })
  return { text: JSON.stringify(memory.kept()), known: some(7).every(({ id }) => ids.has(id)), head, checkpoint, warned }
}

describe('a start', () => {
  test('goes on from the last checkpoint, or from none where it is damaged, cut off, of another journal, of a longer one or of another program, and remembers the same', async () => {
    const drafts = some(7)
    const { journal, file, checkpoint } = await open()
    await write(journal, drafts.slice(0, 30))
    const { text: _, ...plain } = await started(file, journal)
    expect(plain).toMatchObject({ checkpoint: 0, warned: [] })
    const checkpoints = openCheckpoints(file, journal)
    expect(await checkpoints.write()).toEqual({ ok: true, seq: 30 })
    await write(journal, drafts.slice(30))
    const whole = JSON.stringify(new Memory().take(await journal.read(0, 10_000)).kept())
    const same = { text: whole, known: true, head: await journal.head() }
    expect(await started(file, journal)).toEqual({ ...same, checkpoint: 30, warned: [] })
    const good = readFileSync(checkpoint)

    const other = await open()
    await write(other.journal, some(11))
    await openCheckpoints(other.file, other.journal).write()
    const longer = await open()
    await write(longer.journal, some(7))
    await write(longer.journal, [{ id: 'one more', at: 0, actor: 'system', body: { kind: 'station-in-service', station: 'S1', by: null } }])
    await openCheckpoints(longer.file, longer.journal).write()
    const strange = good.toString('latin1').replace(/"code":"./, '"code":"x')
    const damages: [() => void, RegExp][] = [
      [() => { writeFileSync(checkpoint, good.subarray(0, good.length - 9)) }, /damaged/], [() => { writeFileSync(checkpoint, '') }, /damaged/],
      [() => { copyFileSync(other.checkpoint, checkpoint) }, /of another journal/], [() => { copyFileSync(longer.checkpoint, checkpoint) }, /which the journal does not have/],
      [() => { writeFileSync(checkpoint, strange, 'latin1') }, /damaged/], [() => { writeFileSync(checkpoint, Buffer.concat(encoded(folded30(good), 'of another program'))) }, /another version of the program/],
    ]
    for (const [damage, word] of damages) {
      damage()
      const again = await started(file, journal)
      expect(again).toMatchObject({ ...same, checkpoint: 0 })
      expect(again.warned).toEqual([expect.stringMatching(word)])
      rmSync(checkpoint)
    }
    expect(await started(file, journal)).toEqual({ ...same, checkpoint: 0, warned: [] })
  })

  test('refuses a second fact of an id that is older than its checkpoint', async () => {
    const drafts = some(7)
    const { journal, file } = await open()
    await write(journal, drafts)
    await openCheckpoints(file, journal).write()
    const log = { info: () => undefined, error: () => undefined, warn: () => undefined }
    const { ids, head, checkpoint } = await remember(journal, { checkpoints: openCheckpoints(file, journal), log })
    const sequencer = new Sequencer({ journal, air: 'live', now: () => 0 }, head, ids)
    expect(checkpoint).toBe(drafts.length)
    expect(sequencer.append(drafts)).toEqual([])
    expect(sequencer.append([{ ...drafts[0]!, id: 'new' }])).toMatchObject([{ seq: drafts.length + 1, id: 'new' }])
    expect(await sequencer.close()).toEqual({ ok: true })
  })

  test('folds a checkpoint on and leaves the next, which is what verify makes of the journal; one that says something else is told', async () => {
    const drafts = some(7)
    const { journal, file, checkpoint } = await open()
    await write(journal, drafts.slice(0, 20))
    const checkpoints = openCheckpoints(file, journal)
    expect(await checkpoints.write()).toMatchObject({ ok: true, seq: 20 })
    await write(journal, drafts.slice(20))
    const [one, two] = await Promise.all([checkpoints.write(), checkpoints.write()])
    expect([one, two]).toEqual([{ ok: true, seq: drafts.length }, { ok: true, seq: drafts.length }])
    expect(await checkBeside(file)).toEqual({ said: [`the checkpoint of fact ${drafts.length} is what the journal makes of it`], problems: [] })
    const found = decoded(readFileSync(checkpoint))
    if (!found.ok) throw new Error(found.reason)
    found.folded.memory.take(factsOf([{ which: 0, what: 'raised', later: 9 }]))
    writeFileSync(checkpoint, Buffer.concat(encoded(found.folded)))
    expect((await checkBeside(file)).problems).toEqual([expect.stringContaining('is not what the journal makes of it')])
  })

  test('finds either the checkpoint before or the one after where the thread that wrote it was killed, never half a one', async () => {
    const drafts = some(7)
    const { journal, file, checkpoint } = await open()
    await write(journal, drafts.slice(0, 30))
    await openCheckpoints(file, journal).write()
    await write(journal, drafts.slice(30))
    const whole = JSON.stringify(new Memory().take(await journal.read(0, 10_000)).kept())
    for (const after of [0, 20, 40, 60, 80, 100, 120, 140]) {
      const worker = new Worker(builtFile(new URL('../../server/journal/fold-worker.ts', import.meta.url)), { workerData: { journal: file, checkpoint, moment: null }, execArgv: [] })
      await new Promise((resolve) => { setTimeout(resolve, after) })
      await worker.terminate()
      const again = await started(file, journal)
      expect([30, drafts.length]).toContain(again.checkpoint)
      expect([again.text, again.warned]).toEqual([whole, []])
    }
    // What a killed one left half written is in nobody's way.
    writeFileSync(`${checkpoint}.new`, 'half')
    await write(journal, [{ id: 'one more', at: 0, actor: 'system', body: { kind: 'station-in-service', station: 'S1', by: null } }])
    expect(await openCheckpoints(file, journal).write()).toEqual({ ok: true, seq: drafts.length + 1 })
    expect([(await started(file, journal)).checkpoint, existsSync(`${checkpoint}.new`)]).toEqual([drafts.length + 1, false])
  })

  test.runIf(canFillDisk)('still has the checkpoint before where the disk was full when the next was written', async () => {
    const drafts = some(7)
    const { journal, file, checkpoint } = await open()
    await write(journal, drafts.slice(0, 30))
    const checkpoints = openCheckpoints(file, journal)
    await checkpoints.write()
    await write(journal, drafts.slice(30))
    fillDisk(8_000)
    try {
      expect(await checkpoints.write()).toMatchObject({ ok: false, reason: expect.stringMatching(/EFBIG|too large/) as string })
    } finally {
      emptyDisk()
    }
    expect((await started(file, journal)).checkpoint).toBe(30)
    expect(existsSync(`${checkpoint}.new`)).toBe(false)
    expect(await checkpoints.write()).toEqual({ ok: true, seq: drafts.length })
  })

  test('the room at a past moment is the same from a checkpoint as from the whole journal', async () => {
    const drafts = some(7)
    const { journal, file } = await open()
    await write(journal, drafts)
    const facts = await journal.read(0, 10_000)
    const checkpoints = openCheckpoints(file, journal)
    const moments = [facts[10]?.at ?? 0, facts.at(-1)?.at ?? 0]
    const then = (at: number) => new Memory().take(facts.filter((fact) => fact.at <= at)).room()
    for (const at of moments) expect((await checkpoints.roomAt({ at, from: at })).room).toEqual(then(at))
    await checkpoints.write()
    for (const at of moments) expect((await checkpoints.roomAt({ at, from: at })).room).toEqual(then(at))
  })
})

function folded30(bytes: Buffer) {
  const found = decoded(bytes)
  if (!found.ok) throw new Error(found.reason)
  return found.folded
}
