import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { loadOf } from '../../shared/load.ts'
import { describeWithBrowser } from '../setup/browser.ts'
import { beforeEachTest, type Staff, violations } from './staff.ts'

const load = { from: '2022-03-07T20:00:00+08:00', to: '2022-03-08T20:00:00+08:00', stale: [], ...loadOf([], { from: 0, now: 0 }), topTen: [{ kind: 'silent', place: '2203A', pollutant: 'PM2.5', count: 4 }] }

/** Each dialog by the button or the key that opens it; the others have their axe where they are tried. */
const dialogs: readonly { of: string; open: (page: Page) => Promise<void> }[] = [
  { of: 'load', open: (page) => page.locator('button.load').click() },
  { of: 'journal', open: (page) => page.locator('.top .faces button').first().click() },
  { of: 'past', open: (page) => page.locator('.top .faces button').nth(1).click() },
  { of: 'notices', open: (page) => page.locator('.top .all > button').first().click() },
  { of: 'level', open: (page) => page.keyboard.press('l') },
  { of: 'review', open: (page) => page.keyboard.press('r') },
  { of: 'keys', open: (page) => page.keyboard.press('?') },
  { of: 'out', open: async (page) => {
    await page.locator('.alert', { hasText: '太子城' }).first().click()
    await page.locator('.hand .do .button').nth(1).click()
  } },
]

describeWithBrowser('the desk by the rules of accessibility', () => {
  let page: Staff['page']
  let stage: Staff['stage']
  beforeEachTest((opened) => { ({ page, stage } = opened) }, { load })

  /** What axe finds, face by face; empty where it finds nothing. */
  const found: Record<string, string[]> = {}
  const look = async (of: string, within?: string): Promise<void> => {
    const told = await violations(page, within)
    if (told.length > 0) found[of] = told
  }

  test.each(['zh', 'en'])('has no fault in any dialog, in the past, on a phone, at its sign-in with a code and on the sheet of a shift, in %s', { timeout: 180_000 }, async (language) => {
    await page.goto(`${stage.url}/desk?lang=${language}`)
    await page.locator('.acknowledge .main:enabled').waitFor()
    for (const { of, open } of dialogs) {
      await open(page)
      await page.locator(`dialog.${of}[open]`).waitFor()
      if (of === 'review') await page.locator('dialog.review tbody tr').first().waitFor()
      await look(of, 'dialog[open]')
      await page.keyboard.press('Escape')
      await page.locator('dialog[open]').waitFor({ state: 'detached' })
    }
    await page.setViewportSize({ width: 390, height: 844 })
    for (const tab of [0, 1, 2]) {
      await page.locator('.tabs button').nth(tab).click()
      await look(`phone ${tab}`)
    }
    await page.goto(`${stage.url}/handover?lang=${language}`)
    await page.locator('.sign .foot').waitFor()
    await look('the sheet on a phone')
    await page.setViewportSize({ width: 1920, height: 1080 })
    await look('the sheet')
    await page.goto(`${stage.url}/desk?at=2022-03-08T20:25:42%2B08:00&lang=${language}`)
    await page.locator('.hand h2').waitFor()
    await look('the past')
    stage.be(null)
    await page.goto(`${stage.url}/login?lang=${language}`)
    await page.locator('input[name=name]').fill('赵敏')
    await page.locator('input[name=password]').fill('right')
    await page.keyboard.press('Enter')
    await page.locator('input[name=code]').waitFor()
    await look('sign-in with a code')
    await page.keyboard.type('246810')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/desk$/)
    expect(found).toEqual({})
  })
})
