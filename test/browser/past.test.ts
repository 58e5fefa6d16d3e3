import { expect, test } from 'vitest'
import { describeWithBrowser } from '../setup/browser.ts'
import { beforeEachTest, type Staff } from './staff.ts'

const baoding = 'day-locked:baoding:PM2.5:2022-03-08'
const then = 'at=2022-03-08T20:25:41%2B08:00'

describeWithBrowser('a past moment at the desk', () => {
  let page: Staff['page']
  let stage: Staff['stage']
  beforeEachTest((opened) => { ({ page, stage } = opened) })
  const acknowledged = () => stage.desk.acknowledge({ by: '王芳', role: 'duty', key: null, ifMatch: null, alert: baoding, occurrence: 1, note: '事后才写' })

  test('shows what was known then and nothing that came later, says so on its face, and leads back to now', async () => {
    await acknowledged()
    const asked: string[] = []
    page.on('request', (request) => { asked.push(request.url()) })
    await page.goto(`${stage.url}/desk?${then}`)
    await page.locator('.hand h2', { hasText: '保定市' }).waitFor()
    await page.locator('.history li').first().waitFor()
    expect(await page.locator('.band.kind').innerText()).toContain('回看 2022-03-08 20:25 · 并非当前')
    expect(await page.locator('.alert').first().innerText()).toContain('未确认 2 分钟')
    expect(await page.locator('.history').innerText()).not.toContain('王芳')
    expect(asked.filter((url) => url.includes('/api/series')).map((url) => new URL(url).searchParams.get('asKnownAt'))).toEqual(['2022-03-08T12:25:41.000Z'])
    await page.locator('.choice button', { hasText: '近 7 天全部' }).click()
    expect(await page.locator('.alert').first().innerText()).toContain('未确认 2 分钟')
    // Nothing sounds or calls, and what is only ever told of now stands nowhere beside it.
    expect([await page.locator('.sound, button.load').count(), await page.evaluate(() => document.getAnimations().length)]).toEqual([0, 0])
    expect(asked.some((url) => url.includes('/socket.io'))).toBe(false)
    expect(await page.locator('.faces a').first().getAttribute('href')).toBe('/wall?at=2022-03-08T20:25:41%2B08:00')
    await page.locator('.back').click()
    await page.locator('.alert.acknowledged', { hasText: '保定市' }).waitFor()
    expect(new URL(page.url()).search).toBe('')
    // Now something asks again, by one thing that moves; and all the while no other machine was asked for anything.
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(1)
    expect(asked.filter((url) => !url.startsWith(stage.url) && !url.startsWith('data:'))).toEqual([])
  })

  test('takes no command, by no key and no button, and signs no shift', async () => {
    stage.be({ name: '陈主任', role: 'leader' })
    await page.goto(`${stage.url}/desk?${then}`)
    await page.locator('.hand h2', { hasText: '保定市' }).waitFor()
    for (const key of ['a', 's', 'l', 'r']) await page.keyboard.press(key)
    await page.locator('.toast', { hasText: '回看中，不能操作' }).first().waitFor()
    expect(await page.locator('dialog[open]').count()).toBe(0)
    const live = page.locator('.hand .button:enabled, .order .button:enabled, .columns > :nth-child(3) header .button:enabled')
    expect(await live.allInnerTexts()).toEqual([])
    await page.goto(`${stage.url}/handover?${then}`)
    await page.locator('.sign .foot', { hasText: '回看中，不能操作' }).waitFor()
    expect([await page.locator('.sign .main').isDisabled(), await page.locator('.mark').first().innerText()]).toEqual([true, '回看 2022-03-08 20:25 · 并非当前'])
    expect(stage.seen).toEqual([])
  })

  const REFUSED = [
    ['2030-01-01T00:00:00%2B08:00', /这一时刻尚未到来（现在 2022-03-08 20:2\d）/, /That moment is still to come \(it is 2022-03-08 20:2\d\)/],
    ['2021-01-01T00:00:00%2B08:00', /早于记录的开始（最早 2022-03-01 00:00）/, /Before the records begin \(first: 2022-03-01 00:00\)/],
    ['garbage', /地址中的时刻无法识别，应写作 2022-03-08T20:00:00%2B08:00/, /the address names no moment; write it as 2022-03-08T20:00:00%2B08:00/],
  ] as const
  test.each(REFUSED)('that cannot be looked at (%s) is refused in words of the face, at the desk and on the wall; nothing is waited for', async (at, zh, en) => {
    for (const [language, words] of [['zh', zh], ['en', en]] as const) {
      await page.goto(`${stage.url}/desk?at=${at}&lang=${language}`)
      await page.locator('.band', { hasText: words }).waitFor()
      await page.locator('.empty', { hasText: language === 'zh' ? '没有可以显示的内容' : 'There is nothing to show' }).waitFor()
      expect([await page.locator('.alert').count(), await page.locator('.columns').count()]).toEqual([0, 0])
      await page.goto(`${stage.url}/wall?at=${at}&lang=${language}`)
      await page.locator('.waiting p', { hasText: words }).waitFor()
    }
  })
})
