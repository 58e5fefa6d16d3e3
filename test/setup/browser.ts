import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { describe } from 'vitest'

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** The Chromium of this machine (CHROMIUM, which `npm test` finds, or where Debian puts it), or null. CI must have one. */
export function browserPath(): string | null {
  const place = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
  if (existsSync(place)) return place
  if (process.env['CI'] === 'true') throw new Error(`CI needs Chromium, and there is none at ${place}`)
  return null
}

/**
 * How many times slower than this machine the pages of browser tests shall be (AIR_TEST_SLOW, say 6), whose stage then
 * answers late, too: what a test only got by being quick enough is found before a busy machine finds it.
 */
export const slowness = Number(process.env['AIR_TEST_SLOW'] ?? 1)

/** How long a page is waited for, ms: long, because a test says what happens and not how fast. */
const PATIENCE = 30_000

async function slowed(page: Page): Promise<Page> {
  if (slowness > 1) await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slowness })
  return page
}

/** All pages of this browser are waited for, and are slow as far as that was asked for. */
function patient(browser: Browser): Browser {
  const newContext = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await newContext(options)
    context.setDefaultTimeout(PATIENCE)
    const newPage = context.newPage.bind(context)
    context.newPage = async () => slowed(await newPage())
    return context
  }
  return browser
}

/** Starts Chromium; whoever starts it closes it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = browserPath()
  if (executablePath === null) throw new Error('no Chromium: use describeWithBrowser')
  return patient(await chromium.launch({ executablePath, args: flags }))
}

/** `describe` for tests that need a browser. Without one they are skipped, and their name says why. */
export function describeWithBrowser(name: string, tests: () => void): void {
  if (browserPath() !== null) describe(name, tests)
  else describe.skip(`${name} (skipped: no Chromium; apt-get install chromium fonts-noto-cjk, or set CHROMIUM)`, tests)
}
