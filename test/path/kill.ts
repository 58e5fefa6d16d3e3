/** A client that believes only what it was answered 200, a server that is killed at any moment, and the account afterwards. */
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { civilOf } from '../../shared/time.ts'
import { dataFolder, run, type Running, start } from './server.ts'
import { alertsOf, ask, command, journalOf, postBody, see, type Sent, signIn } from './talk.ts'

const civil = civilOf('Asia/Shanghai')
const HOUR = 3_600_000
const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)]!

/** Beijing's first ten: enough of its evaluators to make its hours, and alerts about them. Each lane has its own. */
const lanes = [['1001A', '1003A', '1004A'], ['1005A', '1006A', '1007A'], ['1008A', '1009A', '1011A']]
/** About the limit, so that alerts come and go: each time is an occurrence to acknowledge. */
const valueAbout = (limit: number): number => limit - 50 + Math.floor(Math.random() * 1000) / 10
/** Hours of some pollutants and minutes of others: a start is then one reading. */
const periods = { 'PM2.5': 60, SO2: 60, PM10: 5, O3: 5 } as const
type Pollutant = keyof typeof periods

/** What is known of one reading: the last value that was confirmed, and those sent since. `changes`: how often another value was sent. */
type Known = { confirmed: number | undefined; since: number[]; last: number | undefined; changes: number }
type Done = { alert: string; occurrence: number; by: string; at: string }
export type Account = { readings: number; bodies: number; unanswered: number; acknowledged: number; orders: number; kills: number }

export class Client {
  readonly known = new Map<string, Known>()
  readonly done: Done[] = []
  readonly orders: string[] = []
  readonly account: Account = { readings: 0, bodies: 0, unanswered: 0, acknowledged: 0, orders: 0, kills: 0 }
  readonly wrong: string[] = []

  /** Everything at once until the server is gone. */
  async work(server: Running): Promise<void> {
    const gone = { yet: false }
    void server.ended.then(() => { gone.yet = true })
    const cookies = await Promise.all([signIn(server, 'duty'), signIn(server, 'leader')]).catch(() => null)
    const again = async (what: () => Promise<void>): Promise<void> => {
      while (!gone.yet) await what().catch(() => { this.account.unanswered += 1; return sleep(5) })
    }
    await Promise.all([
      ...lanes.map((stations) => again(() => this.send(server, stations))),
      ...(cookies === null ? [] : [again(() => this.acknowledge(server, cookies[0])), again(() => this.changeLevel(server, cookies[1]))]),
    ])
  }

  private async send(server: Running, stations: readonly string[]): Promise<void> {
    const now = Date.parse((await ask<{ at: string }>(`${server.url}/healthz`)).body.at)
    const batch = Array.from({ length: 1 + Math.floor(Math.random() * 60) }, () => this.reading(now, stations))
    const answer = await postBody(server, ...bodyOf(batch))
    if (answer.status !== 200) { this.wrong.push(`${answer.status} ${answer.text}`); return }
    const { accepted, unchanged, revised, rejected } = answer.body
    if (rejected.length > 0 || accepted + unchanged + revised !== batch.length) this.wrong.push(answer.text)
    this.account.bodies += 1
    this.account.readings += batch.length
    for (const { station, pollutant, start, value } of batch) {
      const known = this.known.get(`${station} ${pollutant} ${start}`)!
      Object.assign(known, { confirmed: value, since: [] })
    }
  }

  /** One of the last three hours; often one that was sent before, sometimes with the same value. */
  private reading(now: number, stations: readonly string[]): Sent {
    const pollutant = pick(Object.keys(periods) as Pollutant[])
    const span = periods[pollutant] * 60_000
    const start = civil.iso(Math.floor(now / span) * span - span * (1 + Math.floor(Math.random() * ((3 * HOUR) / span))))
    const station = pick(stations)
    const key = `${station} ${pollutant} ${start}`
    const known = this.known.get(key) ?? { confirmed: undefined, since: [], last: undefined, changes: 0 }
    this.known.set(key, known)
    const value = known.last !== undefined && Math.random() < 0.3 ? known.last : valueAbout(75)
    if (value !== known.last) known.changes += 1
    known.last = value
    known.since.push(value)
    return { station, pollutant, start, period: span === HOUR ? 'PT1H' : `PT${span / 60_000}M`, value, flag: 'N' }
  }

  private async acknowledge(server: Running, cookie: string): Promise<void> {
    const open = (await alertsOf(server)).filter(({ state }) => state === 'unacknowledged')
    if (open.length === 0) return sleep(20)
    const { id, occurrence } = pick(open)
    const { status, body } = await command<Done>(`${server.url}/api/alerts/${encodeURIComponent(id)}/acknowledge`, cookie, { occurrence })
    if (status !== 200) return
    this.done.push({ alert: id, occurrence, by: body.by, at: body.at })
    this.account.acknowledged += 1
  }

