import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from 'vitest'
import type { FactOf } from '../../shared/fact.ts'
import type { DutyBody, TellingsBody } from '../../shared/tellings.ts'
import { describeWithBrowser } from '../setup/browser.ts'
import { NOW } from '../web/fixture/event.ts'
import { alerts } from '../web/fixture/room.ts'
import { beforeEachTest, type Staff } from './staff.ts'

const at = '2022-03-08T20:00:00+08:00'
const person = (id: string, name: string, phone: string | null) => ({ id, name, account: null, phone, for: null })
const shift = { id: 'night', name: { zh: '夜班', en: 'Night shift' }, start: at, end: '2022-03-09T08:00:00+08:00', duty: [person('li', '李娜', '138 0000 0001')], leader: [person('zhao', '赵敏', '13800000002')], department: [person('sun', '孙涛', null)], commander: [] }
const duty: DutyBody = { at, rostered: true, shifts: [shift], next: null, people: [{ id: 'chen', name: '陈刚', phone: '13800000003' }] }
const tellings: TellingsBody = { channels: [], queued: 0, failed: 2, messages: [] }
const about = alerts[0]
const owed = (n: number, said: { zh: string; en: string }): FactOf<'call-owed'> => ({
  kind: 'call-owed', call: `c${n}`, what: 'raised', about: about === undefined ? null : { alert: about.id, occurrence: about.occurrence }, said, to: [{ id: 'chen', name: '陈刚', seat: 'leader' }], drill: false,
})

describeWithBrowser('what no machine could tell anybody', () => {
  let page: Staff['page']
  let stage: Staff['stage']
  beforeEachTest((opened) => { ({ page, stage } = opened) }, { duty, tellings })
  const violations = async (): Promise<string[]> => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  const owe = (): void => {
    const bodies = [owed(1, { zh: '【严重】保定市 日均值已不可达标', en: '[critical] Baoding Day out of reach' }), owed(2, { zh: '【警告】廊坊市 小时均值超标', en: '[warning] Langfang Hourly mean exceeded' })]
    stage.happened(...bodies.map((body) => ({ id: `call-owed:${body.call}`, at: NOW, actor: 'system', body })))
  }

  test.each([['zh', ['打电话…', '须电话通知（2）', '李娜', '值班员', '138 0000 0001', '孙涛', '没有电话号码', '陈刚', '13800000003', '保定市 日均值已不可达标']], ['en', ['Call…', 'To be called (2)', 'duty officer', 'no telephone number', 'Baoding Day out of reach']]] as const)('stands over the desk with whom to call at which number, in %s', async (language, told) => {
    await page.goto(`${stage.url}/desk?lang=${language}`)
    await page.locator('.acknowledge .main:enabled').waitFor()
    owe()
    await page.getByRole('button', { name: told[0] }).click()
    const text = (await page.locator('dialog[open]').innerText()).replaceAll(/\s+/g, ' ')
    for (const said of told.slice(1)) expect(text).toContain(said)
    expect(await page.locator('a[href="tel:13800000001"]').count()).toBe(1)
    expect(await violations()).toEqual([])
  })

  test('stands until somebody says with whom they spoke, by the keyboard alone, and is then on the alert; what is not meant stands on', async () => {
    await page.goto(`${stage.url}/desk`)
    await page.locator('.acknowledge .main:enabled').waitFor()
    owe()
    const band = page.locator('.bands [role=alert]', { hasText: '没有任何人收到' })
    await band.getByRole('button').focus()
    await page.keyboard.press('Enter')
    const dialog = page.locator('dialog[open]')
    await dialog.locator('p', { hasText: '请填写与谁通话' }).waitFor()
    expect(await dialog.getByRole('button', { name: '已通话' }).isDisabled()).toBe(true)
    await dialog.getByRole('checkbox').nth(1).focus()
    await page.keyboard.press('Space')
    await dialog.getByLabel('与谁通话').focus()
    await page.keyboard.type('赵敏')
    await page.keyboard.press('Enter')
    await dialog.getByText('已记录：与赵敏通话，1 条').waitFor()
    expect(Object.keys(stage.room().calls)).toEqual(['c2'])
    expect(stage.facts.filter(({ kind }) => kind === 'alert-told' || kind === 'call-made')).toMatchObject([{ calls: ['c1'], by: '李娜', spoke: '赵敏' }, { channel: '@call', state: 'delivered', person: '赵敏' }])
    await page.keyboard.press('Escape')
    await band.getByText('1 条消息').waitFor()
  })

  test('is on the sheet of the handover by its name', async () => {
    await page.goto(`${stage.url}/handover`)
    await page.locator('.rows').waitFor()
    owe()
    await page.locator('.rows dd', { hasText: '廊坊市 小时均值超标' }).waitFor()
    expect(await page.locator('.rows dt', { hasText: '须电话通知' }).innerText()).toContain('2')
  })
})
