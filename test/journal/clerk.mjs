// A process in which staff act again and again until somebody kills it, and which says what it answered.
// node clerk.mjs BUILT-JOURNAL-FOLDER FILE NAME
import { writeSync } from 'node:fs'

const [folder, file, name] = process.argv.slice(2)
const { openSqliteJournal } = await import(`${folder}/sqlite.mjs`)
const { openSequencer } = await import(`${folder}/sequencer.mjs`)
const opened = await openSqliteJournal(file)
if (!opened.ok) throw new Error(opened.reason)
const sequencer = await openSequencer({ journal: opened.journal, air: 'live', now: Date.now })
const draft = (id, actor) => ({ id, at: 1, actor, body: { kind: 'order-moved', order: id, step: 'received', by: actor, note: null } })

for (let n = 0; ; n++) {
  sequencer.append([draft(`air-${name}-${n}`, 'system')])
  const answer = await sequencer.command([draft(`staff-${name}-${n}`, 'person:x'), draft(`staff-${name}-${n}+`, 'person:x')])
  if (!answer.ok) throw new Error(answer.reason)
  writeSync(1, `staff-${name}-${n}\n`)
}
