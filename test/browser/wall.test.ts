import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { ensureWeb } from '../../server/boot/build.mjs'
import { builtWeb } from '../../server/built.ts'
import { HOUR } from '../../shared/time.ts'
import type { Alert } from '../../shared/situation.ts'
import { describeWithBrowser, launchBrowser } from '../setup/browser.ts'
import { cityCell, given, header } from '../web/fixture/air.ts'
import { event } from '../web/fixture/event.ts'
import { flooded, snapshot } from '../web/fixture/room.ts'
import { startMock, type Mock } from '../web/mock-server.ts'

const sizes = [[1920, 1080], [3840, 2160], [3840, 1080]] as const
const views = ['all', 'map', 'alerts', 'response'] as const
/** The other sizes scale what the first one lays out: of them the long run looks at every view, this one at the whole wall. */
const viewsOn = (size: (typeof sizes)[number]) => (size === sizes[0] || process.env['AIR_TEST_LONG'] === 'true' ? views : (['all'] as const))

/** Every text that is smaller than 1/68 of the screen's height, and everything that sticks out of it. */
function offences(): string[] {
  const smallest = window.innerHeight / 68 - 0.01
  const texts = [...document.querySelectorAll<HTMLElement | SVGTextElement>('.wall *')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '') && element.getClientRects().length > 0)
  const scale = (element: Element): number => {
    const text = element.closest('text')
    return text instanceof SVGTextElement ? (text.getScreenCTM()?.a ?? 1) : 1
  }
  const small = texts.filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) * scale(element) < smallest).map((element) => `small: ${element.textContent}`)
  const out = texts.map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.right > window.innerWidth + 6 || box.bottom > window.innerHeight + 6 || box.left < -6 || box.top < -6).map(({ element }) => `out: ${element.textContent}`)
  const raw = texts.filter((element) => /\b(mark|flag|standing|state|kind|wall|desk|quality)\.[a-z]|undefined|NaN|\{\w+\}/.test(element.textContent)).map((element) => `no word: ${element.textContent}`)
  const scrolls = document.documentElement.scrollHeight > window.innerHeight || document.documentElement.scrollWidth > window.innerWidth
  return [...small, ...out, ...raw, ...(scrolls ? ['scrolls'] : [])]
}

