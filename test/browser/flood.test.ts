import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from 'vitest'
import { loadOf } from '../../shared/load.ts'
import { raised } from '../desk/room.ts'
import { describeWithBrowser } from '../setup/browser.ts'
import { areaOf } from '../../web/desk/areas.ts'
import { event } from '../web/fixture/event.ts'
import { beforeEachTest, type Staff } from './staff.ts'

const load = { from: '2022-03-07T20:00:00+08:00', to: '2022-03-08T20:00:00+08:00', stale: [], ...loadOf([], { from: 0, now: 0 }), lastTenMinutes: 14, flood: { now: true, count: 1, share: 0.02 } }

describeWithBrowser('a flood of alerts at the desk', () => {
  let page: Staff['page']
  let stage: Staff['stage']
  beforeEachTest((opened) => { ({ page, stage } = opened) }, { load })

  test('stands under one row for each city and rule, with its number; opened it has them all, and the one in hand is always seen', async () => {
    const cities = event.stations.map(({ id }) => areaOf(id, event))
    const city = cities.find((each) => cities.filter((other) => other === each).length > 2)
    const stations = event.stations.filter(({ id }) => areaOf(id, event) === city).slice(0, 4)
    expect(stations.length).toBeGreaterThan(2)
    await page.goto(`${stage.url}/desk`)
    await page.locator('.acknowledge .main:enabled').waitFor()
    stage.happened(...stations.map(({ id }) => raised({ alert: `silent:${id}:PM2.5:x`, alertKind: 'silent', place: id, severity: 'notice', value: null, limit: null, assumed: false, reason: { code: 'silent', minutes: 20 } })))
    const group = page.locator('.group', { hasText: '数据中断' })
    await group.waitFor()
    await page.locator('.load.flood', { hasText: '警报泛滥：10 分钟内 14 条' }).waitFor()
    expect([await group.locator('.count').innerText(), await group.getAttribute('aria-expanded'), await page.locator('.members .alert').count()]).toEqual([String(stations.length), 'false', 0])
    await group.click()
    expect(await page.locator('.members .alert').count()).toBe(stations.length)
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([])
    await page.locator('.members .alert').nth(1).click()
    await group.click()
    expect(await page.locator('.members .alert[aria-current=true]').isVisible()).toBe(true)
  })
})
