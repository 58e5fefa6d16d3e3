import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { WaysBody } from '../../shared/ways.ts'
import { describeWithBrowser } from '../setup/browser.ts'
import { beforeEachTest, type Staff } from './staff.ts'

const at = '2022-03-08T20:00:00+08:00'
const way = { stations: 101, deliveries: 9, accepted: 900, unchanged: 30, revised: 2, rejected: {}, withheld: 0, lastAt: at }
const device = { source: 'towers', frames: 9, readings: 18, failed: 0, heardAt: at }
const ways: WaysBody = {
  at, sources: [{ ...way, id: 'towers', kind: 'hj212', rejected: { 'future-time': 4, 'bad-value': 1 } }, { ...way, id: 'city-feed', kind: 'pull', lastAt: null }],
  hj212: {
    port: 9212, connections: 2, registered: 101, frames: 18, readings: 36, withheld: 0, failures: { checksum: 3, 'unknown-device': 7 }, unkept: 0, unknownMore: 0,
    unknown: [{ mn: 'X-77', count: 7, at, reason: 'unknown-device' }],
    devices: [{ ...device, mn: 'A1', station: '1051A', skewSeconds: 2, connected: true }, { ...device, mn: 'A2', station: '2203A', skewSeconds: -400, connected: false }],
  },
  feeds: [{ id: 'city-feed', kind: 'pull', trouble: '503 busy', since: at, reached: at, absent: ['1051A'], figures: { asked: 12, failures: 4 } }],
  shipping: { to: 'influx2 http://influxdb:8086 city/air', owed: 1200, waitedSeconds: 190, failing: null, setAside: 0, shipped: 5 },
  canary: { at, failing: null },
}

describeWithBrowser('the sources of data at the desk', () => {
  let page: Page
  let url = ''
  beforeEachTest((staff: Staff) => { ({ page } = staff); ({ url } = staff.stage) }, { ways })

  const open = async (language: 'zh' | 'en'): Promise<void> => {
    await page.goto(`${url}/desk?lang=${language}`)
    // The bar is still being filled until the desk knows who is signed in, and moves until its type is there.
    await page.locator('.acknowledge .main:enabled').waitFor()
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    await page.waitForTimeout(300)
    await page.getByRole('button', { name: language === 'zh' ? '数据来源 2' : 'Sources 2' }).click()
  }

  test('say what came and what was refused, which feed is in trouble since when, who is not known, and what waits', async () => {
    await open('zh')
    const text = (await page.locator('dialog[open]').innerText()).replaceAll(/\s+/g, ' ')
    for (const said of ['towers HJ 212 101 20:00 900 / 30 / 2 5 0', '时间在未来 4 · 数值有误 1', '自 20:00 起异常: 503 busy', '连续失败 4', '最近一次应答中没有：游泳馆', '端口 9212 · 连接 2 · 登记 101 · 已上线 2', '未登记 7', '校验不符 3', 'X-77 7 次，20:00，未登记', '待写入 1200 条', '最久已等 3 分钟', '自检读数 20:00 走完全程']) {
      expect(text).toContain(said)
    }
    expect(await page.locator('dialog[open] tbody tr:has(td:text-is("A2"))').innerText()).toMatch(/太子城.*−6 分钟.*断开/s)
  })

  test('break no rule of accessibility, in either language', async () => {
    for (const language of ['zh', 'en'] as const) {
      await open(language)
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    }
  })
})
