/** A real server as a process of its own, with a data folder of its own. Only what was started here is ever ended. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, vi } from 'vitest'
import { builtFile, project } from '../../server/built.ts'

const program = path.join(project, 'test/path/main.mjs')
const built = { start: builtFile(new URL('../../server/main.ts', import.meta.url)).href }
const command = (name: string): string => builtFile(new URL(`../../server/commands/${name}.ts`, import.meta.url)).href

export type Account = { name: string; role: 'admin' | 'leader' | 'duty'; password: string }
export type FirstStart = { wall: string; screenToken: string; sourceToken: string; accounts: Account[] }
export type Ended = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string }
export type Running = {
  url: string; dir: string; first: FirstStart; pid: number
  /** Ends it as the operating system would on a shutdown. */
  stop: () => Promise<Ended>
  /** SIGKILL: what a power cut leaves, the disk's own cache apart. */
  kill: () => Promise<Ended>
  ended: Promise<Ended>
}

// Servers that start beside other tests take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const children = new Set<ChildProcess>()
const folders: string[] = []
afterAll(async () => {
  await Promise.all([...children].map(async (child) => {
    child.kill('SIGKILL')
    await once(child, 'close')
  }))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A data folder that is gone after the last test of the file. */
export function dataFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'qingkong-path-'))
  folders.push(folder)
  return folder
}

type Child = { child: ChildProcess; said: { out: string; err: string }; ended: Promise<Ended> }

function launch(module: string, args: readonly string[]): Child {
  const env = { ...process.env, AIR_LOG: 'warn', AIR_DATA: '', AIR_EVENT: '', AIR_NOW: '', AIR_SPEED: '', AIR_PORT: '', AIR_HOST: '', AIR_HJ212_PORT: '', AIR_MQTT_PORT: '' }
  const child = spawn(process.execPath, [program, module, ...args], { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] })
  children.add(child)
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => { said.out += text })
  child.stderr.setEncoding('utf8').on('data', (text: string) => { said.err += text })
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      children.delete(child)
      resolve({ code, signal, ...said })
    })
  })
  return { child, said, ended }
}

/** Runs a command to its end. */
export const run = (name: string, ...args: string[]): Promise<Ended> => launch(command(name), args).ended

/** A command that goes on until it is told to stop. */
export function begin(name: string, ...args: string[]): { stop: () => Promise<Ended>; said: { out: string; err: string } } {
  const { child, said, ended } = launch(command(name), args)
  return { said, stop: () => { child.kill('SIGTERM'); return ended } }
}

/** A start that is expected not to come about: how it ended. */
export const refused = (...args: string[]): Promise<Ended> => launch(built.start, ['--port', '0', ...args]).ended

function readyLine(text: string): { url: string; dataDir: string; hj212Port: number } | null {
  const line = /^QINGKONG READY (\{.*\})$/m.exec(text)
  return line === null ? null : JSON.parse(line[1] ?? '') as { url: string; dataDir: string; hj212Port: number }
}

/** Resolves once it has said that it is ready; rejects if it ended instead. */
function ready({ child, said, ended }: Child): Promise<{ url: string; dataDir: string }> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const line = readyLine(said.out)
      if (line !== null) resolve(line)
    }
    child.stdout?.on('data', look)
    void ended.then(({ code, signal, err }) => { reject(new Error(`the server ended with ${code ?? signal}: ${err}`)) })
  })
}

/** Starts a server on a free port, unless `args` name one. Its data folder is `dir`, or a fresh one. */
export async function start(args: readonly string[], dir = dataFolder()): Promise<Running> {
  const launched = launch(built.start, [...(args.includes('--port') ? [] : ['--port', '0']), '--data', dir, ...args])
  const { url } = await ready(launched)
  const { child, ended } = launched
  const end = (signal: NodeJS.Signals) => (): Promise<Ended> => { child.kill(signal); return ended }
  return { url, dir, first: firstStart(dir), pid: child.pid ?? 0, stop: end('SIGTERM'), kill: end('SIGKILL'), ended }
}

export function firstStart(dir: string): FirstStart {
  const file = path.join(dir, 'first-start.json')
  if (!existsSync(file)) throw new Error(`${file} was to be complete before the server says that it is ready`)
  return JSON.parse(readFileSync(file, 'utf8')) as FirstStart
}

/** Starts and kills it before or after it is ready, whatever comes first after so many milliseconds. */
export async function startAndKill(args: readonly string[], dir: string, after: number): Promise<Ended> {
  const { child, ended } = launch(built.start, ['--port', '0', '--data', dir, ...args])
  const timer = setTimeout(() => { child.kill('SIGKILL') }, after)
  const how = await ended
  clearTimeout(timer)
  return how
}
