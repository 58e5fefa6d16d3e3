import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'
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
