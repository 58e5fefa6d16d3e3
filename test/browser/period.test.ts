import { expect, test } from 'vitest'
import { raised } from '../desk/room.ts'
import { describeWithBrowser } from '../setup/browser.ts'
import { beforeEachTest, openDesk, type Staff } from './staff.ts'

const at = (civil: string): number => Date.parse(`${civil}:00+08:00`)
const baoding = (day: string) => raised({
  alert: `day-exceeded:baoding:PM2.5:${day}`, alertKind: 'day-exceeded', place: 'baoding', value: 145,
  period: { start: at(`${day}T00:00`), end: at(`${day}T24:00`) },
})
const hour = (name: string) => raised({
  alert: `hour-exceeded:beijing:PM2.5:${name}`, alertKind: 'hour-exceeded', value: 110, limit: 75, severity: 'critical',
  period: { start: at(`${name}:00`), end: at(`${name}:00`) + 3_600_000 },
})

describeWithBrowser('alerts of one rule and place', () => {
  let page: Staff['page']
  let stage: Staff['stage']
  beforeEachTest((opened) => { ({ page, stage } = opened) })
  const texts = async (of: string, has: string): Promise<string[]> =>
    (await page.locator(of, { hasText: has }).allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim())

  test('say in each row which day or hour they are about: in the list, the journal and the sheet that is signed and printed', async () => {
    await openDesk({ page, stage })
    stage.happened(baoding('2022-03-06'), baoding('2022-03-07'), hour('2022-03-07T20'), hour('2022-03-08T19'))
    await page.locator('.alert', { hasText: '北京市 小时均值超标' }).first().waitFor()
    expect((await texts('.alert .first', '保定市 日均值超标')).sort()).toEqual(['保定市 日均值超标 03-06', '保定市 日均值超标 03-07'])
    expect((await texts('.alert .first', '北京市 小时均值超标')).sort()).toEqual(['北京市 小时均值超标 03-07 20 时', '北京市 小时均值超标 今天 19 时'])
    expect(await texts('.alert .first', '数据中断')).toEqual([expect.stringContaining('19:48 起')])
    const heights = await page.locator('.alert .first').evaluateAll((rows) => rows.map((row) => Math.round(row.getBoundingClientRect().height)))
    expect(new Set(heights).size, 'no row is higher for it').toBe(1)
    await page.getByRole('button', { name: '记录', exact: true }).click()
    await page.locator('.journal li b', { hasText: '保定市 日均值超标 03-0' }).first().waitFor()
    expect(await texts('.journal li b', '保定市 日均值超标 03-0')).toHaveLength(2)
    await page.goto(`${stage.url}/handover`)
    // On paper the day is named always: whoever reads it does so later.
    await page.locator('.pick', { hasText: '北京市 小时均值超标 03-08 19 时' }).waitFor()
    expect((await texts('.rows li', '保定市 日均值超标')).map((line) => /03-\d\d/.exec(line)?.[0]).sort()).toEqual(['03-06', '03-07'])
  })
})
