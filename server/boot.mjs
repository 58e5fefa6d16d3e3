// node server/boot.mjs COMMAND [args]
//
// The way in to every command, in plain JavaScript, so that a fresh clone needs Node and npm and nothing else.
// It installs what is missing, builds what is out of date, and then runs the command in this same process, so
// that a signal sent to the process one started reaches the command. All it has to say goes to standard
// error: standard output belongs to the command (JSON, the READY line).
//
// Conventions
// - A command is server/commands/NAME.ts and exports `main(args: string[]): Promise<number>`; the number is the
//   exit code. The process ends when nothing is left to do, so a server's `main` may resolve once it listens.
//   `start` is server/main.ts, `bench` is bench/main.ts.
// - Every .ts of server/, shared/ and bench/ becomes one .mjs at the same place under .build/, so import.meta.url,
//   dynamic imports and relative places mean what they say. A worker is any .ts file, started by
//   `new Worker(builtFile(new URL('./worker.ts', import.meta.url)))`; see server/built.ts.
// - The web is built into .build/web.

const oldest = [20, 19]
const own = { start: 'server/main', bench: 'bench/main' }
const needsWeb = new Set(['start', 'build'])

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return
  process.stderr.write(`qingkong needs Node ${oldest.join('.')} or newer; this is ${process.versions.node}\n`)
  process.exit(1)
}

/** What may be asked for: our own words and one for each file of server/commands. */
async function commands() {
  const { existsSync, readdirSync } = await import('node:fs')
  const { inProject } = await import('./boot/say.mjs')
  const folder = inProject('server/commands')
  const files = existsSync(folder) ? readdirSync(folder) : []
  const named = files.filter((file) => /^[a-z][a-z-]*\.ts$/.test(file)).map((file) => file.slice(0, -3))
  return [...Object.keys(own), 'build', 'dev', ...named.sort()]
}

async function prepare(command) {
  const { ensureInstalled } = await import('./boot/install.mjs')
  const { ensureCode, ensureWeb } = await import('./boot/build.mjs')
  await ensureInstalled()
  await ensureCode()
  if (needsWeb.has(command)) await ensureWeb()
}

/**
 * A server that npm started stops when that npm is gone, however it went: nobody would know its pid, and it
 * would hold the data folder. (The scripts say `exec` so that no shell stands between npm and us: a shell
 * would keep the signals to itself.)
 */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const npm = process.ppid
  setInterval(() => { if (process.ppid !== npm) process.kill(process.pid, 'SIGTERM') }, 500).unref()
}

async function run(command, args) {
  if (command === 'build') return 0
  if (command === 'dev') return (await import('./boot/dev.mjs')).dev(args)
  const { inProject } = await import('./boot/say.mjs')
  const { pathToFileURL } = await import('node:url')
  const file = inProject(`.build/${own[command] ?? `server/commands/${command}`}.mjs`)
  process.setSourceMapsEnabled(true)
  stopWithNpm()
  process.argv = [process.execPath, file, ...args]
  const { main } = await import(pathToFileURL(file).href)
  return main(args)
}

checkNode()
const [command, ...args] = process.argv.slice(2)
const allowed = await commands()
if (command === undefined || !allowed.includes(command)) {
  process.stderr.write(`${command === undefined ? 'which command?' : `no command "${command}"`} Allowed: ${allowed.join(' · ')}\n`)
  process.exit(2)
}
try {
  await prepare(command)
  process.exitCode = await run(command, args)
} catch (error) {
  process.stderr.write(`${error?.expected ? error.message : (error?.stack ?? error)}\n`)
  process.exit(1)
}
