import AxeBuilder from '@axe-core/playwright'
import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { ensureWeb } from '../../server/boot/build.mjs'
import { builtWeb } from '../../server/built.ts'
import { password, start, type Running } from '../http/server.ts'
import type { PersonRole } from '../../shared/roles.ts'
import { describeWithBrowser, launchBrowser } from '../setup/browser.ts'
import { event } from '../web/fixture/event.ts'

describeWithBrowser('the page of accounts and tokens', () => {
  let browser: Browser
  beforeAll(async () => {
    await ensureWeb()
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  /** A real server, and its page as somebody of this role sees it. */
  async function opened(role: PersonRole, size = { width: 1920, height: 1080 }): Promise<{ at: Running; page: Page }> {
    const at = await start({ web: builtWeb, event: () => event })
    for (const each of ['admin', 'leader', 'duty'] as const) await at.cookieOf(each)
    at.access.letIn({ issuer: 'https://sso', subject: '1', name: '陈主任', role: 'leader' })
    const context = await browser.newContext({ viewport: size })
    onTestFinished(() => context.close())
    const value = (await at.cookieOf(role)).replace('qingkong=', '')
    await context.addCookies([{ name: 'qingkong', value, url: at.url, sameSite: 'Strict', httpOnly: true }])
    const page = await context.newPage()
    await page.goto(`${at.url}/people`)
    await page.getByRole('heading', { name: '我的账号' }).waitFor()
    return { at, page }
  }
  const axe = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 120))])

  test('lets an admin add somebody, change and disable them by keyboard alone; a password is shown once', async () => {
    const { at, page } = await opened('admin')
    await page.getByRole('button', { name: '新增账号…' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type('王 值班')
    await page.keyboard.press('Enter')
    const secret = page.locator('dialog[open] code')
    await secret.waitFor()
    const made = await secret.innerText()
    expect((await at.access.signIn('王 值班', made)).ok).toBe(true)
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '更改 王 值班' }).focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('dialog[open]').innerText()).not.toContain(made)
    await page.getByRole('button', { name: '停用账号' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('王 值班 已停用').waitFor()
    expect(await axe(page)).toEqual([])
    expect(at.access.people().find(({ name }) => name === '王 值班')?.disabled).toBe(true)
    await page.keyboard.press('Escape')
    // The only admin with a password cannot be disabled, and the page says why.
    await page.getByRole('button', { name: '更改 admin' }).click()
    expect(await page.getByRole('button', { name: '停用账号' }).isDisabled()).toBe(true)
    expect(await page.locator('dialog[open]').innerText()).toContain('唯一有密码的管理员')
  })

  test('is reached by a sign-in whose fields no telephone changes as they are typed', async () => {
    const { at } = await opened('duty')
    const page = await (await browser.newContext()).newPage()
    onTestFinished(() => page.context().close())
    await page.goto(`${at.url}/login`)
    for (const [label, fills] of [['姓名', 'username'], ['密码', 'current-password']] as const) {
      const field = page.getByLabel(label, { exact: true })
      const has = await Promise.all(['autocomplete', 'autocapitalize', 'autocorrect', 'spellcheck'].map((each) => field.getAttribute(each)))
      expect(has).toEqual([fills, 'none', 'off', 'false'])
    }
  })

  test('makes a screen\'s token, whose address opens the wall, and revokes it at the second press', async () => {
    const { at, page } = await opened('admin')
    await page.getByLabel('大屏名称').fill('大厅')
    await page.keyboard.press('Enter')
    const address = await page.locator('.once code').innerText()
    expect(address).toContain(`${at.url}/wall?screen=qkw_`)
    expect((await (await browser.newContext()).request.get(address, { maxRedirects: 0 })).status()).toBe(303)
    const row = page.getByRole('row', { name: /大厅/ })
    await row.getByRole('button').click()
    expect(at.access.tokens().find(({ name }) => name === '大厅')?.revoked).toBe(null)
    await row.getByRole('button').click()
    await page.getByText('已吊销 大厅').waitFor()
    expect(at.access.tokens().find(({ name }) => name === '大厅')?.revoked).not.toBe(null)
  })

  test('lets everybody change their own password and enrol a code, and shows them nobody else', async () => {
    const { at, page } = await opened('duty')
    expect(await page.getByRole('heading', { name: '人员' }).count()).toBe(0)
    const own = page.locator('form').first()
    await own.getByLabel('当前密码').fill(password)
    await own.getByLabel('新密码（至少 8 位）').fill('another one')
    await own.getByLabel('再次输入新密码').fill('another one')
    await page.keyboard.press('Enter')
    await page.getByText('密码已更改').waitFor()
    expect((await at.access.signIn('duty', 'another one')).ok).toBe(true)
    await page.getByRole('button', { name: '启用验证码…' }).click()
    const secret = await page.locator('.me code').innerText()
    expect(await axe(page)).toEqual([])
    await page.getByLabel('验证器上的六位验证码').fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate())
    await page.locator('form').nth(1).getByLabel('当前密码').fill('another one')
    await page.keyboard.press('Enter')
    await page.getByText('验证码已启用').waitFor()
    expect(await at.access.signIn('duty', 'another one')).toMatchObject({ why: 'needs-code' })
  })

  test('lets a leader look and change nothing; has words for all of it in both languages, and gives axe nothing to say', async () => {
    const { page } = await opened('leader')
    await page.getByRole('row', { name: /陈主任/ }).waitFor()
    expect(await page.getByRole('button', { name: /更改 |新增|吊销/ }).count()).toBe(0)
    for (const language of ['zh', 'en']) {
      await page.goto(`${new URL(page.url()).origin}/people?lang=${language}`)
      await page.getByRole('row', { name: /陈主任/ }).waitFor()
      expect(await axe(page)).toEqual([])
      expect(await page.locator('main').innerText()).not.toMatch(/\b(people|desk|role)\.[a-z]|undefined|\{\w+\}/)
    }
  })

  test('fits on a phone', async () => {
    const { page } = await opened('admin', { width: 390, height: 844 })
    await page.getByRole('row', { name: /陈主任/ }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })
})
