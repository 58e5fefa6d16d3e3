import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reportHtml } from '../../server/reports/html.ts'
import type { Summary } from '../../shared/summary.ts'
import { summary, told } from '../reports/fixture.ts'
import { describeWithBrowser, launchBrowser } from '../setup/browser.ts'

type Printed = { pages: string[][]; pdf: Buffer; rows: number[] }
const MEGABYTE = 1024 * 1024
const many = Array.from({ length: 17 }, (_, n) => `city-${n}`)

/** What stands on each page, by the marks that `print` links: a printed link keeps its address readable in the file. */
function pagesOf(pdf: Buffer): string[][] {
  const text = pdf.toString('latin1')
  const objects = new Map([...text.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map((found) => [found[1] ?? '', found[2] ?? '']))
  const marks = (body: string): string[] => [...body.matchAll(/\/URI \(http:\/\/mark\/([^)]*)\)/g)].map((found) => found[1] ?? '')
  return [...objects.values()].filter((body) => /\/Type \/Page\b(?!s)/.test(body)).map((body) => {
    const referred = [...(/\/Annots \[([\s\S]*?)\]/.exec(body)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map((found) => objects.get(found[1] ?? '') ?? '')
    return [...new Set([...marks(body), ...referred.flatMap(marks)])]
  })
}

describeWithBrowser('the printed report', () => {
  let browser: Browser
  let games: Printed
  beforeAll(async () => {
    browser = await launchBrowser()
    games = await print(summary(many, '2022-03-16'))
  })
  afterAll(async () => { await browser.close() })

  /** As it prints, with a link on each heading, table head and row: `t0:head`, `t0:3`, `h:4 Day by day`. */
  async function print(of: Summary): Promise<Printed> {
    const page = await browser.newPage()
    await page.setContent(reportHtml({ summary: of, event: { ...told, air: 'replay' }, at: 0, language: 'en' }))
    const rows = await page.evaluate(() => {
      const link = (element: Element | null, mark: string): void => {
        if (element !== null) element.innerHTML = `<a href="http://mark/${mark}" style="color: inherit; text-decoration: none">${element.innerHTML}</a>`
      }
      document.querySelectorAll('.en h2').forEach((heading, n) => { link(heading, `h${n}`) })
      return [...document.querySelectorAll('.en table')].map((table, n) => {
        link(table.querySelector('thead th'), `t${n}:head`)
        const all = table.querySelectorAll('tbody tr')
        all.forEach((row, at) => { link(row.querySelector('th, td'), `t${n}:${at}`) })
        return all.length
      })
    })
    const pdf = await page.pdf({ preferCSSPageSize: true })
    await page.close()
    return { pages: pagesOf(pdf), pdf, rows }
  }

  test('breaks no table that fits on a page, and leaves four rows at least on each side of a break', () => {
    const { pages, rows } = games
    expect(pages.length).toBeGreaterThan(3)
    for (const [n, count] of rows.entries()) {
      const parts = pages.map((marks) => marks.filter((mark) => new RegExp(`^t${n}:\\d`).test(mark)).length).filter((part) => part > 0)
      expect(parts.reduce((sum, part) => sum + part, 0), `rows of table ${n}`).toBe(count)
      if (count <= 30) expect(parts, `table ${n}`).toEqual([count])
      else expect(Math.min(...parts), `table ${n}`).toBeGreaterThanOrEqual(4)
    }
  })

  test('leaves no page to one section alone because a long table comes after it', () => {
    const { pages } = games
    for (const [n, marks] of pages.entries()) expect(marks.filter((mark) => /:\d/.test(mark)).length, `rows on page ${n + 1}`).toBeGreaterThan(0)
  })

  test('repeats the head of a table on each page that it goes on to', () => {
    const { pages, rows } = games
    const long = rows.findIndex((count) => count > 50)
    const with_ = (mark: RegExp): number => pages.filter((marks) => marks.some((each) => mark.test(each))).length
    expect(with_(new RegExp(`^t${long}:\\d`))).toBeGreaterThan(1)
    expect(with_(new RegExp(`^t${long}:head$`))).toBe(with_(new RegExp(`^t${long}:\\d`)))
  })

  test('of one city and a fortnight is two pages, and the last has more than one section', async () => {
    const made = summary(['beijing'], '2022-01-24')
    const { pages } = await print({ ...made, cities: made.cities.map((city) => ({ ...city, days: city.days.filter((day) => day.drill !== true) })) })
    expect(pages.length).toBe(2)
    expect(pages.at(-1)?.filter((mark) => mark.startsWith('h')).length).toBeGreaterThan(1)
  })

  test('is small enough to be sent, however many days could not be judged', async () => {
    const made = summary(many, '2022-03-16')
    const { pdf } = await print({ ...made, cities: made.cities.map((city) => ({ ...city, days: city.days.map((day) => ({ ...day, mean: null, rounded: null, verdict: 'insufficient' as const })) })) })
    expect(pdf.length).toBeLessThan(2 * MEGABYTE)
  })
})
