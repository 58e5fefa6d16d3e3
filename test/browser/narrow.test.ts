import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from 'vitest'
import { evaluationOf } from '../../shared/evaluation.ts'
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

  test.each(['zh', 'en'])('of a phone the evaluation of an exercise is no wider than the window, and its tables can be moved by key, in %s', async (lang) => {
    const { page } = staff
    const id = '20220204T201200'
    const at = (n: number) => ({ seq: n + 1, id: `f${n}`, at: 1_643_976_720_000 + n * 60_000, recorded: n * 60_000, actor: 'system', air: 'exercise' as const, hash: '' })
    const of = { order: 'o1', by: 'leader', drill: false }
    const evaluation = evaluationOf({
      facts: [
        { ...at(0), kind: 'exercise-begun', script: 'evening', by: 'leader', speed: 30 }, { ...at(1), kind: 'order-issued', ...of, start: 's', measure: 'M-01', area: 'beijing', level: 'III', due: 0 },
        { ...at(2), kind: 'order-moved', order: 'o1', step: 'lifted', by: 'leader', note: null },
      ],
      aims: { acknowledge: 120_000, order: 300_000, verify: 900_000 }, measures: [{ id: 'M-01', lead: { zh: '北京市住房和城乡建设委员会', en: 'Municipal Commission of Housing and Urban-Rural Development' } }], now: 3_600_000,
    })
    await page.route(/\/api\/exercises$/, (route) => route.fulfill({ json: { running: null, past: [], scripts: [] } }))
    await page.route(/\/api\/exercises\/.*\/evaluation$/, (route) => route.fulfill({ json: evaluation }))
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${staff.stage.url}/evaluation?exercise=${id}&lang=${lang}`)
    await page.getByText(lang === 'zh' ? '已解除' : 'lifted').first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html ?? ''}`)).toEqual([])
  })
})
