import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from 'vitest'
import { reportHtml } from '../../server/reports/html.ts'
import { summary, told } from '../reports/fixture.ts'
import { describeWithBrowser } from '../setup/browser.ts'
import { snapshot } from '../web/fixture/room.ts'
import { beforeEachTest, type Staff } from './staff.ts'

const report = reportHtml({ summary: summary(), event: told, at: snapshot.at })

describeWithBrowser('the faces of the staff', () => {
  let page: Staff['page']
  let stage: Staff['stage']
  beforeEachTest((opened) => { ({ page, stage } = opened) }, { report })

  const desk = async (address = '/desk'): Promise<void> => {
    await page.goto(`${stage.url}${address}`)
    await page.waitForSelector('.alert')
  }
  const toast = (text: RegExp) => page.locator('.toast', { hasText: text }).waitFor()

  test('shows that its sound is off, and all its keys', async () => {
    await desk()
    const button = page.locator('.sound button').first()
    if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click()
    await page.locator('.sound button[aria-pressed=true]').waitFor()
    await button.click()
    await page.locator('.sound.off', { hasText: '声音关闭' }).waitFor()
    await page.keyboard.press('?')
    expect(await page.locator('dialog[open] dt').count()).toBe(9)
    await page.keyboard.press('Escape')
    expect(await page.locator('dialog[open]').count()).toBe(0)
  })

  test('says the whole time that the air is simulated', async () => {
    await desk('/desk?lang=en')
    expect(await page.locator('.band.kind').textContent()).toContain('Simulated data')
  })

  test('in both languages leaves no wording out', async () => {
    for (const lang of ['zh', 'en']) {
      await desk(`/desk?lang=${lang}`)
      await page.locator('.order .name').first().click()
      const words = `${await page.locator('.desk').innerText()} ${await page.locator('.curve svg').getAttribute('aria-label') ?? ''}`
      expect(words).not.toMatch(/\b(desk|kind|state|order|level|unit|mark)\.[a-z]/)
      expect(words).not.toMatch(/undefined|NaN|\{\w+\}/)
    }
  })

  test.each(['/desk', '/desk?lang=en', '/login', '/report'])('%s gives axe nothing to say', async (address) => {
    await page.goto(`${stage.url}${address}`)
    await page.waitForSelector(address.startsWith('/desk') ? '.alert' : 'form')
    await page.waitForTimeout(500)
    const found = await new AxeBuilder({ page }).exclude('iframe').analyze()
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html.slice(0, 120))])).toEqual([])
  })

  test('in a narrow window has a bar of a line or two, with what is seldom wanted behind one button, and nothing lies over anything', async () => {
    for (const [width, lang] of [[1600, 'en'], [1366, 'zh'], [1366, 'en'], [1000, 'en'], [820, 'en']] as const) {
      await page.setViewportSize({ width, height: 768 })
      await desk(`/desk?lang=${lang}`)
      await page.locator('.who').waitFor()
      const bar = await page.locator('.top').evaluate((element) => ({
        high: element.getBoundingClientRect().height, wide: document.documentElement.scrollWidth,
        over: [...element.children].filter((one) => one.getClientRects().length > 0).map((one) => one.getBoundingClientRect()).flatMap((one, n, all) => all.slice(n + 1).filter((other) => one.right > other.left + 1 && other.right > one.left + 1 && one.bottom > other.top + 1 && other.bottom > one.top + 1)).length,
        out: [...document.querySelectorAll('.column > header, .hand .outlook')].filter((one) => one.getClientRects().length > 0 && (one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > window.innerWidth)).map((one) => one.textContent),
      }))
      expect([width, lang, bar.high < (width < 1100 ? 130 : 80), bar.wide, bar.over, bar.out]).toEqual([width, lang, true, width, 0, []])
    }
    await page.locator('.further').click()
    await page.getByRole('button', { name: 'Journal' }).click()
    await page.locator('dialog.journal[open]').waitFor()
  })

  test('on a phone goes from the list to the alert and its orders, and nothing sticks out', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await desk()
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth)
    expect(await page.locator('.hand').isVisible()).toBe(false)
    expect(await wide()).toBe(390)
    await page.locator('.alert').first().click()
    await page.locator('.hand').waitFor({ state: 'visible' })
    expect(await wide()).toBe(390)
    await page.locator('.acknowledge .main').click()
    await toast(/已确认/)
    await page.locator('.tabs button').nth(2).click()
    await page.locator('.order').first().waitFor({ state: 'visible' })
    expect(await wide()).toBe(390)
  })

  test('asks a stranger to sign in, and brings him back to where he wanted to go, on our own site only', async () => {
    stage.be(null)
    await page.goto(`${stage.url}/report`)
    await page.waitForURL(/\/login\?next=/)
    await page.getByLabel('姓名').fill('陈主任')
    await page.getByLabel('密码', { exact: true }).fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByText('姓名或密码不对').waitFor()
    await page.getByLabel('密码', { exact: true }).fill('right')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/report/)
    stage.be(null)
    await page.goto(`${stage.url}/login?next=//elsewhere.example/`)
    await page.getByLabel('姓名').fill('陈主任')
    await page.getByLabel('密码', { exact: true }).fill('right')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${stage.url}/desk`)
  })

  test('shows the report in a frame in which nothing runs, in the language of the page', async () => {
    await page.goto(`${stage.url}/report?lang=en`)
    const frame = page.frameLocator('iframe')
    await frame.getByRole('heading', { name: 'Air-quality assessment' }).waitFor()
    expect(await frame.locator('article.zh').isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Change language' }).click()
    await frame.locator('article.zh').waitFor({ state: 'visible' })
  })
})
