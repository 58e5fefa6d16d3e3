import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureWeb } from '../../server/boot/build.mjs'
import { project } from '../../server/built.ts'
import { type Running, start } from '../path/server.ts'
import { alertsOf, post, signIn } from '../path/talk.ts'
import { describeWithBrowser, launchBrowser } from '../setup/browser.ts'

const APEC = ['--event', 'config/apec-2014', '--air', 'silent', '--now', '2014-11-10T21:05:00+08:00', '--speed', '1']
const stations = Array.from({ length: 12 }, (_, i) => `${1001 + i}A`)
const dinnerHour = (value: number) => stations.map((station) => ({ station, pollutant: 'PM2.5', start: '2014-11-10T20:00:00+08:00', period: 'PT1H', value }))
/** Pictures of a run lie here, for whoever wants to look. */
const pictures = path.join(project, '.build', 'pictures')

describeWithBrowser('the whole room, from a reading to the wall and back from the desk', () => {
  let browser: Browser
  let server: Running
  const pageOf = async (): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage()
    page.on('pageerror', (error) => { throw error })
    return page
  }
  const enter = async (page: Page, role: 'duty' | 'leader'): Promise<void> => {
    const account = server.first.accounts.find((one) => one.role === role)
    await page.locator('input[type="text"], input:not([type])').first().fill(account?.name ?? '')
    await page.locator('input[type="password"]').fill(account?.password ?? '')
    await page.keyboard.press('Enter')
  }
  const signedIn = async (role: 'duty' | 'leader'): Promise<Page> => {
    const page = await pageOf()
    await page.goto(`${server.url}/login`)
    await enter(page, role)
    await page.waitForURL(/\/(desk|wall)/)
    await page.goto(`${server.url}/desk`)
    return page
  }
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true })
    await ensureWeb()
    browser = await launchBrowser()
    server = await start(APEC)
  })
  afterAll(async () => { await browser.close() })

  test('a breach that a station sends is on the wall, and the acknowledgement made on the desk appears there', async () => {
    const wall = await pageOf()
    await wall.goto(`${server.url}/wall?screen=${server.first.screenToken}`)
    await wall.locator('[data-city="beijing"]').waitFor()
    expect(new URL(wall.url()).search).toBe('')
    await post(server, dinnerHour(113))
    const alerts = wall.locator('.alerts')
    await alerts.getByText('小时均值超标').first().waitFor()
    await alerts.getByText('113').first().waitFor()
    const desk = await signedIn('duty')
    await desk.getByText('小时均值超标').first().waitFor()
    await desk.screenshot({ path: path.join(pictures, 'desk.png') })
    await desk.keyboard.press('a')
    await alerts.getByText(/duty/).first().waitFor()
    await wall.screenshot({ path: path.join(pictures, 'wall.png') })
    const [alert] = await alertsOf(server, '?state=acknowledged')
    expect(alert).toMatchObject({ kind: 'hour-exceeded', place: 'beijing', value: 113, limit: 75, acknowledged: { by: 'duty' } })
  })

  test('a desk whose session was ended says so, and leads to the sign-in and back to where one was; a wall opened beside it goes on', async () => {
    const desk = await signedIn('leader')
    await desk.goto(`${server.url}/desk?view=kept`)
    await desk.locator('.desk .columns .alert').first().waitFor()
    const wall = await desk.context().newPage()
    await wall.goto(`${server.url}/wall?screen=${server.first.screenToken}`)
    await wall.locator('[data-city="beijing"]').waitFor()
    await desk.reload()
    await desk.getByText('leader').first().waitFor()
    const admin = await signIn(server, 'admin')
    expect((await fetch(`${server.url}/api/people/leader/sign-out`, { method: 'POST', headers: { Cookie: admin } })).status).toBe(200)
    await desk.getByText('登录已结束').waitFor()
    await desk.screenshot({ path: path.join(pictures, 'ended.png') })
    await desk.getByRole('link', { name: '重新登录' }).click()
    await desk.locator('input[type="password"]').waitFor()
    await enter(desk, 'leader')
    await desk.waitForURL(/\/desk\?view=kept$/)
    await desk.locator('.bands .broken').waitFor({ state: 'detached' })
    await wall.locator('[data-city="beijing"]').waitFor()
    const { screens } = await (await fetch(`${server.url}/api/screens`, { headers: { Cookie: admin } })).json() as { screens: { kind: string; alive: boolean }[] }
    expect(screens.filter(({ kind, alive }) => kind === 'screen' && alive)).not.toEqual([])
  })

  test('a wall that has heard nothing for five seconds says so across the screen', async () => {
    const wall = await pageOf()
    await wall.goto(`${server.url}/wall?screen=${server.first.screenToken}`)
    await wall.locator('[data-city="beijing"]').waitFor()
    await server.kill()
    await wall.getByText(/以下数据均已过期/).waitFor()
    await wall.screenshot({ path: path.join(pictures, 'stale.png') })
  })
})
