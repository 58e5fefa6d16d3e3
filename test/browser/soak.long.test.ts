import type { Browser, CDPSession } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureWeb } from '../../server/boot/build.mjs'
import { builtWeb } from '../../server/built.ts'
import type { Cell } from '../../shared/air.ts'
import type { Fact } from '../../shared/fact.ts'
import { describeWithBrowser, launchBrowser } from '../setup/browser.ts'
import { event } from '../web/fixture/event.ts'
import { alert, snapshot } from '../web/fixture/room.ts'
import { startMock, type Mock } from '../web/mock-server.ts'

/** A change every 40 ms of machine time is one every five minutes of the event's: three weeks in four minutes. */
const [EVERY, APART] = [40, 300_000]
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

describeWithBrowser('a wall left on', () => {
  let browser: Browser
  beforeAll(async () => { await ensureWeb(); browser = await launchBrowser() })
  afterAll(() => browser.close())

  test('for weeks holds no more than on its first day', { timeout: 900_000 }, async () => {
    const mock = await startMock({ web: builtWeb, event, snapshot })
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    await page.goto(`${mock.url}/wall`)
    await page.locator('[data-city="beijing"]').first().waitFor()
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable')
    mock.beat((APART * 250) / EVERY)
    const sizes: Size[] = []
    let at = { n: 0, seq: snapshot.seq, airSeq: snapshot.airSeq }
    for (let round = 0; round < ROUNDS; round += 1) {
      at = await live(mock, at, ROUND)
      sizes.push(await sizeOf(cdp))
      process.stderr.write(`  round ${round + 1} of ${ROUNDS}: ${at.n} changes of the air, ${JSON.stringify(sizes.at(-1))}\n`)
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
