import { expect, test } from 'vitest'
import { describeWithBrowser } from '../setup/browser.ts'
import { event } from '../web/fixture/event.ts'
import { beforeEachTest, tickAll, type Staff } from './staff.ts'

const script = (of: string): string => `${of}<img src=x onerror="document.title='struck'"><script>document.title='struck'</script>`
const poisoned = { ...event, stations: event.stations.map((station) => (station.id === '2203A' ? { ...station, name: script('太子城') } : station)) }
const silent = 'silent:2203A:PM2.5:2022-03-08T1948'
const FIVE_MINUTES = 300_000

describeWithBrowser('what a screen does not trust', () => {
  let page: Staff['page']
  let stage: Staff['stage']
  beforeEachTest((opened) => { ({ page, stage } = opened) }, { event: poisoned })

  /** That text with script in it stands there as text, and that none of it ran. */
  const asText = async (where: string, words: string): Promise<void> => {
    await page.locator(where, { hasText: `${words}<img src=x` }).first().waitFor()
    expect([where, await page.title(), await page.locator('img, main script').count()]).toEqual([where, expect.not.stringContaining('struck') as string, 0])
  }

  test('script in a station\'s name, in a note, a diagnosis and a reason is text on the desk, in the journal, on the sheet of a shift, printed too, and on the wall', async () => {
    const asked = { by: script('李娜'), role: 'leader' as const, key: null, ifMatch: null, alert: silent }
    await stage.desk.comment({ ...asked, text: script('便条') })
    await stage.desk.handle({ ...asked, step: { is: 'diagnosis', cause: script('断电'), unit: script('运维') } })
    await stage.desk.shelve({ ...asked, until: Date.parse('2022-03-08T22:00:00+08:00'), reason: script('检修') })
    await page.goto(`${stage.url}/desk`)
    await page.locator('.choice button', { hasText: '搁置' }).click()
    await page.locator('.alert', { hasText: '太子城' }).click()
    for (const [where, words] of [['.alert', '太子城'], ['.hand h2', '太子城'], ['.notes li', '便条'], ['.handling li', '断电'], ['.signs li', '检修'], ['.history q', '断电']] as const) await asText(where, words)
    await page.locator('.top .faces button').first().click()
    for (const words of ['太子城', '便条', '检修']) await asText('dialog.journal li', words)
    await page.goto(`${stage.url}/handover`)
    await asText('.rows dd', '提示 太子城')
    await tickAll(page)
    await page.locator('.sign textarea').fill(script('交接'))
    await page.locator('.sign .main').click()
    await asText('.note', '交接')
    await page.emulateMedia({ media: 'print' })
    await asText('.note', '交接')
    await page.emulateMedia({ media: 'screen' })
    await page.goto(`${stage.url}/wall?view=alerts`)
    await asText('.wall', '太子城')
  })

  test('its own machine\'s clock, five minutes off: times and ages on the desk and on the wall are the server\'s, which is told of the difference', async () => {
    await page.addInitScript((off) => {
      const Real = Date
      window.Date = class extends Real {
        constructor(...given: unknown[]) { super(...(given.length === 0 ? [Real.now() + off] : given) as []) }
        static override now(): number { return Real.now() + off }
      } as DateConstructor
    }, FIVE_MINUTES)
    const told: number[] = []
    stage.io.on('connection', (socket) => { socket.on('here', ({ clock }) => { told.push(clock - Date.now()) }) })
    await page.goto(`${stage.url}/desk`)
    await page.locator('.acknowledge .main:enabled').waitFor()
    expect(await page.locator('.clock time').innerText()).toMatch(/^20:2[56]:/)
    expect(await page.locator('.alert').first().innerText()).toMatch(/未确认 [23] 分钟/)
    await page.keyboard.press('a')
    await page.locator('.toast', { hasText: /已确认：保定市 日均值已不可达标 今天（李娜，20:2[56]）/ }).waitFor()
    await expect.poll(() => told.length).toBeGreaterThan(0)
    expect(Math.abs((told[0] ?? 0) - FIVE_MINUTES)).toBeLessThan(5_000)
    await page.goto(`${stage.url}/wall`)
    await page.locator('[data-alert^="day-projected:langfang"]').waitFor()
    expect(await page.locator('[data-alert^="day-projected:langfang"]').innerText()).toMatch(/未确认 [67] 分钟/)
    expect(await page.locator('time').first().innerText()).toMatch(/^20:2[56]:/)
    expect(await page.locator('.stale-band').count()).toBe(0)
  })
})
