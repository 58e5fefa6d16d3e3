import { describe, expect, test } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { createI18n } from 'vue-i18n'
import type { RunningCell } from '../../shared/air.ts'
import type { Alert } from '../../shared/situation.ts'
import AlertCard from '../../web/wall/AlertCard.vue'
import { shared } from '../../web/words/zh/shared.ts'
import { wall } from '../../web/words/zh/wall.ts'
import { cells, cityCell, given } from './fixture/air.ts'
import { event, NOW } from './fixture/event.ts'
import { alerts } from './fixture/room.ts'

const named = (kind: string): Alert => alerts.find((each) => each.kind === kind)!
const words = createI18n({ legacy: false, locale: 'zh', messages: { zh: { ...shared, wall } } })
const cityOf = (id: string) => cityCell(given.find(({ city }) => city === id)!)

/** What a card says of an alert while its city's running day and hour are as given: its figure, and its text. */
async function said(alert: Alert, over: { day?: Partial<RunningCell>; hour?: Partial<RunningCell>; dense?: boolean }): Promise<{ figure: string; text: string }> {
  const cell = cityOf(alert.place)
  const air = cells([{ ...cell, day: { ...cell.day, ...over.day }, hour: { ...cell.hour, ...over.hour } }])
  const card = { key: alert.id, alert, count: 1, city: alert.place, places: [alert.place] }
  const html = await renderToString(createSSRApp(AlertCard, { card, event, air, now: NOW, asks: false, dense: over.dense ?? false }).use(words))
  const text = html.replaceAll(/<!--.*?-->/g, '').replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  return { figure: /class="value"[^>]*><strong[^>]*>([^<]*)/.exec(html)?.[1] ?? '', text }
}

describe('the card of an alert', () => {
  test('of a projected day shows the mean, the budget and the hours left of this moment, not of when it was raised', async () => {
    const alert = named('day-projected')
    expect(alert.value).toBe(71.3)
    const { figure, text } = await said(alert, { day: { mean: 73.2, rounded: 73, budget: 84.9, recent: 118.4, left: 3 } })
    expect(figure).toBe('73')
    expect(text).toContain('其余 3 小时须 ≤ 84，近均 118')
  })

  test('of a projected hour counts its minutes', async () => {
    const { figure, text } = await said(named('hour-projected'), { hour: { mean: 106.4, rounded: 106, budget: 81.5, recent: 111.6, left: 12 } })
    expect(figure).toBe('106')
    expect(text).toContain('其余 12 分钟须 ≤ 81，近均 112')
  })

  test('of a day out of reach shows the running mean and the hours that cannot help any more', async () => {
    const { figure, text } = await said(named('day-locked'), { day: { mean: 97.6, rounded: 98, left: 2 } })
    expect(figure).toBe('98')
    expect(text).toContain('其余 2 小时为 0 仍超限')
  })

  test('keeps the figure it was judged by once its period has ended, and says nothing of a rest', async () => {
    const cell = cityOf('baoding')
    const tomorrow = { start: cell.day.end, end: cell.day.end + 86_400_000, mean: 12, rounded: 12 }
    const { figure, text } = await said(named('day-locked'), { day: tomorrow })
    expect(figure).toBe('94')
    expect(text).not.toContain('其余')
  })

  test('that is held for want of data promises nothing about the rest', async () => {
    const { text } = await said({ ...named('day-projected'), condition: 'unknown' }, {})
    expect(text).toContain('数据中断，保持')
    expect(text).not.toContain('其余')
  })

  test('says who waits how long and what is in doubt also where cards stand close', async () => {
    const { figure, text } = await said(named('day-projected'), { day: { rounded: 73 }, dense: true })
    expect(figure).toBe('73')
    expect(text).toMatch(/廊坊.*存疑.*未确认 6 分钟/)
    expect(text).not.toContain('建议')
  })
})
