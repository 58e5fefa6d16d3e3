// npm run mutate -- [FILE…] [--share PERCENT] [--seed N]: breaks the rules of `shared/` in one place at a time and tells which
// breaks no test of the domain notices. Without files a share of their lines, 2 % unless said, the same for the same seed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ensureInstalled } from '../../server/boot/install.mjs'
import { inProject } from '../../server/boot/say.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { share: { type: 'string', default: '2' }, seed: { type: 'string', default: '1' } },
})

/** Shapes of what travels, described for HTTP and its documents: whoever tests those tests them through a server. */
const SHAPES = new Set(['shared/api.ts', 'shared/wire.ts', 'shared/air.ts', 'shared/codes.ts'])
/** What no mutant can be in: words, imports, types, the ends of blocks. */
const isCode = (line) => !/^\s*(\/\/|\/?\*|import\b|export (type )?\{|type\b|export type\b|[\])};,\s]*$)/.test(line)
const drawn = (place) => parseInt(createHash('sha256').update(`${values.seed} ${place}`).digest('hex').slice(0, 8), 16) / 2 ** 32

/** The lines of a file that are drawn, as `file:line-line`. */
function drawnLines(file) {
  const lines = fs.readFileSync(inProject(file), 'utf8').split('\n')
  return lines.flatMap((line, at) => (isCode(line) && drawn(`${file} ${line.trim()}`) * 100 < Number(values.share) ? [`${file}:${at + 1}-${at + 1}`] : []))
}

const sources = () => fs.readdirSync(inProject('shared'), { recursive: true }).map((name) => path.posix.join('shared', String(name)))
  .filter((name) => name.endsWith('.ts') && !SHAPES.has(name)).sort()

await ensureInstalled()
const places = positionals.length > 0 ? positionals : sources().flatMap(drawnLines)
console.log(`${places.length} ${positionals.length > 0 ? 'files' : `lines of shared/ (${values.share} %, seed ${values.seed})`}; some ten seconds a mutant`)
const stryker = inProject('node_modules/@stryker-mutator/core/bin/stryker.js')
const args = ['run', inProject('test/mutation/stryker.config.json'), '--mutate', places.join(',')]
const env = { AIR_SHARED: path.resolve(inProject('..'), 'shared'), ...process.env }
const child = spawn(process.execPath, [stryker, ...args], { cwd: inProject(), stdio: 'inherit', env })
child.on('close', (code) => { process.exitCode = code ?? 1 })
