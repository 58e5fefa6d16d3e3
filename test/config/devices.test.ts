import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { project } from '../../server/built.ts'
import { loadEvent, printed } from '../../server/config.ts'
import { folder } from './folder.ts'

const hj212 = 'id: towers, kind: hj212, interval: PT5M, units: standard, passwordEnv: PW'
const problemsOf = async (...sources: string[]): Promise<string[]> => {
  const loaded = await loadEvent(await folder({ 'sources.yaml': `sources:\n${sources.map((source) => `  - { ${source} }\n`).join('')}` }))
  return loaded.ok ? [] : loaded.problems.map(printed)
}

test('a source of devices that is right has no problem', async () => {
  expect(await problemsOf(`${hj212}, devices: [{ mn: A1, station: M1, lenient: [modbus] }]`)).toEqual([])
})

test.each([
  ['a device of a station that is not there', [`${hj212}, devices: [{ mn: A1, station: M2 }]`], 'M2'],
  ['a device of another source\'s station', [`${hj212}, stations: [M1], devices: [{ mn: A1, station: 1003A }]`], 'station 1003A is none of this source\'s stations'],
  ['a number that two devices have', [`${hj212}, devices: [{ mn: A1, station: M1 }, { mn: A1, station: 1003A }]`], 'sources[0].devices[1].mn: "A1" is already the number of a device'],
  ['a number that is another station\'s alias', [`${hj212}, devices: [{ mn: Dongsi, station: M1 }]`], '"Dongsi" is already the number of a device'],
  ['a unit of another kind', [`${hj212}, unitOf: { pressure: ng/m3 }`], 'pressure comes in kPa, hPa, not in ng/m3'],
  ['a unit of what has one only', [`${hj212}, unitOf: { humidity: ng/m3 }`], 'humidity has one unit only'],
  ['a fault that nobody knows', [`${hj212}, lenient: [anything]`], 'lenient'],
  ['a password in the file', [hj212.replace('passwordEnv: PW', 'passwordEnv: "123456"')], 'expected the name of an environment variable'],
  ['no word of units', [hj212.replace('units: standard, ', '')], 'units'],
  ['a kind that nobody knows', ['id: a, kind: pigeon, interval: PT1H'], 'kind'],
])('%s is told with its place', async (_, sources, wanted) => {
  expect((await problemsOf(...sources)).join('\n')).toContain(wanted)
})

test('the ways in that the README shows are right', async () => {
  const readme = readFileSync(path.join(project, 'README.md'), 'utf8')
  const shown = /```yaml\n( {2}sources:\n[\s\S]*?)```/.exec(readme)?.[1] ?? ''
  expect(shown.length).toBeGreaterThan(500)
  const loaded = await loadEvent(await folder({ 'sources.yaml': shown.replaceAll('1001A', 'M1').replace(/^ {2}/gm, '') }))
  expect(loaded.ok ? [] : loaded.problems.map(printed)).toEqual([])
})
