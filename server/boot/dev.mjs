import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { ensureCode } from './build.mjs'
import { inProject, say } from './say.mjs'

const node = (args) => spawn(process.execPath, args, { cwd: inProject(), stdio: 'inherit' })
const ended = (child) => new Promise((resolve) => { child.on('close', resolve) })

/** The server, begun anew after each change of its code. */
function server(args) {
  let child = null
  let wanted = 0
  const start = () => { child = node([inProject('server/boot.mjs'), 'start', ...args]) }
  const restart = async () => {
    const mine = ++wanted
    await new Promise((resolve) => { setTimeout(resolve, 200) })
    if (mine !== wanted) return
    try { await ensureCode() } catch { return }
    if (child.exitCode === null) { child.kill('SIGTERM'); await ended(child) }
    if (mine !== wanted) return
    say('the code changed: starting again')
    start()
  }
  start()
  return { restart, stop: () => child.kill('SIGTERM') }
}

/** `npm run dev`: vite's server for the web, which passes the rest on to ours. */
export async function dev(args) {
  const ours = server(args)
  const vite = node([inProject('node_modules/vite/bin/vite.js')])
  for (const folder of ['server', 'shared']) {
    fs.watch(inProject(folder), { recursive: true }, (_, file) => { if (file?.endsWith('.ts')) void ours.restart() })
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { ours.stop(); vite.kill(signal); })
  await ended(vite)
  process.exit(0)
}
