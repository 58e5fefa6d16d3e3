import path from 'node:path'
import { expect, test } from 'vitest'
import { playedHouse } from '../../server/commands/report.ts'
import { loadEvent } from '../../server/config.ts'
import { record } from '../../server/main/replay.ts'
import { project } from '../../server/built.ts'
import { describeWithShared, sharedFile } from '../setup/shared.ts'
import { remarked } from './remarked.ts'

describeWithShared('the winter of 2016 to 2017, hour by hour', () => {
  test('is doubted by each rule in a small share of its hours: a changed rule shows here', async () => {
    const loaded = await loadEvent(path.join(project, 'test/events/winter-2017'))
    if (!loaded.ok) throw new Error('the event of the winter is wrong')
    const recorded = await record(loaded.config, { files: [sharedFile('data/uci-beijing/winter-2016-2017.csv.gz')], layout: 'uci-beijing' })
    if (!recorded.ok) throw new Error(recorded.lines.join('\n'))
    const house = await playedHouse(loaded.config, recorded.recording)
    const said = remarked(house)
    const hours = recorded.recording.readings.filter(({ pollutant, value }) => (pollutant === 'PM2.5' || pollutant === 'PM10') && value !== null).length
    expect(hours).toBe(38_949)
    expect(said).toEqual({ neighbours: 854, 'slight-inversion': 244, confirmed: 210, step: 149, stuck: 86, spike: 78, ratio: 72, inversion: 62, 'low-variance': 43 })
    // Of 1,436 stations of the national network 0.65 to 5.68 % were outliers, by pollutant (Wu et al. 2018).
    const notes = ['slight-inversion', 'confirmed']
    const doubts = Object.entries(said).reduce((sum, [code, count]) => sum + (notes.includes(code) ? 0 : count), 0)
    expect((100 * doubts) / hours).toBeCloseTo(3.45, 2)
  })
})
