/** What a station, a person and a screen say to a server, over real HTTP and a real socket. */
import { setTimeout as sleep } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { onTestFinished } from 'vitest'
import type { AirCells } from '../../shared/air.ts'
import type { AlertBody, ResponseBody } from '../../shared/api.ts'
import { cellKey } from '../../shared/air.ts'
import type { Fact } from '../../shared/fact.ts'
import { applyAll, type Room } from '../../shared/situation.ts'
import type { AirMessage, FactsMessage, Snapshot, Tick } from '../../shared/wire.ts'
import type { Account, Running } from './server.ts'

export type Answer<Body = Record<string, unknown>> = { status: number; headers: Headers; text: string; body: Body }
export type Receipt = { accepted: number; unchanged: number; revised: number; rejected: { index: number; code: string; detail: string }[] }
export type Sent = { station: string; pollutant: string; start: string; period: string; value: number | null; flag?: string }

/** Asks, and reads the whole answer. */
export async function ask<Body = Record<string, unknown>>(url: string, init: RequestInit = {}): Promise<Answer<Body>> {
  const response = await fetch(url, { redirect: 'manual', ...init })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, text, body: (isJson ? JSON.parse(text) : {}) as Body }
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` })
const json = { 'content-type': 'application/json' }

/** As the screen sees it. */
export const see = <Body = Record<string, unknown>>({ url, first }: Running, place: string): Promise<Answer<Body>> =>
  ask<Body>(`${url}${place}`, { headers: bearer(first.screenToken) })

export const alertsOf = async (server: Running, query = ''): Promise<AlertBody[]> =>
  (await see<{ alerts: AlertBody[] }>(server, `/api/alerts${query}`)).body.alerts
export const responseOf = async (server: Running): Promise<ResponseBody> => (await see<ResponseBody>(server, '/api/response')).body

/** The whole journal, as a screen sees it, or whoever has the cookie. */
export async function journalOf(server: Running, cookie?: string): Promise<Fact[]> {
  const facts: Fact[] = []
  for (;;) {
    const { body } = await ask<{ facts: Fact[] }>(`${server.url}/api/journal?after=${facts.at(-1)?.seq ?? 0}&limit=5000`, { headers: cookie === undefined ? bearer(server.first.screenToken) : { cookie } })
    facts.push(...body.facts)
    if (body.facts.length < 5000) return facts
  }
}

/** Sends readings as a station's gateway does. */
export const post = ({ url, first }: Running, readings: readonly Sent[], token = first.sourceToken): Promise<Answer<Receipt>> =>
  ask<Receipt>(`${url}/api/readings`, { method: 'POST', headers: { ...json, ...bearer(token) }, body: JSON.stringify({ readings }) })

/** Any body at all, with the event's token. */
export const postBody = ({ url, first }: Running, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Answer<Receipt & { code: string }>> =>
  ask(`${url}/api/readings`, { method: 'POST', headers: { ...json, ...bearer(first.sourceToken), ...headers }, body })

/** Signs in and answers the cookie. */
export async function signIn({ url, first }: Running, role: Account['role']): Promise<string> {
  const { name, password } = first.accounts.find((account) => account.role === role)!
  const answer = await ask(`${url}/api/session`, { method: 'POST', headers: json, body: JSON.stringify({ name, password }) })
  if (answer.status !== 200) throw new Error(`${role} was not let in: ${answer.text}`)
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

/** A command of a person. */
export const command = <Body = Record<string, unknown>>(url: string, cookie: string, body: object): Promise<Answer<Body>> =>
  ask<Body>(url, { method: 'POST', headers: { ...json, cookie }, body: JSON.stringify(body) })

/** Looks every so often until there is something to see. */
export async function until<T>(what: string, look: () => Promise<T | null | undefined | false> | T | null | undefined | false, within = 15_000): Promise<T> {
  for (const end = performance.now() + within; ;) {
    const seen = await look()
    if (seen !== null && seen !== undefined && seen !== false) return seen
    if (performance.now() > end) throw new Error(`not within ${within / 1000} s: ${what}`)
    await sleep(50)
  }
}

type Readyz = { ready: boolean; replay?: { done: boolean; at: string; percent: number } }
export const played = ({ url }: Running, within = 90_000): Promise<Readyz> => until('the replay is done', async () => {
  const { body } = await ask<Readyz>(`${url}/readyz`)
  return body.replay?.done === true ? body : null
}, within)

/** A screen: folds what it is sent, exactly as a wall does, and complains of a gap. */
export class Screen {
  readonly socket: Socket
  room: Room | null = null
  air: AirCells = {}
  told = { seq: 0, airSeq: 0, epoch: '' }
  readonly facts: Fact[] = []
  readonly ticks: Tick[] = []
  snapshots = 0
  readonly gaps: string[] = []

  constructor(server: Running, auth: { cookie: string } | { token: string } = { token: server.first.screenToken }) {
    const by = 'token' in auth ? { auth } : { extraHeaders: auth }
    this.socket = io(server.url, { transports: ['websocket'], reconnection: false, ...by })
    onTestFinished(() => { this.socket.close() })
    this.socket.on('snapshot', (snapshot: Snapshot) => { this.begin(snapshot) })
    this.socket.on('facts', (message: FactsMessage) => { this.fold(message) })
    this.socket.on('air', (message: AirMessage) => { this.replace(message) })
    this.socket.on('tick', (tick: Tick) => { this.ticks.push(tick) })
  }

  private begin({ room, air, seq, airSeq, epoch }: Snapshot): void {
    this.snapshots += 1
    Object.assign(this, { room, air, told: { seq, airSeq, epoch } })
  }

  private fold({ from, to, facts }: FactsMessage): void {
    if (from !== this.told.seq + 1) this.gaps.push(`facts from ${from} after ${this.told.seq}`)
    this.facts.push(...facts)
    if (this.room !== null) this.room = applyAll(this.room, facts)
    this.told.seq = to
  }

  private replace({ from, to, cells }: AirMessage): void {
    if (from > this.told.airSeq + 1) this.gaps.push(`cells from ${from} after ${this.told.airSeq}`)
    this.air = { ...this.air, ...Object.fromEntries(cells.map((cell) => [cellKey(cell), cell])) }
    this.told.airSeq = to
  }

  /** Resolves with the first snapshot. */
  arrived = (): Promise<Room> => until('a snapshot', () => this.room)
}
