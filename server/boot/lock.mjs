import fs from 'node:fs'
import path from 'node:path'
import { inProject, say } from './say.mjs'

const folder = inProject('.build/lock')
const note = path.join(folder, 'owner')
const staleAfter = 30_000
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms) })

function take() {
  fs.mkdirSync(path.dirname(folder), { recursive: true })
  try {
    fs.mkdirSync(folder)
    fs.writeFileSync(note, String(process.pid))
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Who holds the lock says so every few seconds; a lock nobody has touched for long was left by a crash. */
function dropIfStale() {
  try {
    if (Date.now() - fs.statSync(folder).mtimeMs < staleAfter) return
    const aside = `${folder}-${process.pid}`
    fs.renameSync(folder, aside)
    fs.rmSync(aside, { recursive: true, force: true })
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

/** One at a time over all processes of this clone: installing and building. */
export async function locked(work) {
  for (let tries = 0; !take(); tries++) {
    if (tries === 0) say('waiting for another start of this clone that is installing or building …')
    dropIfStale()
    await pause(200)
  }
  const beat = setInterval(() => { fs.utimes(folder, new Date(), new Date(), () => {}) }, 2_000)
  const release = () => { fs.rmSync(folder, { recursive: true, force: true }) }
  process.on('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    process.off('exit', release)
    release()
  }
}