  private async changeLevel(server: Running, cookie: string): Promise<void> {
    const body = { ladder: 'event-support', level: pick(['III', 'II', null]), areas: [pick(['beijing', 'dongcheng', 'xicheng'])], reason: 'a trial' }
    const answer = await command<{ orders: { id: string }[] }>(`${server.url}/api/response/level`, cookie, body)
    if (answer.status === 200) {
      this.orders.push(...answer.body.orders.map(({ id }) => id))
      this.account.orders += answer.body.orders.length
    }
    await sleep(30)
  }

  /** Holds a server that was started again to every word of the one that was killed. */
  async holdTo(server: Running): Promise<void> {
    expect(this.wrong, 'every reading was taken').toEqual([])
    for (const [stations, pollutant] of lanes.flat().flatMap((station) => Object.keys(periods).map((each) => [station, each] as const)))
      await this.holdSeries(server, stations, pollutant)
    const facts = await journalOf(server)
    expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, i) => i + 1))
    for (const { alert, occurrence, by, at } of this.done) {
      const found = facts.filter((fact) => fact.kind === 'alert-acknowledged' && fact.alert === alert && fact.occurrence === occurrence)
      expect(found.map((fact) => [fact.actor, civil.iso(fact.at)]), alert).toEqual([[`person:${by}`, at]])
    }
    const issued = facts.flatMap((fact) => (fact.kind === 'order-issued' ? [fact.order] : []))
    expect(new Set(issued).size).toBe(issued.length)
    expect(this.orders.filter((order) => !issued.includes(order))).toEqual([])
  }

  private async holdSeries(server: Running, station: string, pollutant: string): Promise<void> {
    const sent = [...this.known].filter(([key]) => key.startsWith(`${station} ${pollutant} `))
    const { body } = await see<{ points: { start: string; value: number; revision: number }[] }>(server,
      `/api/series?place=station:${station}&pollutant=${pollutant}&average=raw&from=2022-02-03&to=2022-02-12`)
    const points = new Map(body.points.filter(({ revision }) => revision > 0).map((point) => [point.start, point]))
    expect(new Set(body.points.map(({ start }) => start)).size, 'each reading once').toBe(body.points.length)
    for (const [key, known] of sent) {
      const point = points.get(key.split(' ')[2]!)
      const may = [...(known.confirmed === undefined ? [undefined] : [known.confirmed]), ...known.since]
      expect(may, `${key} was confirmed as ${known.confirmed}, then sent as ${known.since.join()}`).toContain(point?.value)
      if (point === undefined) { this.known.delete(key); continue }
      expect(point.revision, `${key}: no more revisions than changes`).toBeLessThanOrEqual(known.changes)
      Object.assign(known, { confirmed: point.value, since: [], last: point.value })
    }
  }
}

const line = ({ station, pollutant, start, period, value, flag }: Sent): string => [station, pollutant, start, period, value, flag].join(',')

/** JSON or CSV, packed or not. */
function bodyOf(batch: readonly Sent[]): [string | Uint8Array<ArrayBuffer>, Record<string, string>] {
  const csv = Math.random() < 0.5
  const text = csv ? `station,pollutant,start,period,value,flag\n${batch.map(line).join('\n')}\n` : JSON.stringify({ readings: batch })
  const type = { 'content-type': csv ? 'text/csv' : 'application/json' }
  return Math.random() < 0.5 ? [text, type] : [new Uint8Array(gzipSync(text)), { ...type, 'content-encoding': 'gzip' }]
}

const air = ['--event', 'config/beijing-2022', '--air', 'silent', '--speed', '600']

/** Starts, works, kills; again and again upon one folder; each time the books are compared. */
export async function killAgainAndAgain(rounds: number): Promise<Account> {
  const dir = dataFolder()
  const client = new Client()
  let seen = 0
  for (let round = 0; round <= rounds; round++) {
    const server = await start([...air, ...(round === 0 ? ['--now', '2022-02-04T12:00:00+08:00'] : [])], dir)
    const at = Date.parse((await ask<{ at: string }>(`${server.url}/healthz`)).body.at)
    expect(at, 'event time goes on').toBeGreaterThanOrEqual(seen)
    await client.holdTo(server)
    if (round === rounds) { await server.stop(); break }
    const work = client.work(server)
    await sleep(300 + Math.random() * 1500)
    seen = Date.parse((await ask<{ at: string }>(`${server.url}/healthz`)).body.at)
    await server.kill()
    client.account.kills += 1
    await work
    const verified = await run('verify', '--data', dir)
    expect(verified, `verify: ${verified.err}`).toMatchObject({ code: 0 })
  }
  return client.account
}
