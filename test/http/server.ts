import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Access } from '../../server/access/access.ts'
import { openAccess } from '../../server/access/open.ts'
import { createAccountDesk } from '../../server/desk/account-desk.ts'
import { createApp } from '../../server/http/app.ts'
import type { Delivery, HttpPorts, Receipt } from '../../server/http/ports.ts'
import type { Draft } from '../../shared/fact.ts'
import type { CalendarBody } from '../../shared/preview.ts'
import { loadOf } from '../../shared/load.ts'
import type { PersonRole } from '../../shared/roles.ts'
import { emptyRoom, type Alert } from '../../shared/situation.ts'
import { civilOf } from '../../shared/time.ts'
import type { EventInfo, Snapshot } from '../../shared/wire.ts'

export const civil = civilOf('Asia/Shanghai')
export const hour = civil.at('2022-02-04', '20:00')

export const anAlert: Alert = {
  id: 'hour-exceeded:beijing:PM2.5:2022-02-04T20', kind: 'hour-exceeded', place: 'beijing', pollutant: 'PM2.5',
  period: { start: hour, end: hour + 3_600_000 }, severity: 'critical', condition: 'over', state: 'unacknowledged',
  shelved: false, suppressed: false, drill: false, occurrence: 1, version: 1, raisedAt: hour + 3_600_000, changedAt: hour + 3_600_000, judgedAt: hour + 3_600_000,
  value: 81.2, limit: 75, assumed: true, marks: ['assumed'], acknowledged: null, reason: { code: 'hour-exceeded' },
  askedAt: hour + 3_600_000, suppression: null, needs: [], signed: [], touched: 1, escalated: [], told: [], notes: [], handling: { followUps: [], diagnosis: null, orders: [], disposal: null },
}

export const aSnapshot = (): Snapshot => ({ epoch: 'e1', seq: 7, airSeq: 40, at: hour, room: { ...emptyRoom, seq: 7, at: hour }, air: {} })

/** An ingest that remembers, and accepts what it gets. */
export function remembering(): { deliveries: Delivery[]; ingest: HttpPorts['ingest'] } {
  const deliveries: Delivery[] = []
  return {
    deliveries,
    ingest: (delivery) => {
      deliveries.push(delivery)
      return Promise.resolve({ ok: true, accepted: delivery.readings.length, unchanged: 0, revised: 0, rejected: delivery.rejected })
    },
  }
}

const unknown = { ok: false, status: 404, code: 'unknown-alert', detail: 'none' } as const
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** The desk of accounts over a journal that takes everything and keeps it. */
export function accountsOf(access: Access, told: Draft[] = []): HttpPorts['accounts'] {
  let n = 0
  const command = (drafts: Draft[]) => {
    told.push(...drafts)
    return Promise.resolve({ ok: true as const, facts: drafts.map(({ body, ...draft }) => ({ ...body, ...draft, seq: ++n, recorded: 0, air: 'live' as const, hash: '' })) })
  }
  return createAccountDesk({ access, journal: { command }, asked: () => null, now: () => hour, machine: Date.now, watch: { look: () => undefined, take: () => undefined }, sources: ['event', 'gateway'] })
}

