// A process that keeps batch after batch until somebody kills it, and says which are confirmed.
// node keeper.mjs STORE-MODULE FILE FIRST-BATCH
import { writeSync } from 'node:fs'

const [module, file, from] = process.argv.slice(2)
const { openSqliteReadings } = await import(module)
const opened = await openSqliteReadings(file)
if (!opened.ok) throw new Error(opened.reason)

// Batch n: minute n of 300 stations; the value says which batch it was. Several are on their way at once.
const T0 = Date.UTC(2022, 1, 4)
const batch = (n) => Array.from({ length: 300 }, (_, i) => ({
  station: `S${i}`, pollutant: 'PM2.5', start: T0 + n * 60_000, minutes: 1, value: n, flag: `N${n % 7}`, revision: 1,
  validity: 'valid', why: null, arrived: T0 + n, source: 'keeper',
}))

async function keepOn(first, step) {
  for (let n = first; ; n += step) {
    const kept = await opened.store.keep(batch(n))
    if (!kept.ok) throw new Error(kept.reason)
    // Straight to the parent: what is said has been confirmed before the process died.
    writeSync(1, `${n}\n`)
  }
}

await Promise.all([0, 1, 2].map((lane) => keepOn(Number(from) + lane, 3)))
