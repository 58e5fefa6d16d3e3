import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureWeb } from '../../server/boot/build.mjs'
import { type Running, start } from '../path/server.ts'
import { journalOf, post, until } from '../path/talk.ts'
import { describeWithBrowser, launchBrowser } from '../setup/browser.ts'

const AT = ['--event', 'config/beijing-2022', '--air', 'silent', '--now', '2022-02-04T20:12:00+08:00', '--speed', '1']
const evaluators = ['1001A', '1003A', '1004A', '1005A', '1006A', '1007A', '1008A', '1009A', '1011A', '1012A']

describeWithBrowser('an exercise beside the real room', () => {
  let browser: Browser
  let server: Running
  let desk: Page
  let wall: Page
  const context = (): Promise<BrowserContext> => browser.newContext({ viewport: { width: 1920, height: 1080 } })
  beforeAll(async () => {
    await ensureWeb()
    browser = await launchBrowser()
    server = await start(AT)
    wall = await (await context()).newPage()
    await wall.goto(`${server.url}/wall?screen=${server.first.screenToken}`)
    desk = await (await context()).newPage()
    for (const page of [wall, desk]) page.on('pageerror', (error) => { throw error })
    const { name, password } = server.first.accounts.find(({ role }) => role === 'leader')!
    await desk.goto(`${server.url}/login`)
    await desk.locator('input').first().fill(name)
    await desk.locator('input[type="password"]').fill(password)
    await desk.keyboard.press('Enter')
    await desk.waitForURL(/\/desk/)
  })
  afterAll(async () => { await browser.close() })
  const breaches = async (page: Page): Promise<string[]> => (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
  const openDialog = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: /^(演习|Exercise)$/ }).focus()
    await page.keyboard.press('Enter')
    await page.locator('dialog.exercises[open]').waitFor()
  }

  test('is begun at the desk with the keyboard alone; desk and wall then show it, and say the whole time that it is one', async () => {
    await openDialog(desk)
    await desk.locator('label.script input').waitFor()
    expect(await breaches(desk)).toEqual([])
    await desk.locator('label.script input').focus()
    await desk.keyboard.press('Space')
    await desk.getByText('实际历时 20 分钟').waitFor()
    expect(await desk.getByText(/倍速太快/).count()).toBe(0)
    await desk.locator('.exercises input[type="number"]').fill('300')
    await desk.getByText(/^300 倍速太快：首个情节之后人员实际只有 45 秒.*不高于 15 倍速时来得及。$/).waitFor()
    expect(await breaches(desk)).toEqual([])
    await desk.locator('.exercises label.pick input').focus()
    await desk.keyboard.press('Space')
    await desk.keyboard.press('Tab')
    await desk.keyboard.press('Enter')
    await desk.waitForURL(/\/exercise\/desk$/)
    await desk.getByText('演习 · 并非实战').waitFor()
    await wall.waitForURL(/\/exercise\/wall$/)
    await wall.locator('.band').getByText('演习', { exact: true }).waitFor()
    await desk.getByText('北京市').first().waitFor()
  })

  test('does not keep an alert of the real room from whoever is in it', async () => {
    await post(server, evaluators.map((station) => ({ station, pollutant: 'PM2.5', start: '2022-02-04T19:00:00+08:00', period: 'PT1H', value: 120 })))
    await desk.getByText(/实战值守台有 \d+ 条警报等待确认/).waitFor()
    await wall.getByText(/实战警报：\d+ 条等待确认/).waitFor()
  })

  test('ended, the wall goes back by itself, the desk says that it is over and does nothing more, and the evaluation is there', async () => {
    const before = await journalOf(server)
    await openDialog(desk)
    await desk.getByRole('button', { name: '结束演习' }).click()
    await desk.getByRole('button', { name: '确认结束' }).click()
    await wall.waitForURL(/\/wall$/)
    await until('the wall is the real one', () => !wall.url().includes('exercise'))
    await desk.keyboard.press('Escape')
    await desk.getByText('演习已结束：此处不再更新，操作停用').waitFor()
    await desk.locator('.band').getByRole('link', { name: '回看演习' }).waitFor()
    await desk.reload()
    await desk.getByText('演习已经结束，或没有这次演习').waitFor()
    await desk.goto(`${server.url}/desk`)
    await openDialog(desk)
    await desk.locator('dialog.exercises section a').first().click()
    await desk.getByRole('heading', { name: /演习评估/ }).waitFor()
    await desk.getByText('逐条警报').waitFor()
    expect(await breaches(desk)).toEqual([])
    await desk.getByRole('button', { name: '切换语言' }).click()
    await desk.getByText('Alert by alert').waitFor()
    expect(await breaches(desk)).toEqual([])
    await desk.goto(`${server.url}/desk`)
    await openDialog(desk)
    expect(await breaches(desk)).toEqual([])
    await desk.locator('dialog.exercises section').getByRole('link', { name: 'Look back at it' }).click()
    await desk.getByText(/^Past: .* · not now$/).waitFor()
    expect(new URL(desk.url()).pathname).toMatch(/^\/exercise\/\d{4}-.*\/desk$/)
    await desk.locator('.alert').first().waitFor()
    expect(await breaches(desk)).toEqual([])
    // Neither the exercise nor the wall's absence has left a fact in the real journal.
    const since = (await journalOf(server)).slice(before.length)
    expect(since.filter(({ kind, air }) => air !== 'silent' || kind === 'data-notice' || kind === 'exercise-ended')).toEqual([])
  })
})
