/** A room whose facts are told to people outside: alerts in memory, a real box on the disk, real channels. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { AlertBook } from '../../shared/book.ts'
import { foldCalls } from '../../shared/owed-calls.ts'
import { DutyFile } from '../../shared/duty.ts'
import type { Air, Draft, Fact, FactOf } from '../../shared/fact.ts'
import { civilOf } from '../../shared/time.ts'
import { openBox } from '../../server/notify/box.ts'
import { type Notifier, openNotifier } from '../../server/notify/notifier.ts'
import type { Pace } from '../../server/notify/pace.ts'
import { openWay } from '../../server/notify/ways.ts'

export const civil = civilOf('Asia/Shanghai')
export const noon = civil.at('2022-02-04', '12:00')
const QUICK: Partial<Pace> = { first: 20, longest: 60_000, tries: 3 }
export const idOf = (n: number): string => `hour-exceeded:city${n}:PM2.5:2022-02-04T11`

export type Told = Notifier & {
  happened: (...drafts: Draft[]) => void; facts: Fact[]; receipts: () => string[]; dir: string
  /** The server is killed: nothing is stopped, nothing is waited for. */
  again: () => Promise<Told>
}
/** `gone`: what came before has closed so long ago that only the journal has it. */
type Given = { duty: object; env?: Record<string, string>; air?: Air; pace?: Partial<Pace>; dir?: string; facts?: Fact[]; gone?: boolean }

export async function aRoom(given: Given): Promise<Told> {
  const { duty, env = {}, air = 'live', pace = {}, gone = false } = given
  const dir = given.dir ?? mkdtempSync(path.join(os.tmpdir(), 'qingkong-'))
  if (given.dir === undefined) onTestFinished(() => { rmSync(dir, { recursive: true, force: true }) })
  const file = DutyFile.parse(duty)
  const facts: Fact[] = [...given.facts ?? []]
  const book = new AlertBook({}, { forgets: false })
  book.take(facts)
  const listeners: ((fresh: readonly Fact[]) => void)[] = []
  const happened = (...drafts: Draft[]): void => {
    const fresh = drafts.filter(({ id }) => !facts.some((fact) => fact.id === id)).map((draft, n): Fact => ({ seq: facts.length + n + 1, recorded: 0, air, hash: '', id: draft.id, at: draft.at, actor: draft.actor, ...draft.body }))
    facts.push(...fresh)
    book.take(fresh)
    for (const listener of listeners) listener(fresh)
  }
  const notifier = await openNotifier({
    duty: file, air, box: openBox(dir), ways: new Map(file.channels.map((channel) => [channel.id, openWay(channel, env, Date.now)])), now: Date.now, eventNow: () => noon,
    setting: { civil, air, event: { id: 'e', name: { zh: '活动', en: 'event' } }, place: (id) => ({ zh: `市${id.slice(4)}`, en: id }), desk: null },
    alert: (id) => (gone ? undefined : book.of(id)), closed: (ids) => Promise.resolve(ids.flatMap((id) => book.of(id) ?? [])), calls: () => Object.keys(facts.reduce(foldCalls, {})).length, append: (drafts) => { happened(...drafts) }, journal: (after, limit) => Promise.resolve(facts.slice(after, after + limit)), log: { warn: () => undefined }, pace: { ...QUICK, ...pace },
  }, facts.length)
  let stopped = false
  const stop = async (): Promise<void> => { if (!stopped) { stopped = true; await notifier.stop() } }
  onTestFinished(stop)
  listeners.push(notifier.take)
  const receipts = (): string[] => facts.flatMap((fact) => (fact.kind === 'alert-told' ? [`${fact.what} ${fact.alert.split(':')[1] ?? ''} ${fact.channel} ${fact.state}${fact.next === null ? '' : ` → ${fact.next}`}`] : []))
  return { take: notifier.take, state: notifier.state, stop, happened, facts, receipts, dir, again: async () => { await stop(); return aRoom({ ...given, dir, facts }) } }
}

const judged = { condition: 'over', value: 96, reason: { code: 'hour-exceeded' }, marks: [] as FactOf<'alert-raised'>['marks'] } as const
export const raised = (n: number, more: Partial<FactOf<'alert-raised'>> = {}): Draft => ({
  id: `alert-raised:${idOf(n)}:${more.occurrence ?? 1}`, at: noon, actor: 'system',
  body: { kind: 'alert-raised', alert: idOf(n), occurrence: 1, alertKind: 'hour-exceeded', place: `city${n}`, pollutant: 'PM2.5', period: { start: noon - 3_600_000, end: noon }, severity: 'critical', limit: 75, assumed: true, drill: false, ...judged, ...more },
})
export const withdrawn = (n: number): Draft => ({ id: `alert-withdrawn:${idOf(n)}`, at: noon, actor: 'system', body: { kind: 'alert-withdrawn', alert: idOf(n), occurrence: 1, ...judged, condition: 'under', value: 70 } })

/** Waits until something is so, at most so many seconds. */
export async function until(so: () => boolean, seconds = 10): Promise<void> {
  const end = Date.now() + seconds * 1000
  while (!so()) {
    if (Date.now() > end) throw new Error('it did not come to be so')
    await new Promise((resolve) => { setTimeout(resolve, 10) })
  }
}
