// npm run test:store -- influx2|influx1|sqlite|memory: the contract of the readings store on one implementation. For influx2 a
// server that is already there is named by INFLUX_URL, INFLUX_TOKEN and INFLUX_ORG; buckets of its own are made in it.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { ensureInstalled } from '../../server/boot/install.mjs'
import { inProject } from '../../server/boot/say.mjs'
import { prepareMachine } from './machine.mjs'

const stores = ['influx2', 'influx1', 'sqlite', 'memory']
const [store = ''] = process.argv.slice(2)
const lacking = store === 'influx2' ? ['INFLUX_URL', 'INFLUX_TOKEN', 'INFLUX_ORG'].filter((name) => (process.env[name] ?? '') === '') : []

if (!stores.includes(store) || lacking.length > 0) {
  console.error(lacking.length > 0 ? `influx2 needs ${lacking.join(', ')}: a server that is there` : `expected one of ${stores.join(', ')}, not "${store}"`)
  process.exitCode = 2
} else {
  await ensureInstalled()
  if (store === 'influx1') await prepareMachine()
  const file = `test/readings/${store}.test.ts`
  if (!fs.existsSync(inProject(file))) throw new Error(`no ${file}`)
  const child = spawn(process.execPath, [inProject('node_modules/vitest/vitest.mjs'), 'run', '--project', 'code', file], { cwd: inProject(), stdio: 'inherit' })
  child.on('close', (code) => { process.exitCode = code ?? 1 })
}
