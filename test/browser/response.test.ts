import { expect, test } from 'vitest'
import { builtWeb } from '../../server/built.ts'
import { openStage } from '../desk/stage.ts'
import { describeWithBrowser } from '../setup/browser.ts'
import { event } from '../web/fixture/event.ts'
import { snapshot } from '../web/fixture/room.ts'
import { beforeEachTest, type Staff } from './staff.ts'

describeWithBrowser('levels and orders at the desk', () => {
  let page: Staff['page']
  let stage: Staff['stage']
  beforeEachTest((opened) => { ({ page, stage } = opened) })

  const desk = async (url = stage.url): Promise<void> => {
    await page.goto(`${url}/desk`)
    // A key that is pressed before the desk knows who is signed in is refused, as it should be.
    await page.locator('.acknowledge .main:enabled').waitFor()
  }
  const toast = (text: RegExp) => page.locator('.toast', { hasText: text }).waitFor()
  const commands = () => stage.seen.length

  test('lists what a level will do before it does it, and then what it did', async () => {
    stage.be({ name: '陈主任', role: 'leader' })
    await desk()
    await page.keyboard.press('l')
    await page.locator('dialog[open]').waitFor()
    expect(await page.locator('.preview').textContent()).toMatch(/下达 5 条指令.*道路洒扫保洁/)
    expect(commands()).toBe(0)
    await page.locator('dialog[open] textarea').fill('预报静稳')
    await page.getByRole('button', { name: '启动强化管控：下达 5 条，解除 0 条' }).click()
    await toast(/保定市：强化管控，下达指令 5 条/)
    expect(stage.room().levels['event/baoding']).toMatchObject({ level: 'II', by: '陈主任', why: '预报静稳' })
    await expect.poll(() => page.locator('.order', { hasText: '保定市' }).count()).toBe(5)
    await page.keyboard.press('l')
    await page.getByRole('button', { name: '调整为最严管控：下达 0 条，解除 0 条' }).waitFor()
  })

  test('opens no dialog before the event is known, and says why', async () => {
    await page.route('**/api/event', (route) => route.abort())
    await page.goto(`${stage.url}/desk`)
    await page.waitForSelector('.alert')
    await page.keyboard.press('l')
    await toast(/尚未取得现场情况，不能操作/)
    expect(await page.locator('dialog[open]').count()).toBe(0)
    await page.unroute('**/api/event')
    await page.locator('.acknowledge .main:enabled').waitFor()
  })

  test('tells a duty officer that a level is a leader\'s word', async () => {
    await desk()
    await page.keyboard.press('l')
    await page.locator('dialog[open] textarea').fill('预报静稳')
    expect(await page.locator('dialog[open] footer').textContent()).toContain('须带班领导')
    expect(await page.locator('dialog[open] footer .main').isDisabled()).toBe(true)
  })

  test('moves an order one step by its button, the overdue ones first', async () => {
    await desk()
    const first = page.locator('.order').first()
    expect(await first.textContent()).toMatch(/国三及以下货车禁行 · 廊坊市.*超时 45 分钟/)
    await first.locator('.line .button').click()
    await toast(/国三及以下货车禁行 · 廊坊市：已接收/)
    expect(stage.room().orders['o2']).toMatchObject({ state: 'received', version: 3 })
  })

  test('calls a measure by its name wherever it stands, and never by its id', async () => {
    stage.be({ name: '陈主任', role: 'leader' })
    await desk()
    await page.locator('.order .name').first().click()
    await page.keyboard.press('l')
    const texts = await Promise.all(['.suggest', '.orders, .column:last-of-type', '.preview'].map((where) => page.locator(where).first().textContent()))
    expect(texts.join(' ')).toContain('错时供暖')
    expect(await page.locator('.desk').innerText()).not.toMatch(/M-\d\d/)
  })

  test('tells a refusal within the open dialog, clear of its buttons, and keeps what was written', async () => {
    stage.be({ name: '陈主任', role: 'leader' })
    await desk()
    await page.keyboard.press('l')
    await page.locator('dialog[open] textarea').fill('预报静稳')
    stage.answerCommands(false)
    const button = page.locator('dialog[open] footer .main')
    await button.click()
    await page.locator('dialog[open] .toast', { hasText: '没有收到服务器答复' }).waitFor()
    expect(await page.locator('dialog[open] textarea').inputValue()).toBe('预报静稳')
    stage.answerCommands(true)
    await button.click()
    await page.locator('dialog[open]').waitFor({ state: 'detached' }).catch(() => undefined)
    await toast(/保定市：强化管控/)
    expect(stage.room().levels['event/baoding']).toMatchObject({ why: '预报静稳' })
  })

  test('keeps the note of a step until the step is in the record', async () => {
    await desk()
    const first = page.locator('.order').first()
    await first.locator('.name').click()
    await first.locator('input').fill('对象有误')
    stage.answerCommands(false)
    await first.getByRole('button', { name: '退回' }).click()
    await toast(/没有收到服务器答复/)
    expect(await first.locator('input').inputValue()).toBe('对象有误')
    stage.answerCommands(true)
    await first.getByRole('button', { name: '退回' }).click()
    await toast(/已退回/)
    expect(await page.locator('.order', { hasText: '已退回' }).locator('input').inputValue()).toBe('')
  })

  test('tells a duty officer beforehand that orders are lifted by a leader', async () => {
    await desk()
    const first = page.locator('.order').first()
    await first.locator('.name').click()
    await first.locator('input').fill('对象有误')
    expect(await first.getByRole('button', { name: '解除' }).isDisabled()).toBe(true)
    expect(await first.textContent()).toContain('解除指令须带班领导')
    stage.be({ name: '陈主任', role: 'leader' })
    await desk()
    await first.locator('.name').click()
    await first.locator('input').fill('对象有误')
    await first.getByRole('button', { name: '解除' }).click()
    await toast(/已解除/)
  })

  test('of an event without measures says so wherever one would look for them', async () => {
    const bare = await openStage({ web: builtWeb, event: { ...event, measures: [] }, snapshot: { ...snapshot, room: { ...snapshot.room, orders: {}, levels: {} } } })
    bare.be({ name: '陈主任', role: 'leader' })
    await desk(bare.url)
    await page.keyboard.press('l')
    for (const where of ['.suggest', '.noplan', '.preview']) expect(await page.locator(where).textContent()).toContain('本活动没有预案措施')
    await bare.close()
  })

  test('shows a station\'s hours with their worth and why, and records a verdict by hand with who may set it', async () => {
    await desk()
    await page.keyboard.press('r')
    const dialog = page.locator('dialog[open]')
    await dialog.locator('tr.suspect').first().waitFor()
    expect(await dialog.locator('tr.suspect').first().textContent()).toMatch(/存疑.*自动审核.*突变为/)
    expect(await dialog.locator('tr.invalid').first().textContent()).toMatch(/无效.*核定.*采样管脱落/)
    await dialog.locator('tr.suspect .pickHour').first().click()
    await dialog.locator('textarea').fill('邻近站未见')
    await dialog.getByLabel('无效', { exact: true }).check()
    expect(await dialog.locator('footer').textContent()).toContain('须带班领导')
    expect(await dialog.locator('footer .main').isDisabled()).toBe(true)
    await dialog.getByLabel('存疑', { exact: true }).check()
    await dialog.getByRole('button', { name: '将 1 小时判为存疑' }).click()
    await toast(/2 个读数已判为存疑/)
    expect(stage.seen.at(-1)).toMatchObject({ address: '/api/readings/review', body: { station: '1051A', pollutant: 'PM2.5', verdict: 'suspect', level: 'reviewed', reason: '邻近站未见' } })
  })

  test('lists what is odd about data, and leads from there to the station\'s hours', async () => {
    await desk()
    await page.getByRole('button', { name: '数据提示 1' }).click()
    await page.locator('dialog[open] li').first().waitFor()
    expect(await page.locator('dialog[open] li').allTextContents()).toEqual([expect.stringMatching(/19:10.*太子城 2203A.*连续 12 小时与万寿西宫完全相同/)])
    await page.getByRole('button', { name: '看数据' }).click()
    expect(await page.locator('dialog[open] select').inputValue()).toBe('2203A')
  })

  test('shows the real-time AQI of the alert\'s city where the event asks for it, its class by a word too, and what is missing', async () => {
    const clause = { zh: '表1', en: 'table 1' }
    const six = await openStage({ web: builtWeb, event: { ...event, aqi: true }, snapshot, aqi: {
      start: '2022-03-08T19:00:00+08:00', standard: 'cn-2012', aqi: 158, class: { zh: '中度污染', en: 'Moderately polluted', level: 4, colour: '#FF0000' }, primary: ['PM2.5'], reason: 'highest',
      indices: [{ pollutant: 'PM2.5', iaqi: 158, average: 'hour', figure: 120, clause }, { pollutant: 'O3', iaqi: 40, average: 'hour', figure: 80, clause }], missing: [{ pollutant: 'NO2', average: 'hour' }], notMonitored: [],
    } })
    const asked: string[] = []
    page.on('request', (request) => { if (request.url().includes('/api/aqi')) asked.push(request.url()) })
    await desk()
    expect(await page.locator('.aqi').count()).toBe(0)
    expect(asked, 'nor is it asked for where there is none').toEqual([])
    await desk(six.url)
    expect(await page.locator('.aqi').innerText()).toMatch(/19:00–20:00 · cn-2012[\s\S]*158[\s\S]*中度污染[\s\S]*首要污染物 PM2\.5[\s\S]*O₃ 40[\s\S]*缺 NO₂/)
    await six.close()
  })

  test('wants a reason before an order is sent back or lifted', async () => {
    await desk()
    const first = page.locator('.order').first()
    await first.locator('.name').click()
    const back = first.getByRole('button', { name: '退回' })
    expect(await back.isDisabled()).toBe(true)
    await first.locator('input').fill('对象有误')
    await back.click()
    await toast(/已退回/)
    expect(stage.room().orders['o2']?.steps.at(-1)).toMatchObject({ step: 'returned', note: '对象有误', by: '李娜' })
  })
})
