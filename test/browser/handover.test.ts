import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from 'vitest'
import type { DutyBody, TellingsBody } from '../../shared/tellings.ts'
import { raised } from '../desk/room.ts'
import { describeWithBrowser } from '../setup/browser.ts'
import { beforeEachTest, tickAll, type Staff } from './staff.ts'

const person = (name: string, more: object = {}) => ({ id: name, name, account: null, phone: null, for: null, ...more })
const at = '2022-03-08T20:00:00+08:00'
const shift = { id: 'night', name: { zh: '夜班', en: 'Night shift' }, start: at, end: '2022-03-09T08:00:00+08:00', duty: [person('李娜', { phone: '13800000001' })], leader: [person('赵敏', { for: 'chen' })], department: [], commander: [person('刘洋')] }
const duty: DutyBody = { at, rostered: true, people: [], shifts: [shift], next: { at: '2022-03-09T08:00:00+08:00', shifts: [{ ...shift, id: 'day', name: { zh: '白班', en: 'Day shift' }, duty: [person('王芳')] }] } }
const message = { id: 'm1', channel: 'group', what: 'raised', alert: 'a', drill: false, title: { zh: '【严重】保定市 日均值已不可达标', en: '[critical] Baoding Day out of reach' }, to: [], created: 1, attempts: 4, settled: 2 }
const tellings: TellingsBody = {
  channels: [{ id: 'group', kind: 'dingtalk', state: 'failing', reason: '130101: send too fast', since: Date.parse('2022-03-08T19:40:00+08:00'), next: { by: 'message', at: null } }, { id: 'mail', kind: 'email', state: 'failing', reason: 'ECONNREFUSED', since: Date.parse('2022-03-08T19:50:00+08:00'), next: { by: 'probe', at: Date.parse('2022-03-08T19:51:00+08:00') } }, { id: 'sms', kind: 'sms', state: 'fine', reason: null, since: null, next: null }], queued: 3, failed: 1,
  messages: [{ ...message, id: 'm2', state: 'delivered', reason: null }, { ...message, state: 'failed', reason: '130101: send too fast' }],
}

