import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('../..', import.meta.url))

/** A path of the project, wherever the command was called from. */
export const inProject = (...parts) => path.join(project, ...parts)

export const say = (line) => process.stderr.write(`qingkong: ${line}\n`)

/** A failure that needs no stack: its message says what to do. */
export const expected = (message) => Object.assign(new Error(message), { expected: true })

/** Runs `work` and says every ten seconds that it is still at it. */
export async function patiently(what, work) {
  const begun = Date.now()
  const seconds = () => Math.round((Date.now() - begun) / 1000)
  say(`${what} …`)
  const reminder = setInterval(() => say(`… still ${what.split(' (')[0]}, ${seconds()} s`), 10_000)
  try {
    const result = await work()
    say(`… done in ${seconds()} s`)
    return result
  } finally {
    clearInterval(reminder)
  }
}

/**
 * Runs a program in the project's folder with its output on standard error; throws unless it succeeds.
 * Whoever ends this process ends the program too, so that nobody else finds it still at work.
 */
export function program(name, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { cwd: project, stdio: ['ignore', 2, 2], ...options })
    const pass = (signal) => {
      child.kill(signal)
      setTimeout(() => child.kill('SIGKILL'), 3_000).unref()
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, pass)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      for (const each of signals) process.off(each, pass)
      if (code === 0) resolve()
      else reject(expected(`${path.basename(name)} ${args[0]} ended with ${code ?? signal}`))
    })
  })
}
