import { expect, test } from 'vitest'
import { builtWeb } from '../../server/built.ts'
import { openStage } from '../desk/stage.ts'
import { describeWithBrowser } from '../setup/browser.ts'
import { event } from '../web/fixture/event.ts'
import { snapshot } from '../web/fixture/room.ts'
import { beforeEachTest, type Staff } from './staff.ts'

const baoding = 'day-locked:baoding:PM2.5:2022-03-08'

describeWithBrowser('the desk', () => {
  let page: Staff['page']
  let stage: Staff['stage']
  beforeEachTest((opened) => { ({ page, stage } = opened) })

  const desk = async (address = '/desk'): Promise<void> => {
    await page.goto(`${stage.url}${address}`)
    // A key that is pressed before the desk knows who is signed in is refused, as it should be.
    await page.locator('.acknowledge .main:enabled').waitFor()
  }
  const toast = (text: RegExp) => page.locator('.toast', { hasText: text }).waitFor()
  const said = async (): Promise<string> => (await page.locator('.toasts').textContent()) ?? ''
  const inHand = async (): Promise<string> => (await page.locator('.hand h2').textContent()) ?? ''
  const commands = () => stage.seen.length

  test('has the gravest unacknowledged alert in hand, and one key acknowledges it', async () => {
    await desk()
    expect(await inHand()).toContain('保定市 · 日均值已不可达标')
    await page.keyboard.press('a')
    await toast(/已确认：保定市 日均值已不可达标 今天（李娜，20:25）/)
    expect(stage.room().alerts[baoding]).toMatchObject({ state: 'acknowledged', acknowledged: { by: '李娜' } })
    await page.locator('.alert.acknowledged', { hasText: '保定市' }).waitFor()
    expect(await inHand()).toContain('保定市')
    expect(await page.locator('.acknowledge').textContent()).toContain('李娜 已于 20:25 确认')
  })

  test('sends with each click a key of its own and the version that was seen', async () => {
    await desk()
    await page.keyboard.press('a')
    await toast(/已确认/)
    await page.keyboard.press('j')
    await page.keyboard.press('a')
    await toast(/廊坊市/)
    const keys = stage.seen.map(({ headers }) => headers['idempotency-key'])
    expect(new Set(keys).size).toBe(2)
    expect(stage.seen.map(({ headers }) => headers['if-match'])).toEqual(['1', '1'])
  })

  test('tells who was first and when, where somebody else was', async () => {
    await desk()
    stage.lag(700)
    await page.keyboard.press('a')
    await stage.desk.acknowledge({ by: '王芳', role: 'duty', key: null, ifMatch: null, alert: baoding, occurrence: 1, note: null })
    await toast(/王芳 已于 20:25 先行确认，您的确认没有记录/)
    expect(stage.room().alerts[baoding]?.acknowledged?.by).toBe('王芳')
  })

  test('keeps the note with the acknowledgement, and no key fires while it is written', async () => {
    await desk()
    await page.keyboard.press('n')
    await page.keyboard.type('jak 已通知住建局')
    expect(commands()).toBe(0)
    await page.keyboard.press('Escape')
    await page.keyboard.press('a')
    await toast(/已确认/)
    expect(stage.room().alerts[baoding]?.acknowledged?.note).toBe('jak 已通知住建局')
    await page.locator('.history q', { hasText: '已通知住建局' }).waitFor()
  })

  test('keeps what was being written when somebody else acknowledges first, and notes it beside their word', async () => {
    await desk()
    await page.keyboard.press('n')
    await page.keyboard.type('已通知住建局')
    await stage.desk.acknowledge({ by: '王芳', role: 'duty', key: null, ifMatch: null, alert: baoding, occurrence: 1, note: null })
    await page.locator('.acknowledge', { hasText: '别人已先行确认' }).waitFor()
    expect(await page.locator('.acknowledge textarea').inputValue()).toBe('已通知住建局')
    await page.locator('.acknowledge .button').click()
    await page.locator('.notes li', { hasText: '已通知住建局' }).waitFor()
    await page.locator('.acknowledge', { hasText: '王芳 已于 20:25 确认' }).waitFor()
    expect(await page.locator('.acknowledge textarea').count()).toBe(0)
  })

  test('is a use of the session where a key or a pointer is used, and not by the looks that it takes by itself', async () => {
    const look = (by: 'hand' | 'itself') => page.waitForRequest((request) => request.url().endsWith('/api/duty') && request.headers()['x-unattended'] === (by === 'hand' ? undefined : '1'))
    await desk()
    await page.getByRole('button', { name: /^值班/ }).click()
    await look('itself')
    const [next] = await Promise.all([page.waitForRequest((request) => request.url().includes('/api/') && request.headers()['x-unattended'] === undefined), page.keyboard.press('Shift')])
    expect(next.method()).toBe('GET')
    await look('itself')
  })

  test('without the server\'s heartbeat does nothing, keeps nothing for later, and says so', async () => {
    await desk()
    stage.beat(false)
    await page.locator('.band.broken', { hasText: '以下内容均已过期，操作停用' }).waitFor()
    expect(await page.locator('.acknowledge .main').isDisabled()).toBe(true)
    await page.keyboard.press('a')
    await toast(/与服务器失去联系/)
    stage.beat(true)
    await page.locator('.band.broken').waitFor({ state: 'detached' })
    await page.locator('.toast').waitFor({ state: 'detached' })
    await page.waitForTimeout(500)
    expect(commands()).toBe(0)
    expect(stage.room().alerts[baoding]?.state).toBe('unacknowledged')
  })

  test('an answer that never comes is told as unknown, not as done', async () => {
    await desk()
    stage.answerCommands(false)
    await page.keyboard.press('a')
    await toast(/没有收到服务器答复/)
    expect(await said()).not.toContain('已确认：')
  })

  test('holds on to the alert in hand when a graver one comes', async () => {
    await desk()
    await page.keyboard.press('j')
    expect(await inHand()).toContain('廊坊市')
    const known = stage.room().alerts[baoding]
    stage.happened({ id: 'x', at: snapshot.at, actor: 'system', body: {
      kind: 'alert-raised', alert: 'hour-exceeded:tianjin:PM2.5:2022-03-08T19', occurrence: 1, alertKind: 'hour-exceeded', place: 'tianjin', pollutant: 'PM2.5',
      period: known?.period ?? { start: 0, end: 0 }, condition: 'over', value: 120, reason: { code: 'hour-exceeded', mean: 120.4, limit: 100, stations: 6, evaluating: 6 },
      marks: [], severity: 'critical', limit: 100, assumed: true, drill: false,
    } })
    await page.locator('.alert', { hasText: '天津市' }).waitFor()
    expect(await inHand()).toContain('廊坊市')
  })

  test('has a clock with its date, to the second', async () => {
    await desk()
    expect(await page.locator('.clock').innerText()).toMatch(/^2022-03-08\s+20:2\d:\d\d$/)
  })

  test('before the first hour of the day has closed says that, and not that data are missing', async () => {
    const cell = snapshot.air['city:baoding:PM2.5']
    if (cell?.kind !== 'city') throw new Error('no such cell')
    const early = { ...cell, day: { ...cell.day, standing: 'unknown' as const, closed: 0, left: 24, mean: null } }
    const night = await openStage({ web: builtWeb, event, snapshot: { ...snapshot, air: { ...snapshot.air, 'city:baoding:PM2.5': early } } })
    await page.goto(`${night.url}/desk`)
    await page.waitForSelector('.outlook')
    expect(await page.locator('.outlook tbody tr').first().textContent()).toMatch(/今日尚无完成统计的小时/)
    await night.close()
  })
})