describeWithBrowser('who is on duty, and the shift that is handed over', () => {
  let page: Staff['page']
  let stage: Staff['stage']
  beforeEachTest((opened) => { ({ page, stage } = opened) }, { duty, tellings })
  const violations = async (): Promise<string[]> => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)

  test.each([['zh', '值班 3', ['夜班', '赵敏（替班）', '部门负责人 排班无人', '李娜 13800000001', '白班：王芳', '钉钉', '19:40 起不能送达：130101: send too fast 下一条消息时再试', '19:50 起不能送达：ECONNREFUSED', '19:51 探测（不发消息）', '短信 正常', '须电话通知 1 条']], ['en', 'Duty 3', ['Night shift', 'stands in', 'does not deliver since', '19:40', 'next try with the next message', 'looked at again', '19:51, without a message']]] as const)('stand at the desk, in %s', async (language, button, told) => {
    await page.goto(`${stage.url}/desk?lang=${language}`)
    // The bar is still being filled until the desk knows who is signed in, and moves until its type is there.
    await page.locator('.acknowledge .main:enabled').waitFor()
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    await page.waitForTimeout(300)
    await page.getByRole('button', { name: button }).click()
    // Chromium drops a line's break between Chinese characters: words are compared without blanks.
    const text = (await page.locator('dialog[open]').innerText()).replaceAll(/\s+/g, '')
    for (const said of told) expect(text).toContain(said.replaceAll(' ', ''))
    expect(await violations()).toEqual([])
  })

  test('a desk whose server tells nobody, as it was started, says so the whole time', async () => {
    stage.tells({ channels: [], queued: 0, failed: 0, messages: [], silenced: true })
    await page.goto(`${stage.url}/desk`)
    await page.locator('.band.kind', { hasText: '本次启动不对外通知' }).waitFor()
  })

  test('passes no alert silently: each is ticked, a note is written, and another person signs', async () => {
    await page.goto(`${stage.url}/handover`)
    const main = page.locator('.sign .main')
    await page.locator('.rows', { hasText: '保定市 日均值已不可达标' }).waitFor()
    expect(await main.isDisabled()).toBe(true)
    await tickAll(page)
    await page.locator('.sign p', { hasText: '须写明交接事项' }).waitFor()
    await page.locator('.sign textarea').fill('保定已通知')
    expect(await violations()).toEqual([])
    await main.click()
    await page.locator('[role=status]', { hasText: '请接班人登录后签字' }).waitFor()
    expect(stage.room().handover).toMatchObject({ by: '李娜', note: '保定已通知', signed: null })
    await page.locator('.sign p', { hasText: '交班人不能自己接班' }).waitFor()
    stage.be({ name: '王芳', role: 'duty' })
    await page.reload()
    await tickAll(page)
    await main.click()
    await page.locator('[role=status]', { hasText: '已接班' }).waitFor()
    expect(stage.room().handover?.signed).toMatchObject({ by: '王芳' })
    await page.locator('.signatures', { hasText: /李娜.*王芳/s }).waitFor()
  })

  test('takes the place of another\'s offer only by somebody who has read whose it is', async () => {
    const signAs = async (name: string): Promise<void> => {
      stage.be({ name, role: 'duty' })
      await page.goto(`${stage.url}/handover`)
      await page.locator('.sign .foot').waitFor()
    }
    const sign = async (): Promise<void> => {
      await tickAll(page)
      await page.locator('.sign textarea').fill('已通知')
      await page.locator('.sign .main').click()
      await page.locator('[role=status]').waitFor()
    }
    await signAs('李娜')
    await sign()
    await signAs('王芳')
    await page.getByRole('button', { name: '重新交班' }).click()
    await page.locator('.strong', { hasText: '将取代 李娜 于' }).waitFor()
    expect(await violations()).toEqual([])
    await sign()
    expect(stage.room().handover).toMatchObject({ by: '王芳', signed: null })
  })

  test('does not say that nothing is open before it knows what is', async () => {
    stage.tellOnConnect(false)
    await page.goto(`${stage.url}/handover`)
    await page.locator('.foot', { hasText: '尚未取得现场情况' }).waitFor()
    expect(await page.locator('.sheet').innerText()).toContain('读取中…')
    expect(await page.locator('.rows').count()).toBe(0)
  })

  test('shows what was signed as it was then, and not how it stands now', async () => {
    await page.goto(`${stage.url}/handover`)
    await tickAll(page)
    await page.locator('.sign textarea').fill('已通知')
    await page.locator('.sign .main').click()
    await page.locator('[role=status]').waitFor()
    const signed = await page.locator('.rows').innerText()
    const asking = Object.values(stage.room().alerts).find(({ state }) => state === 'unacknowledged')!
    await stage.desk.acknowledge({ by: '王芳', role: 'duty', key: null, ifMatch: null, alert: asking.id, occurrence: asking.occurrence, note: null })
    await page.reload()
    await page.locator('.signatures', { hasText: '李娜' }).waitFor()
    expect(await page.locator('.rows').innerText()).toBe(signed)
    await page.getByRole('button', { name: '重新交班' }).click()
    await page.locator('.rows', { hasText: '已确认 20:25 王芳' }).waitFor()
  })

  test('asks anew for what is raised again: no tick is left from before', async () => {
    await page.goto(`${stage.url}/handover`)
    await tickAll(page)
    await page.locator('.sign', { hasText: '须写明交接事项' }).waitFor()
    const { id, kind, place, occurrence } = Object.values(stage.room().alerts).find(({ state }) => state === 'unacknowledged')!
    stage.happened(raised({ alert: id, alertKind: kind, place, occurrence: occurrence + 1 }))
    await page.locator('.sign input[type=checkbox]:not(:checked)').waitFor()
    await page.locator('.sign', { hasText: '请逐条勾选' }).waitFor()
  })

  test('has on it what came between the two signatures, and no longer says that the other is awaited', async () => {
    await page.goto(`${stage.url}/handover`)
    await tickAll(page)
    await page.locator('.sign textarea').fill('已通知')
    await page.locator('.sign .main').click()
    await page.locator('[role=status]', { hasText: '请接班人登录后签字' }).waitFor()
    const tianjin = 'hour-exceeded:tianjin:PM2.5:2022-03-08T19'
    stage.happened(raised({ alert: tianjin, place: 'tianjin' }))
    const names = Object.values(stage.room().alerts).filter(({ state }) => state === 'unacknowledged').map(({ id }) => id)
    await stage.desk.handOver({ by: '王芳', role: 'duty', key: null, ifMatch: null, take: stage.room().handover?.id ?? '', names })
    await page.locator('.rows', { hasText: /交班签字后新增、接班时等待确认 1\s*天津市 小时均值超标 03-08 19 时/ }).waitFor()
    await page.locator('[role=status]').waitFor({ state: 'detached' })
  })

  test('says across the sheet since when it is out of date, once the server has not been heard', async () => {
    await page.goto(`${stage.url}/handover`)
    await page.locator('.rows').waitFor()
    stage.beat(false)
    await page.locator('.band', { hasText: '以下内容均已过期' }).waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.band').isVisible()).toBe(true)
  })

  test('is left by signing out for good: whoever comes next signs as themselves', async () => {
    await page.goto(`${stage.url}/handover`)
    await page.locator('.rows').waitFor()
    await page.getByRole('button', { name: '退出' }).click()
    await page.locator('input[name=name]').waitFor()
    expect(await page.evaluate(async () => (await fetch('/api/session')).status)).toBe(401)
  })

  test('prints as a sheet that says what it is, without its forms', async () => {
    await page.goto(`${stage.url}/handover?lang=en`)
    await page.locator('.rows').waitFor()
    await page.emulateMedia({ media: 'print' })
    expect([await page.locator('.sign').isVisible(), await page.locator('.bar').isVisible(), await page.locator('.rows').isVisible()]).toEqual([false, false, true])
    // What it is, of which event, and that its air is made up, stands on the paper itself; dark on white whatever is printed.
    expect(await page.locator('.sheet').innerText()).toMatch(/^Handover Beijing 2022 Winter Games[\s\S]*simulated/i)
    expect(await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('.rows')!).color])).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)'])
  })
})
