import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from 'vitest'
import { describeWithBrowser } from '../setup/browser.ts'
import { beforeEachTest, openDesk, type Staff } from './staff.ts'

const langfang = 'day-projected:langfang:PM2.5:2022-03-08'

describeWithBrowser('what staff do about an alert at the desk', () => {
  let page: Staff['page']
  let stage: Staff['stage']
  beforeEachTest((opened) => { ({ page, stage } = opened) })

  const desk = (): Promise<void> => openDesk({ page, stage })
  const rung = (n: number) => page.locator(`.handling li:nth-child(${n})`)
  const toast = (text: RegExp) => page.locator('.toast', { hasText: text }).waitFor()
  const alert = (id: string) => stage.room().alerts[id]

  test('shelves it by keyboard alone, with a reason; it stays listed and marked, and is taken off again', async () => {
    await desk()
    await page.keyboard.press('j')
    await page.locator('.hand h2', { hasText: '廊坊市' }).waitFor()
    await page.keyboard.press('s')
    await page.locator('dialog.shelve[open]').waitFor()
    await page.keyboard.type('仪器正在更换')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await toast(/已搁置：廊坊市/)
    expect(alert(langfang)).toMatchObject({ shelved: true, state: 'unacknowledged' })
    expect(stage.facts.at(-1)).toMatchObject({ kind: 'alert-shelved', by: '李娜', why: '仪器正在更换' })
    await page.locator('.alert.covered', { hasText: '已搁置' }).waitFor()
    await page.locator('.signs li', { hasText: /已搁置李娜 至 \d\d:\d\d：仪器正在更换/ }).waitFor()
    await page.locator('.hand .do .button', { hasText: '取消搁置' }).click()
    await toast(/已取消搁置，并记录您的确认：廊坊市/)
    expect(alert(langfang)).toMatchObject({ shelved: false, state: 'acknowledged', acknowledged: { by: '李娜' } })
  })

  test('does not shelve what is critical without a leader, and says so before', async () => {
    await desk()
    await page.keyboard.press('s')
    await page.locator('dialog.shelve footer p', { hasText: '严重警报须带班领导搁置' }).waitFor()
    expect(await page.locator('dialog.shelve footer .main').isDisabled()).toBe(true)
  })

  test('goes from follow-up to disposal, each step with who and when; a note stays for whoever comes next', async () => {
    await desk()
    await page.keyboard.press('a')
    await toast(/已确认/)
    await rung(4).locator('.button').first().click()
    await rung(4).locator('textarea').fill('已启动应急响应')
    await rung(4).locator('.main').click()
    await toast(/请先研判原因和责任单位/)
    await rung(1).locator('.button').click()
    await rung(1).locator('.what', { hasText: /李娜 20:2\d/ }).waitFor()
    await rung(2).locator('> .button').click()
    await rung(2).locator('textarea').fill('静稳叠加散煤')
    await rung(2).locator('input').fill('保定市政府')
    await rung(2).locator('.main').click()
    await rung(2).locator('.what', { hasText: '静稳叠加散煤 · 保定市政府' }).waitFor()
    await rung(4).locator('> .button').click()
    await rung(4).locator('textarea').fill('已启动应急响应')
    await rung(4).locator('.main').click()
    await rung(4).locator('.what', { hasText: '已启动应急响应' }).waitFor()
    await page.locator('#comment').fill('明早八点复核')
    await page.locator('.notes .button').click()
    await page.locator('.notes li', { hasText: '明早八点复核' }).waitFor()
    await page.locator('.history li', { hasText: '李娜 处置：办结' }).waitFor()
    // What is dealt with is not dealt with a second time, but followed up again.
    expect(await rung(4).locator('> .button').count()).toBe(0)
    stage.be({ name: '王芳', role: 'duty' })
    await rung(1).locator('.button', { hasText: '重新跟进（撤销办结）' }).click()
    await rung(4).locator('.what', { hasText: '尚未' }).waitFor()
    await page.locator('.history li', { hasText: '王芳 处置：重新跟进（撤销办结）' }).waitFor()
    // Whoever followed it up before stands there still, first.
    await rung(1).locator('.what .line').nth(1).waitFor()
    expect(await rung(1).locator('.what .line').allInnerTexts()).toEqual([expect.stringMatching(/^李娜 .*20:\d\d$/), expect.stringMatching(/^王芳 .*20:\d\d（撤销办结）$/)])
  })

  test('keeps what is being written when a colleague\'s step comes, and when the whole situation comes anew', async () => {
    await desk()
    await page.keyboard.press('a')
    await toast(/已确认/)
    await rung(2).locator('.button').first().click()
    await rung(2).locator('textarea').fill('静稳叠加')
    await stage.desk.handle({ by: '王芳', role: 'duty', key: null, ifMatch: null, alert: 'day-locked:baoding:PM2.5:2022-03-08', step: { is: 'follow-up', note: null } })
    await rung(1).locator('.what', { hasText: '王芳' }).waitFor()
    expect(await rung(2).locator('textarea').inputValue()).toBe('静稳叠加')
    stage.tellAll()
    await page.locator('.top .clock').waitFor()
    await rung(2).locator('textarea').pressSequentially('散煤')
    await rung(2).locator('input').fill('保定市政府')
    await rung(2).locator('.main').click()
    await rung(2).locator('.what', { hasText: '静稳叠加散煤 · 保定市政府' }).waitFor()
    await rung(2).locator('textarea').waitFor({ state: 'detached' })
  })

  test('says who was first where a colleague has written the same step meanwhile, keeps what was written, and sends it once that has been seen', async () => {
    await desk()
    await rung(2).locator('> .button').click()
    await rung(2).locator('textarea').fill('静稳叠加散煤')
    await rung(2).locator('input').fill('保定市政府')
    await stage.desk.handle({ by: '王芳', role: 'duty', key: null, ifMatch: null, alert: 'day-locked:baoding:PM2.5:2022-03-08', step: { is: 'diagnosis', cause: '扬尘', unit: '住建局' } })
    await rung(2).locator('.what', { hasText: '扬尘 · 住建局' }).waitFor()
    await rung(2).locator('.main').click()
    await toast(/王芳 已于 20:2\d 先行处理/)
    expect(await rung(2).locator('textarea').inputValue()).toBe('静稳叠加散煤')
    expect(alert('day-locked:baoding:PM2.5:2022-03-08')?.handling.diagnosis).toMatchObject({ by: '王芳' })
    await rung(2).locator('.main:enabled').click()
    await rung(2).locator('.what', { hasText: '静稳叠加散煤 · 保定市政府' }).waitFor()
  })

  test('shows script in a note and in a reason as what it is, and runs none of it', async () => {
    const script = '<img src=x onerror="document.title=\'struck\'"><script>document.title="struck"</script>'
    await desk()
    await page.locator('#comment').fill(script)
    await page.locator('.notes .button').click()
    await page.locator('.notes li', { hasText: '<img src=x' }).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.history q', { hasText: '<script>' }).waitFor()
    expect([await page.title(), await page.locator('.hand img, .hand script').count()]).toEqual([expect.not.stringContaining('struck') as string, 0])
  })

  test('is remembered nowhere while the server is away: a click then is refused, and nothing is sent when it is back', async () => {
    await desk()
    stage.beat(false)
    await page.locator('.band.broken').waitFor()
    const before = stage.seen.length
    await page.keyboard.press('s')
    await toast(/与服务器失去联系/)
    expect(await page.locator('.handling li:nth-child(1) .button').isDisabled()).toBe(true)
    expect(await page.locator('dialog[open]').count()).toBe(0)
    stage.beat(true)
    await page.locator('.band.broken').waitFor({ state: 'detached' })
    await page.waitForTimeout(300)
    expect(stage.seen.length).toBe(before)
  })

  test.each(['zh', 'en'])('has no accessibility violation with its forms and dialogs open, in %s', async (language) => {
    await page.goto(`${stage.url}/desk?lang=${language}`)
    await page.locator('.acknowledge .main:enabled').waitFor()
    await page.locator('.handling li:nth-child(2) .button').first().click()
    const found = async (): Promise<string[]> => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    expect(await found()).toEqual([])
    await page.locator('.hand .do .button').first().click()
    await page.locator('dialog.shelve[open]').waitFor()
    expect(await found()).toEqual([])
  })
})
