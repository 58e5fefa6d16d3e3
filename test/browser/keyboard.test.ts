import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { KEYS } from '../../web/desk/keys.ts'
import { raised } from '../desk/room.ts'
import { describeWithBrowser } from '../setup/browser.ts'
import { beforeEachTest, openDesk, type Staff } from './staff.ts'

const baoding = 'day-locked:baoding:PM2.5:2022-03-08'

/** What can be worked within an open dialog, or on the page; of radio buttons one a group. Each gets a number. */
function workable(): number {
  const within = document.querySelector('dialog[open]') ?? document.body
  const all = [...within.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((each) => each.getClientRects().length > 0 && !each.matches(':disabled, [tabindex="-1"]') && !(each.matches('[type=radio]:not(:checked)')))
  all.forEach((each, n) => { each.dataset['reach'] = String(n) })
  return all.length
}

/** The number of what has the focus; or what is wrong with how that is seen. */
function focused(): string {
  const at = document.activeElement
  if (!(at instanceof HTMLElement) || at === document.body) return 'nothing'
  const { outlineStyle, outlineWidth } = getComputedStyle(at)
  const box = at.getBoundingClientRect()
  const seen = box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.left < window.innerWidth
  const name = at.textContent.trim() || at.id || at.tagName
  return outlineStyle === 'none' || Number.parseFloat(outlineWidth) === 0 ? `no ring on ${name}` : seen ? at.dataset['reach'] ?? `unnumbered ${name}` : `out of sight: ${name}`
}

describeWithBrowser('the desk without a mouse', () => {
  let page: Staff['page']
  let stage: Staff['stage']
  beforeEachTest((opened) => { ({ page, stage } = opened) })

  const desk = (): Promise<void> => openDesk({ page, stage })
  /** Tab until it has the focus. */
  const tabTo = async (to: Locator): Promise<void> => {
    for (let n = 0; n < 120; n += 1) {
      if (await to.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`the Tab key never reaches ${String(to)}`)
  }
  /** What Tab does not reach, and what is wrong with how focus is seen on the way; a list that scrolls may be a stop more. */
  const faults = async (): Promise<string[]> => {
    const count = await page.evaluate(workable)
    const met = new Set<string>()
    for (let n = 0; n < count + 6; n += 1) {
      await page.keyboard.press('Tab')
      met.add(await page.evaluate(focused))
    }
    return [...Array.from({ length: count }, (_, n) => String(n)).filter((n) => !met.has(n)).map((n) => `unreached ${n}`), ...[...met].filter((each) => /no ring|out of sight/.test(each))]
  }

  test('everything is reached by Tab, and one always sees where one is: the page, and each dialog that asks for something', async () => {
    stage.be({ name: '陈主任', role: 'leader' })
    await desk()
    expect(await faults()).toEqual([])
    await page.evaluate(() => { if (document.activeElement instanceof HTMLElement) document.activeElement.blur() })
    for (const key of ['l', 's', 'r', '?']) {
      await page.keyboard.press(key)
      await page.locator('dialog[open]').waitFor()
      if (key === 'r') await page.locator('dialog.review tbody tr').first().waitFor()
      expect([key, await faults()]).toEqual([key, []])
      await page.keyboard.press('Escape')
      await page.locator('dialog[open]').waitFor({ state: 'detached' })
    }
    await page.goto(`${stage.url}/handover`)
    await page.locator('.sign input[type=checkbox]').first().waitFor()
    expect(await faults()).toEqual([])
  })

  test('a key pressed at the very moment a dialog closes is the desk\'s, not lost in the field that was left', async () => {
    await desk()
    await page.keyboard.press('s')
    await page.locator('dialog.shelve textarea:focus').waitFor()
    await page.evaluate(() => {
      document.querySelector<HTMLDialogElement>('dialog[open]')?.close()
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true, cancelable: true }))
    })
    await page.locator('dialog.keys[open]').waitFor()
  })

  test('one signs in, acknowledges, starts a level and hands the shift over', async () => {
    stage.be(null)
    await page.goto(`${stage.url}/desk`)
    await page.locator('input[name=name]:focus').waitFor()
    await page.keyboard.type('陈主任')
    await page.keyboard.press('Tab')
    await page.keyboard.type('right')
    await page.keyboard.press('Enter')
    await page.locator('.acknowledge .main:enabled').waitFor()
    await page.keyboard.press('a')
    await page.locator('.toast', { hasText: '已确认：保定市' }).waitFor()
    await page.keyboard.press('l')
    await page.locator('dialog.level[open]').waitFor()
    await tabTo(page.locator('dialog.level textarea'))
    await page.keyboard.type('预报静稳')
    await tabTo(page.locator('dialog.level footer .main'))
    await page.keyboard.press('Enter')
    await page.locator('.toast', { hasText: '保定市：强化管控' }).waitFor()
    expect(stage.room().levels['event/baoding']).toMatchObject({ level: 'II', by: '陈主任' })
    await page.goto(`${stage.url}/handover`)
    await page.locator('.sign input[type=checkbox]').first().waitFor()
    await tabTo(page.locator('.sign input[type=checkbox]').first())
    await page.keyboard.press('Space')
    await tabTo(page.locator('.sign textarea'))
    await page.keyboard.type('廊坊无人确认')
    await tabTo(page.locator('.sign .main'))
    await page.keyboard.press('Enter')
    await page.locator('[role=status]').waitFor()
    expect(stage.room().handover).toMatchObject({ by: '陈主任', note: '廊坊无人确认' })
  })

  test('the list of keys has every key that does something, and no other letter does anything', async () => {
    await desk()
    await page.keyboard.press('?')
    await page.locator('dialog.keys[open]').waitFor()
    expect(await page.locator('dialog.keys kbd').allInnerTexts()).toEqual(KEYS.map((key) => (key === 'Escape' ? 'Esc' : key)))
    await page.keyboard.press('Escape')
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    const inHand = page.locator('.hand h2')
    const first = await inHand.innerText()
    await page.keyboard.press('j')
    expect(await inHand.innerText()).not.toBe(first)
    await page.keyboard.press('k')
    expect(await inHand.innerText()).toBe(first)
    for (const key of 'b c d e f g h i m o p q t u v w x y z 0 1 2 3 4 5 6 7 8 9 A S L R J K Delete F2'.split(' ')) await page.keyboard.press(key)
    expect([await inHand.innerText(), await page.locator('dialog[open], .toast').count(), stage.seen.length]).toEqual([first, 0, 0])
  })

  test('a critical alert sounds, again and again until it is acknowledged; a test sounds by itself; off is off, said in words, and remembered', async () => {
    await page.addInitScript(() => {
      const started = Reflect.get<OscillatorNode, 'start'>(OscillatorNode.prototype, 'start')
      Object.assign(window, { tones: 0 })
      OscillatorNode.prototype.start = function start(when) {
        Object.assign(window, { tones: Number(Reflect.get(window, 'tones')) + 1 })
        started.call(this, when)
      }
    })
    const tones = () => page.evaluate(() => Number(Reflect.get(window, 'tones')))
    await desk()
    // The browser lets a page sound once somebody has touched it.
    await page.keyboard.press('j')
    await page.locator('.sound button[aria-pressed=true]').waitFor()
    await expect.poll(tones, { message: 'two tones, and three seconds later two more' }).toBeGreaterThanOrEqual(4)
    await page.keyboard.press('k')
    await page.keyboard.press('a')
    await page.locator('.toast', { hasText: '已确认：保定市' }).waitFor()
    const silent = await tones()
    await page.waitForTimeout(3_500)
    expect(await tones()).toBe(silent)
    await page.locator('.sound button').nth(1).click()
    await expect.poll(tones).toBe(silent + 2)
    await page.locator('.sound button').first().click()
    await page.locator('.sound.off', { hasText: '声音关闭' }).waitFor()
    stage.happened(raised({ alert: 'hour-exceeded:tianjin:PM2.5:2022-03-08T19', place: 'tianjin' }))
    await page.locator('.alert', { hasText: '天津市' }).waitFor()
    await page.waitForTimeout(500)
    expect(await tones()).toBe(silent + 2)
    await page.reload()
    await page.locator('.sound.off', { hasText: '声音关闭' }).waitFor()
    expect(stage.room().alerts[baoding]?.state).toBe('acknowledged')
  })
})
