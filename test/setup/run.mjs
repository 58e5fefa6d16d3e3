// npm test: everything CI runs, in stages, on a bare clone with only Node and npm.
//   --long   the tests that take minutes, too
// AIR_SHARED names the recorded data (../shared by default), CHROMIUM the browser. With CI=true both are
// required and, as root, what is missing is installed; elsewhere what needs them is skipped and says why.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { ensureInstalled } from '../../server/boot/install.mjs'
import { inProject } from '../../server/boot/say.mjs'
import { prepareMachine } from './machine.mjs'

const long = process.argv.includes('--long')
const results = inProject('.build/test')
const bin = (name) => inProject('node_modules', ...name.split('/'))

/** A vitest run whose figures are counted; `name` also names its result file. */
const vitest = (title, name, { args, env }) => ({
  title, env: { AIR_TEST_LONG: String(long), ...env }, counts: `${results}/${name}.json`,
  command: [bin('vitest/vitest.mjs'), 'run', ...args, '--reporter=default', `--reporter=${inProject('test/setup/second-tries.mjs')}`, '--reporter=json', `--outputFile.json=${results}/${name}.json`],
})

const CODE = ['--project', 'domain', '--project', 'parts', '--project', 'code']
/** The domain by another machine's civil time; in the long run all of it. */
const elsewhere = (zone, name) => vitest(`${long ? 'the same' : 'the domain'} in ${zone}`, name, { args: long ? CODE : ['--project', 'domain'], env: { TZ: zone } })

/** Group after group; the stages of one group run side by side, each on one core. */
const stages = [[
  { title: 'types', command: [bin('vue-tsc/bin/vue-tsc.js'), '--build'] },
  { title: 'lint', command: [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0', '--cache', '--cache-location', inProject('.build/eslint')] },
], [
  // A machine that keeps another time than any event here: what asks it where it should ask the event is found.
  vitest('architecture, unit, contract, path', 'code', { args: CODE, env: { TZ: 'America/New_York' } }),
], [
  elsewhere('Asia/Shanghai', 'shanghai'),
  // Half an hour of summer time, which ends and begins at other ends of the year.
  elsewhere('Australia/Lord_Howe', 'lord-howe'),
], [
  vitest('browser', 'browser', { args: ['--project', 'browser'], env: {} }),
], !long ? [] : [
  // The same on a machine that seems several times slower, before a room that answers late.
  vitest('browser, slowly', 'browser-slowly', { args: ['--project', 'browser'], env: { AIR_TEST_LONG: 'false', AIR_TEST_SLOW: '4' } }),
]].filter((group) => group.length > 0)

function run({ command, env }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: inProject(), stdio: ['ignore', 1, 2], env: { ...process.env, ...env } })
    child.on('close', (code) => { resolve(code ?? 1) })
  })
}

/** What a stage adds to the closing line. One that broke without saying how counts as one failure. */
function tally(stage, code) {
  const said = stage.counts !== undefined && fs.existsSync(stage.counts) ? JSON.parse(fs.readFileSync(stage.counts, 'utf8')) : null
  const passed = said?.numPassedTests ?? 0
  const skipped = (said?.numPendingTests ?? 0) + (said?.numTodoTests ?? 0)
  const failed = said?.numFailedTests ?? 0
  return { passed, skipped, failed: code !== 0 && failed === 0 ? 1 : failed }
}

async function all() {
  fs.rmSync(results, { recursive: true, force: true })
  fs.mkdirSync(results, { recursive: true })
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const [number, group] of stages.entries()) {
    console.log(`\n── ${number + 1}/${stages.length} ${group.map(({ title }) => title).join(', and ')}`)
    for (const found of await Promise.all(group.map(one))) for (const key of Object.keys(total)) total[key] += found[key]
  }
  return total
}

async function one(stage) {
  const begun = Date.now()
  const code = await run(stage)
  console.log(`── ${stage.title}: ${code === 0 ? 'ok' : 'FAILED'}, ${Math.round((Date.now() - begun) / 1000)} s`)
  return tally(stage, code)
}

try {
  await ensureInstalled()
  await prepareMachine()
} catch (error) {
  console.error(error.expected ? error.message : error)
  console.log('\n0 passed, 1 failed, 0 skipped')
  process.exit(1)
}
const { passed, failed, skipped } = await all()
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = failed === 0 ? 0 : 1