function portsOf(access: Access): HttpPorts {
  return {
    civil, access, signOn: null, accounts: accountsOf(access), log: silent, web: null, origins: [], proxies: [], metricsToken: null,
    situation: aSnapshot, situationAt: (at) => Promise.resolve({ ok: true, snapshot: { ...aSnapshot(), at } }), event: () => ({ id: 'beijing-2022' }) as unknown as EventInfo, calendar: () => ({ event: 'beijing-2022' }) as unknown as CalendarBody,
    alerts: () => Promise.resolve({ seq: 7, alerts: [anAlert], next: null }),
    alert: (id) => Promise.resolve(id === anAlert.id ? { alert: anAlert, history: [] } : null),
    aqi: (city) => ({ ok: false, status: 404, code: 'unknown-place', detail: city }),
    series: () => Promise.resolve({ ok: true, points: [] }), journal: () => Promise.resolve([]),
    report: () => Promise.resolve({ ok: true, json: '{"event":"beijing-2022"}' }),
    reportHtml: () => Promise.resolve({ ok: true, html: '<p>摘要</p>' }),
    readiness: () => ({ ready: true, replay: null }), eventNow: () => hour, gauges: () => ({ readings: 5, facts: 7, queued: 0, sockets: 2 }),
    ingest: remembering().ingest, lines: () => 'unknown-source', ways: () => ({ at: civil.iso(hour), sources: [], hj212: null, feeds: [], shipping: null, canary: null }),
    tellings: () => ({ channels: [], queued: 0, failed: 0, messages: [] }), duty: () => ({ at: civil.iso(hour), rostered: false, shifts: [], people: [], next: null }),
    screens: () => ({ screens: [] }),
    load: () => ({ from: '', to: '', stale: [], ...loadOf([], { from: 0, now: 0 }) }),
    cap: { feed: () => Promise.resolve('<feed/>'), message: () => Promise.resolve(null) },
    acknowledge: () => Promise.resolve(unknown), setLevel: () => Promise.resolve(unknown), moveOrder: () => Promise.resolve(unknown), review: () => Promise.resolve(unknown),
    shelve: () => Promise.resolve(unknown), unshelve: () => Promise.resolve(unknown), comment: () => Promise.resolve(unknown), handle: () => Promise.resolve(unknown), setService: () => Promise.resolve(unknown), handOver: () => Promise.resolve(unknown), call: () => Promise.resolve(unknown),
    exercises: { list: () => Promise.resolve({ scripts: [], running: null, past: [] }), begin: () => Promise.resolve(unknown), end: () => Promise.resolve(unknown), evaluation: () => Promise.resolve(null), room: () => null, roomOf: () => Promise.resolve(null), latest: () => null },
  }
}

/** A folder that is gone when the test is. */
export function aFolder(): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'qingkong-'))
  onTestFinished(() => { rmSync(dir, { recursive: true, force: true }) })
  return dir
}

export function anAccess(dir = aFolder(), now: () => number = Date.now): Access {
  const access = openAccess({ dir, now })
  onTestFinished(() => { access.close() })
  return access
}

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  onTestFinished(() => new Promise<void>((resolve) => {
    server.closeAllConnections()
    server.close(() => { resolve() })
  }))
  return urlOf(server)
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

/** A server that answers nothing yet, for what must know its address first. */
export async function listenTo(): Promise<{ server: Server; url: string }> {
  const server = createServer()
  return { server, url: await listen(server) }
}

export type Running = { url: string; access: Access; source: string; screen: string; cookieOf: (role: PersonRole) => Promise<string> }

export const password = 'a password for a test'

/** A server with a source `gateway`, a screen `wall`, and people who are called by their roles. */
export async function start(changes: Partial<HttpPorts> | ((at: { url: string; access: Access }) => Partial<HttpPorts>) = {}, server = createServer()): Promise<Running> {
  const access = anAccess()
  const source = access.addToken({ kind: 'source', name: 'gateway' })
  const screen = access.addToken({ kind: 'screen', name: 'wall' })
  if (!source.ok || !screen.ok) throw new Error('no tokens')
  const url = server.listening ? urlOf(server) : await listen(server)
  server.on('request', createApp({ ...portsOf(access), ...(typeof changes === 'function' ? changes({ url, access }) : changes) }))
  const cookieOf = async (role: PersonRole): Promise<string> => {
    await access.addPerson({ name: role, role, password })
    const signed = await access.signIn(role, password)
    if (!signed.ok) throw new Error('not signed in')
    return `qingkong=${signed.secret}`
  }
  return { url, access, source: source.added.secret, screen: screen.added.secret, cookieOf }
}

export const bearer = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` })
export const json = { 'Content-Type': 'application/json' }

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> }
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) as Record<string, unknown> : { text } }
}

export const good: Receipt = { ok: true, accepted: 1, unchanged: 0, revised: 0, rejected: [] }