describeWithBrowser('the wall', () => {
  let browser: Browser
  let mock: Mock
  let page: Page
  const open = async (path = '/wall', [width, height]: readonly [number, number] = sizes[0]) => {
    await page.setViewportSize({ width, height })
    await page.goto(mock.url + path)
    await page.locator('[data-city="beijing"], [data-alert], [data-order]').first().waitFor()
  }
  beforeAll(async () => {
    await ensureWeb()
    browser = await launchBrowser()
  })
  afterAll(async () => { await browser.close() })
  beforeEach(async () => {
    mock = await startMock({ web: builtWeb, event, snapshot })
    page = await browser.newPage()
  })
  afterEach(async () => {
    await page.close()
    await mock.close()
  })

  test('of an event without measures says so, by each alert and where the response stands', async () => {
    await mock.close()
    mock = await startMock({ web: builtWeb, event: { ...event, measures: [] }, snapshot: { ...snapshot, room: { ...snapshot.room, orders: {}, levels: {} } } })
    await open()
    expect(await page.locator('[data-alert^="day-locked"]').innerText()).toContain('本活动没有预案措施')
    expect(await page.locator('.calm-word').allInnerTexts()).toEqual(['本活动没有预案措施'])
  })

  test('says in words what its colours say: which city, how bad, how much is left', async () => {
    await open()
    const row = (city: string) => page.locator(`[data-city="${city}"]`).innerText()
    expect(await row('baoding')).toMatch(/94[\s\S]*不可达/)
    expect(await row('langfang')).toMatch(/存疑[\s\S]*预计超标[\s\S]*≤ 98/)
    expect(await row('hengshui')).toMatch(/10 小时 4[5-9] 分前/)
    expect(await page.locator('[data-alert^="day-locked"]').innerText()).toMatch(/严重[\s\S]*日均值已不可达标[\s\S]*94[\s\S]*75[\s\S]*保定[\s\S]*未确认[\s\S]*水泥企业停产/)
    expect(await page.locator('[data-alarm="critical"]').textContent()).toContain('保定')
  })

  test('says the whole time that the data are simulated, and which limits are assumed', async () => {
    await open()
    expect(await page.locator('.band').innerText()).toContain('模拟数据')
    expect(await page.locator('header.bar').innerText()).toMatch(/日均 ≤ 75[\s\S]*暂定[\s\S]*小时 ≤ 100[\s\S]*暂定/)
  })

  test.each(sizes.flatMap((size) => ['zh', 'en'].flatMap((lang) => viewsOn(size).map((view) => ({ size, view, lang, wide: size.join(' × ') })))))(
    'on $wide in $lang the view $view has no scroll bar, nothing cut off, no text below 1/68 of its height', async ({ size, lang, view }) => {
      await open(`/wall?lang=${lang}&view=${view}`, size)
      expect(await page.evaluate(offences)).toEqual([])
    })

  test.each(['zh', 'en'].flatMap((lang) => views.filter((view) => view === 'all' || view === 'alerts').flatMap((view) => [[lang, view, false], [lang, view, true]] as const)))(
    'says whole who an alert went up to and for how long nobody has had it, in %s, view %s, flood %s', async (lang, view, flood) => {
      const base = flood ? flooded(event.stations.slice(0, 30).map(({ id }) => id)) : snapshot
      const up = Object.values(base.room.alerts).map((alert): [string, Alert] => [alert.id, {
        ...alert, state: 'unacknowledged', condition: 'unknown', askedAt: base.at - 24 * HOUR + 60_000, marks: ['assumed', 'suspect', 'revised'],
        escalated: [{ seat: 'department', to: [], at: base.at }],
      }])
      mock.know({ ...base, room: { ...base.room, alerts: Object.fromEntries(up) } })
      await open(`/wall?lang=${lang}&view=${view}`)
      const lines = await page.locator('.card .who').evaluateAll((all) => all.map((line) => ({ text: line.textContent, cut: line.scrollWidth > line.clientWidth })))
      expect(lines.length).toBeGreaterThan(3)
      for (const { text, cut } of lines) expect([/^(未确认 23 小时 5\d 分 · 已升级至部门负责人|unacknowledged 23 h 5\d min → department head)$/.test(text), cut], text).toEqual([true, false])
    })

  test('moves one thing: the sign of the alert that nobody has; and not even that where movement is unwelcome', async () => {
    mock.know(flooded(event.stations.slice(0, 30).map(({ id }) => id)))
    await open()
    await page.locator('.asks').waitFor({ state: 'attached' })
    const moving = () => page.evaluate(() => document.getAnimations().length)
    expect(await moving()).toBe(1)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await moving()).toBe(0)
  })

  test.each(['zh', 'en'])('loses nothing and needs no scroll bar in %s when all is calm, in a flood, without data, and on a day of drill', async (lang) => {
    const { air, room } = snapshot
    const empty = { ...room, alerts: {}, levels: {}, orders: {} }
    const drill = { ...air, header: { ...header, phase: { id: 'drill', day: 2, days: 5, drill: true }, durable: false, evaluating: true } }
    const flood = flooded(event.stations.slice(0, 60).map(({ id }) => id))
    for (const next of [{ ...snapshot, room: empty }, { ...snapshot, room: { ...room, alerts: {} } }, flood, { ...snapshot, air: {}, room: empty }, { ...snapshot, air: drill }]) {
      mock.know(next)
      await open(`/wall?lang=${lang}`)
      expect(await page.evaluate(offences)).toEqual([])
    }
  })

  test('has in its legends only what is on it', async () => {
    await open()
    const signs = () => page.locator('[data-sign]').evaluateAll((items) => items.map((item) => item.getAttribute('data-sign')))
    expect(await signs()).toEqual(['hollow', 'small', 'suspect', 'hatched', 'host', 'venue', 'alarm'])
    expect(await page.locator('.time .key').count()).toBe(2)
    mock.know({ ...snapshot, room: { ...snapshot.room, alerts: {}, orders: {} } })
    await open()
    expect(await signs()).toEqual(['hollow', 'small', 'suspect', 'host', 'venue'])
  })

  test('without alerts says so, or that it cannot know; never that there are none where there are no data', async () => {
    mock.know({ ...snapshot, room: { ...snapshot.room, alerts: {} } })
    await open()
    expect(await page.locator('.alerts').innerText()).toMatch(/目前无警报[\s\S]*保定 94 \/ 75/)
    mock.know({ ...snapshot, room: { ...snapshot.room, alerts: {} }, air: { header: { ...header, freshest: null } } })
    await open()
    expect(await page.locator('.alerts').innerText()).toMatch(/不能判断有无警报/)
  })

  test('says after five seconds without a word since when everything is stale, and is fresh again with the next', async () => {
    await open()
    await page.locator('.stale-band').waitFor({ state: 'detached' })
    const where = () => page.locator('.face').evaluate((face) => face.getBoundingClientRect().top)
    const before = await where()
    mock.beat(null)
    await page.locator('.stale-band').waitFor()
    expect(await where(), 'nothing jumps').toBe(before)
    // For how long is counted on.
    await page.locator('.stale-band', { hasText: /过期\s*([7-9]|[1-9]\d) 秒/ }).waitFor()
    const clock = await page.locator('time').innerText()
    expect(await page.locator('.stale-band').innerText()).toContain(clock)
    expect(await page.locator('.face').evaluate((face) => getComputedStyle(face).filter)).toContain('grayscale(1)')
    mock.beat(1000)
    await page.locator('.stale-band').waitFor({ state: 'detached' })
  })

  test('asks for a new snapshot when it has missed something, and shows that', async () => {
    await open()
    const better = { ...snapshot, airSeq: 30, air: { ...snapshot.air, 'city:baoding:PM2.5': cityCell({ ...given[3]!, mean: 61, standing: 'clear' }) } }
    mock.air(20, [cityCell({ ...given[3]!, mean: 333 })])
    mock.know(better)
    await page.waitForFunction(() => document.querySelector('[data-city="baoding"] .mean')?.textContent === '61')
    expect(mock.resyncs()).toBeGreaterThan(0)
  })

  test('follows an acknowledgement: the shape is hollow, the name of who has it is there, nothing else asks', async () => {
    await open()
    mock.facts(43, [{ seq: 43, id: 'a', at: snapshot.at, recorded: 0, actor: 'person:王', air: 'simulated', hash: '', kind: 'alert-acknowledged', alert: 'day-locked:baoding:PM2.5:2022-03-08', occurrence: 1, by: '王', note: null }])
    await page.waitForFunction(() => document.querySelector('[data-alert^="day-locked"]')?.textContent.includes('王'))
    expect(await page.locator('[data-alert^="day-locked"] .quiet').count()).toBe(1)
  })

  test('reloads itself when the server has another version of it', async () => {
    await open()
    await page.evaluate(() => { document.body.dataset['old'] = 'yes' })
    mock.build('another')
    await page.waitForFunction(() => document.body.dataset['old'] === undefined && document.querySelector('[data-city]') !== null)
  })

  test('says that it is not admitted, and opens by itself once it is', async () => {
    mock.refuse(true)
    await page.goto(`${mock.url}/wall`)
    await page.getByText('此屏幕未获准接入').waitFor()
    mock.refuse(false)
    await page.locator('[data-city="beijing"]').waitFor()
  })

  test.each([['zh', /^大屏令牌有误或已吊销[\s\S]*The screen's token is wrong/], ['en', /^The screen's token is wrong[\s\S]*大屏令牌有误或已吊销/]] as const)('opened with a wrong token says so in both languages, in %s first', async (lang, words) => {
    await page.goto(`${mock.url}/wall?lang=${lang}&screen=qkw_wrong`)
    await page.locator('.waiting h1').first().waitFor()
    expect(await page.locator('.waiting').innerText()).toMatch(words)
    expect(await page.locator('.face').count()).toBe(0)
  })

  test('asks nothing of any other machine', async () => {
    const strange: string[] = []
    page.on('request', (request) => { if (!request.url().startsWith(mock.url) && !request.url().startsWith('data:')) strange.push(request.url()) })
    await open()
    expect(strange).toEqual([])
  })
})
