import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'
import { describe } from 'vitest'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome']
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** The Chromium of this machine (CHROMIUM, or where Debian puts it), or null. CI must have one. */
export function browserPath(): string | null {
  const found = [process.env['CHROMIUM'], ...places].find((file) => file !== undefined && existsSync(file))
  if (found === undefined && process.env['CI'] === 'true') throw new Error('CI needs Chromium (CHROMIUM names another place)')
  return found ?? null
}

/** Starts Chromium; whoever starts it closes it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = browserPath()
  if (executablePath === null) throw new Error('no Chromium: use describeWithBrowser')
  return chromium.launch({ executablePath, args: flags })
}

/** `describe` for tests that need a browser. Without one they are skipped, and their name says why. */
export function describeWithBrowser(name: string, tests: () => void): void {
  if (browserPath() !== null) describe(name, tests)
  else describe.skip(`${name} (skipped: no Chromium; apt-get install chromium fonts-noto-cjk, or set CHROMIUM)`, tests)
}
