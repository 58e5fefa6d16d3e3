import { AxeBuilder } from '@axe-core/playwright'
import path from 'node:path'
import { expect, test } from 'vitest'
import { project } from '../../server/built.ts'
import { loadEvent } from '../../server/config.ts'
import { calendarOfEvent } from '../../server/main/calendar.ts'
import { describeWithBrowser } from '../setup/browser.ts'
import { snapshot } from '../web/fixture/room.ts'
import { beforeEachTest, type Staff } from './staff.ts'

const loaded = await loadEvent(path.join(project, 'config/beijing-2022'))
if (!loaded.ok) throw new Error('config/beijing-2022 is wrong')
const calendar = calendarOfEvent(loaded.config, snapshot.at)

describeWithBrowser('the calendar', () => {
  let page: Staff['page']
  let stage: Staff['stage']
  beforeEachTest((opened) => { ({ page, stage } = opened) }, { calendar })
  const row = (day: string) => page.locator('tbody tr', { has: page.locator('th', { hasText: day }) })

  test('is reached from the desk, shows every day, and stands at today', async () => {
    await page.goto(`${stage.url}/desk`)
    await page.locator('.faces a', { hasText: '日历' }).click()
    await page.locator('tr.today').waitFor()
    expect(await page.locator('tbody tr').count()).toBe(calendar.days.length)
    expect(await page.locator('tr.today').innerText()).toContain('2022-03-08 周二 今天')
    expect(await page.locator('tr.today').isVisible()).toBe(true)
    expect(await page.locator('.next').innerText()).toContain('2022-03-13')
  })

  test('says of a day what holds, where, why, and what it is worth, in both languages', async () => {
    await page.goto(`${stage.url}/calendar`)
    expect((await row('2022-02-04').innerText()).replace(/\s+/g, ' ')).toMatch(/正月初四 .*冬奥会开幕式 20:00–22:30 PM2\.5 日均值 ≤ 75 µg\/m³ 暂定 ?.*阶段 PM2\.5 小时均值 ≤ 75 µg\/m³ 暂定 ?.*关键日/)
    expect(await row('2022-02-01').innerText()).toContain('01-31 18:00–06:00')
    expect(await row('2022-01-05').innerText()).toContain('演练')
    await page.locator('button', { hasText: 'EN' }).click()
    expect(await row('2022-02-04').innerText()).toContain('Winter Games opening ceremony')
    const words = await page.locator('main').innerText()
    expect(words).not.toMatch(/\b(calendar|mark|unit|average|pollutant)\.[a-z]/)
    expect(words).not.toMatch(/undefined|NaN|\{\w+\}/)
  })

  test('gives axe nothing to say, and tells why it has nothing to show', async () => {
    await page.goto(`${stage.url}/calendar`)
    await page.waitForSelector('tbody tr')
    const found = await new AxeBuilder({ page }).analyze()
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html.slice(0, 120))])).toEqual([])
    await page.route('**/api/calendar', (route) => route.abort())
    await page.goto(`${stage.url}/calendar`)
    await page.locator('.next', { hasText: '连不上服务器' }).waitFor()
  })
})
