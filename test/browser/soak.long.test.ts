import type { Express } from 'express'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureWeb } from '../../server/boot/build.mjs'
import { builtWeb } from '../../server/built.ts'
import type { Cell } from '../../shared/air.ts'
import type { Fact } from '../../shared/fact.ts'
import { seriesOf } from '../desk/stage.ts'
import { describeWithBrowser, launchBrowser } from '../setup/browser.ts'
import { event } from '../web/fixture/event.ts'
import { alert, snapshot } from '../web/fixture/room.ts'
import { startMock, type Mock } from '../web/mock-server.ts'

/** A change every 40 ms of machine time is one every quarter of an hour of the event's: a month and more in four minutes, also where the machine is busy. */
const [EVERY, APART] = [40, 900_000]
const [ROUNDS, WARM, ROUND] = [12, 3, 20_000]

type Size = { heap: number; nodes: number; listeners: number }
const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms) })

/** What the page holds once everything that can be let go is let go. */
async function sizeOf(cdp: CDPSession): Promise<Size> {
  await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

/** Every cell of the air, a little different each time. */
const stirred = (n: number): Cell[] => Object.values(snapshot.air).map((cell) =>
  (cell.kind === 'timeline' ? { ...cell, means: cell.means.map((mean, at) => (mean === null ? null : mean + ((n + at) % 7))) }
    : cell.kind === 'city' ? { ...cell, day: { ...cell.day, mean: cell.day.mean === null ? null : cell.day.mean + (n % 9) / 10 } } : cell))

/** An alert that is raised, acknowledged and closed, with a name of its own. */
function passing(n: number, seq: number, at: number): Fact[] {
  const id = `silent:2203A:PM2.5:soak-${n}`
  const { kind: alertKind, place, pollutant, period, severity, condition, value, limit, assumed, reason, marks } = alert({ id, kind: 'silent', place: '2203A', severity: 'notice', limit: null, value: null })
  const stamp = { at, recorded: 0, actor: 'system', air: 'simulated', hash: '' } as const
  const raised = { alertKind, place, pollutant, period, severity, condition, value, limit, assumed, reason, marks, drill: false }
  return [
    { seq, id: `r${n}`, ...stamp, kind: 'alert-raised', alert: id, occurrence: 1, ...raised },
    { seq: seq + 1, id: `a${n}`, ...stamp, kind: 'alert-acknowledged', alert: id, occurrence: 1, by: '王', note: null },
    { seq: seq + 2, id: `c${n}`, ...stamp, kind: 'alert-closed', alert: id, occurrence: 1, reason: { code: 'over' } },
  ]
}

/** Has the room change for a while; answers where it stands. */
async function live(mock: Mock, from: { n: number; seq: number; airSeq: number }, ms: number) {
  let { n, seq, airSeq } = from
  for (const end = Date.now() + ms; Date.now() < end; n += 1) {
    const cells = stirred(n)
    mock.air(airSeq + 1, cells)
    airSeq += cells.length
    if (n % 5 === 0) {
      mock.facts(seq + 1, passing(n, seq + 1, snapshot.at + n * APART))
      seq += 3
    }
    await pause(EVERY)
  }
  return { n, seq, airSeq }
}

/** What the desk asks for besides: somebody is signed in, and the alert in hand has facts and a curve. */
function deskApi(app: Express): void {
  app.get('/api/session', (_, answer) => { answer.json({ name: '李娜', role: 'duty' }) })
  app.get('/api/alerts/:id', ({ params: { id } }, answer) => { answer.json({ history: [1, 2, 3].map((n) => ({ ...passing(n, n, snapshot.at)[1], alert: id })) }) })
  app.get('/api/series', ({ query: { from, to } }, answer) => { answer.json({ place: '', pollutant: 'PM2.5', average: 'hour', points: seriesOf(Date.parse(from as string), Date.parse(to as string)) }) })
}
type Left = { face: 'wall' | 'desk'; ready: string; meanwhile: (page: Page) => Promise<void> }
const faces: readonly Left[] = [
  { face: 'wall', ready: '[data-city="beijing"]', meanwhile: () => Promise.resolve() },
  // Somebody goes through the list, as in any shift.
  { face: 'desk', ready: '.acknowledge .main:enabled', meanwhile: async (page) => { for (const key of ['j', 'j', 'k', 'j', '?', 'Escape']) await page.keyboard.press(key) } },
]

describeWithBrowser('a screen left on', () => {
  let browser: Browser
  beforeAll(async () => { await ensureWeb(); browser = await launchBrowser() })
  afterAll(() => browser.close())

  test.each(faces)('a month long, the $face holds no more than on its first days', { timeout: 900_000 }, async ({ face, ready, meanwhile }) => {
    const mock = await startMock({ web: builtWeb, event, snapshot, api: deskApi })
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    await page.goto(`${mock.url}/${face}`)
    await page.locator(ready).first().waitFor()
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable')
    mock.beat((APART * 250) / EVERY)
    const sizes: Size[] = []
    let at = { n: 0, seq: snapshot.seq, airSeq: snapshot.airSeq }
    for (let round = 0; round < ROUNDS; round += 1) {
      at = await live(mock, at, ROUND)
      await meanwhile(page)
      sizes.push(await sizeOf(cdp))
      process.stderr.write(`  ${face}: round ${round + 1} of ${ROUNDS}: ${at.n} changes of the air, ${JSON.stringify(sizes.at(-1))}\n`)
    }
    await page.close()
    await mock.close()
    const [first, last] = [sizes[WARM], sizes.at(-1)]
    expect(mock.resyncs()).toBe(0)
    expect(last?.nodes).toBeLessThan((first?.nodes ?? 0) * 1.1)
    expect(last?.listeners).toBeLessThan((first?.listeners ?? 0) * 1.1)
    expect(last?.heap).toBeLessThan((first?.heap ?? 0) * 1.1)
  })
})
