import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { locked } from './lock.mjs'
import { expected, inProject, patiently, program } from './say.mjs'

const stamp = inProject('node_modules/.qingkong-stamp')
const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '')

/** What the packages were installed for: the lock file, and the machine, since some packages are native. */
function wanted() {
  const machine = `${process.platform} ${process.arch}`
  return createHash('sha256').update(read(inProject('package-lock.json'))).update(machine).digest('hex')
}

/** Whether someone ran `npm ci` or `npm install` by hand: npm then leaves a list of what it installed. */
function installedByHand() {
  const list = read(inProject('node_modules/.package-lock.json'))
  if (list === '') return false
  const have = JSON.parse(list).packages
  const want = Object.entries(JSON.parse(read(inProject('package-lock.json'))).packages)
  return want.every(([place, { version, optional, devOptional }]) =>
    place === '' || have[place]?.version === version || (have[place] === undefined && (optional || devOptional)))
}

const upToDate = () => read(stamp) === wanted()

/** Run by npm, we are told where npm is; run by hand, it is on the PATH. Warnings and errors are wanted (.npmrc). */
async function npmCi() {
  const args = ['ci', '--include=dev', '--loglevel=warn', '--no-audit', '--no-fund']
  const npm = process.env.npm_execpath
  try {
    if (npm?.endsWith('.js')) await program(process.execPath, [npm, ...args])
    else await program('npm', args, { shell: process.platform === 'win32' })
  } catch (error) {
    throw expected(`the packages could not be installed (${error.message}); the lines above say why`)
  }
}

async function install() {
  if (upToDate()) return
  if (!installedByHand()) {
    const count = Object.keys(JSON.parse(read(inProject('package-lock.json'))).packages).length
    await patiently(`installing packages with npm ci (at most ${count}, about 400 MB on disk, a minute or so)`, npmCi)
  }
  fs.writeFileSync(stamp, wanted())
}

/** Sees to it that node_modules is what the lock file says. */
export async function ensureInstalled() {
  if (!upToDate()) await locked(install)
}
