/** A real InfluxDB 1.x of this machine, on free loopback ports, with a folder of its own; ended with the tests of the file. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe } from 'vitest'

const program = process.env['INFLUXD'] ?? ['/usr/bin/influxd', '/usr/local/bin/influxd', '/opt/homebrew/bin/influxd'].find((place) => existsSync(place)) ?? ''
const needed = process.env['CI'] === 'true'

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => { server.close(resolve) })))
  return ports
}

const configOf = (folder: string, [http = 0, rpc = 0]: number[]): string => `reporting-disabled = true
bind-address = "127.0.0.1:${rpc}"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
  query-log-enabled = false
[http]
  bind-address = "127.0.0.1:${http}"
  log-enabled = false
  flux-enabled = false
[monitor]
  store-enabled = false
[logging]
  level = "error"
`

export type Influxd = {
  url: string
  /** SIGKILL, and up again on the same ports and folder. */
  kill: () => Promise<void>
  start: () => Promise<void>
  stop: () => Promise<void>
}

const running = new Set<{ child: ChildProcess | null; folder: string }>()
afterAll(async () => {
  for (const each of running) {
    await end(each, 'SIGKILL')
    rmSync(each.folder, { recursive: true, force: true })
  }
  running.clear()
})

async function end(of: { child: ChildProcess | null }, signal: NodeJS.Signals): Promise<void> {
  const { child } = of
  of.child = null
  if (child === null || child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

async function answers(url: string): Promise<void> {
  for (let i = 0; i < 300; i += 1) {
    const there = await fetch(`${url}/ping`).then((response) => response.status === 204, () => false)
    if (there) return
    await sleep(50)
  }
  throw new Error(`influxd does not answer at ${url}`)
}

/** Starts one. */
export async function influxd(): Promise<Influxd> {
  const folder = mkdtempSync(path.join(tmpdir(), 'qingkong-influxd-'))
  const ports = await freePorts(2)
  const file = path.join(folder, 'influxdb.conf')
  writeFileSync(file, configOf(folder, ports))
  const of: { child: ChildProcess | null; folder: string } = { child: null, folder }
  running.add(of)
  const url = `http://127.0.0.1:${ports[0] ?? 0}`
  const start = async (): Promise<void> => {
    of.child = spawn(program, ['-config', file], { stdio: 'ignore' })
    await answers(url)
  }
  await start()
  return { url, start, kill: () => end(of, 'SIGKILL'), stop: () => end(of, 'SIGTERM') }
}

/** `describe` for tests that need one. Without it they are skipped, and their name says why. */
export function describeWithInflux(name: string, tests: () => void): void {
  if (program !== '' || needed) describe(name, tests)
  else describe.skip(`${name} (skipped: there is no influxd; on Debian: sudo apt-get install influxdb)`, tests)
}
