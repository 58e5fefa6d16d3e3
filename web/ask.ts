/** What a page asks of its server over HTTP. Nothing is queued and nothing is sent twice by itself: a refusal is an answer. */
import { parseInstant } from '../shared/time.ts'
import { lookHeaders } from './attended.ts'
import { addressOf } from './room.ts'

/** An RFC 9457 problem as a person needs it. `lost`: no answer came, so nobody knows whether it was done. */
export type Problem = {
  status: number; code: string; titles: { zh: string; en: string } | null; detail: string
  by: string | null; at: number | null
}
export type Answer<T> = { ok: true; body: T } | { ok: false; problem: Problem }

const PATIENCE = 10_000
const lost: Problem = { status: 0, code: 'lost', titles: null, detail: '', by: null, at: null }

type Said = { code?: unknown; detail?: unknown; titles?: { zh?: unknown; en?: unknown }; by?: unknown; at?: unknown }
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

async function problemOf(answer: Response): Promise<Problem> {
  const said = (await answer.json().catch(() => ({}))) as Said
  const titles = said.titles === undefined ? null : { zh: text(said.titles.zh), en: text(said.titles.en) }
  const at = typeof said.at === 'number' ? said.at : parseInstant(text(said.at))
  return { status: answer.status, code: text(said.code) || `http-${answer.status}`, titles, detail: text(said.detail), by: text(said.by) || null, at }
}

async function asked<T>(address: string, init: RequestInit): Promise<Answer<T>> {
  try {
    const answer = await window.fetch(addressOf(address), { ...init, signal: AbortSignal.timeout(PATIENCE) })
    if (!answer.ok) return { ok: false, problem: await problemOf(answer) }
    if (answer.status === 204) return { ok: true, body: undefined as T }
    return { ok: true, body: (await answer.json()) as T }
  } catch {
    return { ok: false, problem: lost }
  }
}

export const look = <T>(address: string): Promise<Answer<T>> => asked<T>(address, { headers: { accept: 'application/json', ...lookHeaders() } })

export const remove = (address: string): Promise<Answer<unknown>> => asked(address, { method: 'DELETE' })

/** Works on plain HTTP too, where `crypto.randomUUID` is not offered. */
const freshKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** A command: a key of its own for each click, and the version that the person saw (null: none was shown). */
export const command = <T>(address: string, body: object, seen: number | null): Promise<Answer<T>> => asked<T>(address, {
  method: 'POST', body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', 'idempotency-key': freshKey(), ...(seen === null ? {} : { 'if-match': String(seen) }) },
})
