import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { ensureWeb } from '../../server/boot/build.mjs'
import { builtWeb } from '../../server/built.ts'
import type { EventInfo } from '../../shared/wire.ts'
import { openStage } from '../desk/stage.ts'
import { launchBrowser } from '../setup/browser.ts'
import { event } from '../web/fixture/event.ts'
import { snapshot } from '../web/fixture/room.ts'

/** What axe finds wrong with the page, or with a part of it. No page of ours has a frame that it would have to look into. */
export async function violations(page: Page, within = 'body'): Promise<string[]> {
  const found = await new AxeBuilder({ page }).include(within).setLegacyMode(true).analyze()
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`)
}

export type Staff = { browser: Browser; context: BrowserContext; page: Page; stage: Awaited<ReturnType<typeof openStage>> }

/** A stage and a page of its own for each test, handed to `opened`; a fault in the page fails the test. */
export function beforeEachTest(opened: (staff: Staff) => void, more: { event?: EventInfo; report?: string; calendar?: object; aqi?: object; ways?: object; duty?: object; tellings?: object; load?: object; screens?: object } = {}): void {
  let browser: Browser
  let close = (): Promise<void> => Promise.resolve()
  let looks = (): Promise<string> => Promise.resolve('')
  let broken: string[] = []
  beforeAll(async () => {
    await ensureWeb()
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    const stage = await openStage({ web: builtWeb, event, snapshot, ...more })
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
    const page = await context.newPage()
    broken = []
    page.on('pageerror', (error) => { broken.push(String(error)) })
    looks = () => page.evaluate(() => `${location.pathname}, focus in ${document.activeElement?.outerHTML.slice(0, 120) ?? 'nothing'}\n${document.body.innerText.slice(0, 3_000)}`).catch(String)
    close = async () => {
      await context.close()
      await stage.close()
    }
    opened({ browser, context, page, stage })
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') process.stderr.write(`what the page of "${task.name}" showed when it failed:\n${await looks()}\n`)
    await close()
    expect(broken).toEqual([])
  })
}

/** Reads and ticks every alert that asks on the sheet of a shift, which are there once the situation is. */
export async function tickAll(page: Page): Promise<void> {
  const boxes = page.locator('.sign input[type=checkbox]')
  await boxes.first().waitFor()
  for (const box of await boxes.all()) await box.check()
}

/** The desk with an alert in hand that may be acknowledged. */
export async function openDesk({ page, stage }: Pick<Staff, 'page' | 'stage'>): Promise<void> {
  await page.goto(`${stage.url}/desk`)
  await page.locator('.acknowledge .main:enabled').waitFor()
}
