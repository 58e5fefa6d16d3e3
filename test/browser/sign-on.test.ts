import { cpSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { stringify } from 'yaml'
import type { Browser, Page } from 'playwright-core'
import AxeBuilder from '@axe-core/playwright'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { ensureWeb } from '../../server/boot/build.mjs'
import { project } from '../../server/built.ts'
import { openIdp } from '../access/provider.ts'
import { dataFolder, start } from '../path/server.ts'
import { journalOf, signIn } from '../path/talk.ts'
import { describeWithBrowser, launchBrowser } from '../setup/browser.ts'
import { freePort } from '../path/devices.ts'

describeWithBrowser('single sign-on in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    await ensureWeb()
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  async function aPage(): Promise<Page> {
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    const page = await context.newPage()
    return page
  }

  test('goes to the provider, which is another site, and back to where the person wanted to go; and out again', async () => {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const idp = await openIdp({ people: { u1: { preferred_username: '李娜', groups: ['room-duty'] }, u2: { preferred_username: '访客', groups: [] } }, redirect: `${url}/api/session/oidc/return` })
    const event = path.join(dataFolder(), 'beijing-2022')
    cpSync(path.join(project, 'config/beijing-2022'), event, { recursive: true })
    writeFileSync(path.join(event, 'access.yaml'), stringify({ oidc: { ...idp.oidc, secretEnv: 'OIDC_SECRET' } }))
    vi.stubEnv('OIDC_SECRET', idp.secret)
    const server = await start(['--event', event, '--air', 'silent', '--port', String(port), '--hj212-port', '0', '--mqtt-port', '0'])
    onTestFinished(async () => { await server.stop() })

    const page = await aPage()
    const signOn = async (who: string): Promise<void> => {
      await page.getByRole('link', { name: '单点登录', exact: true }).click()
      await page.getByLabel('login').fill(who)
      await page.keyboard.press('Enter')
    }
    // Nobody is anybody there yet: not a word of ours in the way of somebody without a role here.
    await page.goto(`${url}/login`)
    await signOn('u2')
    await page.getByText('您在这里没有角色').waitFor()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await page.context().clearCookies()

    // What only a cookie of the same site opens is open at once: the strict one came along.
    await page.goto(`${url}/login?next=/`)
    await signOn('u1')
    await page.waitForURL(`${url}/wall`)
    await page.goto(`${url}/desk`)
    await page.getByText('李娜 值班员').waitFor()
    expect((await page.context().cookies(url)).map(({ name, sameSite, httpOnly }) => [name, sameSite, httpOnly])).toEqual([['qingkong', 'Strict', true]])
    // Who came in by it for the first time stands in the journal soon.
    const journalled = async () => (await journalOf(server, await signIn(server, 'admin'))).filter(({ kind }) => kind === 'account-changed')
    await expect.poll(journalled).toMatchObject([{ account: '李娜', what: 'added', role: 'duty', by: null, way: 'sign-on', actor: 'system' }])
    await page.getByRole('button', { name: '退出', exact: true }).click()
    await page.getByRole('link', { name: '退出单点登录' }).waitFor()
    expect((await page.request.get(`${url}/api/session`)).status()).toBe(401)

    // Two tabs are at the provider at once, and whoever is there first hinders nobody.
    await page.context().clearCookies()
    const tabs = [page, await page.context().newPage()]
    for (const [at, next] of [[tabs[0], '/desk'], [tabs[1], '/calendar']] as const) {
      await at?.goto(`${url}/login?next=${next}`)
      await at?.getByRole('link', { name: '单点登录', exact: true }).click()
      await at?.getByLabel('login').waitFor()
    }
    for (const [at, next] of [[tabs[0], '/desk'], [tabs[1], '/calendar']] as const) {
      await at?.getByLabel('login').fill('u1')
      await at?.keyboard.press('Enter')
      await at?.waitForURL(`${url}${next}`)
    }
  })
})
