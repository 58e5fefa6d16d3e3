import { expect, test } from 'vitest'
import { describeWithBrowser } from '../setup/browser.ts'
import { beforeEachTest, type Staff } from './staff.ts'

const title = { zh: '【严重】保定市 日均值已不可达标', en: '[critical] Baoding Day out of reach, unacknowledged for a quarter of an hour' }
const tellings = {
  channels: [], queued: 0, failed: 0,
  messages: [{ id: 'm1', channel: 'group', what: 'raised', alert: 'a', drill: false, title, to: [], created: 1, attempts: 4, settled: 2, state: 'failed', reason: 'cannot be reached (UND_ERR_SOCKET)' }],
}
const screens = { screens: [{ kind: 'screen', name: 'wall-in-the-large-hall', face: 'wall', view: 'alerts', alive: true, behind: 0, skewSeconds: 0, sound: 'none' }] }
const duty = { at: '2022-03-08T20:00:00+08:00', rostered: false, people: [], shifts: [], next: null }

describeWithBrowser('in a narrow window', () => {
  let staff: Staff
  beforeEachTest((opened) => { staff = opened }, { duty, tellings, screens })

  test.each([1920, 390])('of %i pixels no head of a table and no name of a channel is broken within a word', async (width) => {
    const { page } = staff
    await page.goto(`${staff.stage.url}/desk?lang=en`)
    await page.locator('.acknowledge .main:enabled').waitFor()
    await page.getByRole('button', { name: 'Duty' }).click()
    await page.locator('dialog.duty td', { hasText: 'wall-in-the-large-hall' }).waitFor()
    await page.setViewportSize({ width, height: 844 })
    const lines = await page.locator('dialog.duty').locator('th, .channel').evaluateAll((all) => all.map((cell) => {
      const range = document.createRange()
      range.selectNodeContents(cell)
      return [cell.textContent, new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom))).size]
    }))
    expect(lines.length).toBe(8)
    expect(lines.filter(([, count]) => count !== 1)).toEqual([])
    expect(await page.locator('dialog.duty').evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0)
  })

  test.each([['zh', '记录'], ['en', 'Journal']])('all kinds of the journal are to be seen, in %s', async (lang, name) => {
    const { page } = staff
    await page.goto(`${staff.stage.url}/desk?lang=${lang}`)
    await page.locator('.acknowledge .main:enabled').waitFor()
    await page.getByRole('button', { name, exact: true }).click()
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await page.locator('dialog.journal .choice').evaluate((choice) => choice.scrollWidth - choice.clientWidth)).toBe(0)
  })
})
