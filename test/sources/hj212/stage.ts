/** Devices and lines without a network: what a session says to a frame, by the tables of a source. */
import type { Station } from '../../../shared/event.ts'
import type { Reading } from '../../../shared/reading.ts'
import { type Hj212Source, SourcesFile } from '../../../shared/sources.ts'
import { civilOf } from '../../../shared/time.ts'
import { frameOf as bytesOf } from '../../../shared/hj212/frame.ts'
import { devicesOf } from '../../../server/sources/hj212/devices.ts'
import { type Take, intakeOf } from '../../../server/sources/hj212/intake.ts'
import { Session } from '../../../server/sources/hj212/session.ts'
import { type FailedFrame, Tally } from '../../../server/sources/hj212/tally.ts'

export const civil = civilOf('Asia/Shanghai')
export const at = (text: string): number => Date.parse(`${text}+08:00`)
export const MN = 'A110000000000000000000B1'

export const station = (id: string, aliases: string[] = []): Station =>
  ({ id, name: id, area: 'beijing', longitude: 116.4, latitude: 39.9, kind: 'micro', evaluates: true, aliases })

export const frameOf = (segment: string): Buffer => Buffer.from(bytesOf(segment))

type Said = Partial<Omit<Hj212Source, 'kind' | 'id'>>
export function source(said: Said = {}): Hj212Source {
  const file = SourcesFile.parse({ sources: [{ id: 'towers', kind: 'hj212', interval: 'PT5M', units: 'ambient', passwordEnv: 'PW', realtime: 'PT1M', history: 'PT0M', ...said }] })
  const [found] = file.sources
  if (found?.kind !== 'hj212') throw new Error('no HJ 212 source')
  return found
}

export type Stage = {
  /** A further connection of the same room. */
  another: () => { session: Session }
  session: Session; sent: string[]; failed: FailedFrame[]; readings: Reading[]; tally: Tally
  /** Sends text as bytes, and waits until it is answered or will not be. */
  say: (text: string | Uint8Array, last?: boolean) => Promise<void>
}

type Setting = { said?: Said; mns?: readonly string[]; password?: string; take?: Take; now?: number; heard?: number | null }

export function stage({ said = {}, mns = [MN], password = '123456', take, now = at('2022-02-05T08:00:00'), heard = null }: Setting = {}): Stage {
  const { devices } = devicesOf([source(said)], [station('1001A', [...mns])], { PW: password })
  const [sent, failed, readings, tally]: [string[], FailedFrame[], Reading[], Tally] = [[], [], [], new Tally()]
  const keep: Take = take ?? ((delivery) => {
    readings.push(...delivery.readings)
    return Promise.resolve({ ok: true, rejected: [] })
  })
  const parts = {
    devices, civil, tally, now: () => now, machine: () => 1_700_000_000_000, heard: () => heard, keepFailed: (frame: FailedFrame) => { failed.push(frame) },
    intake: intakeOf(keep, (error) => { throw error }),
  }
  const open = (): Session => new Session(parts, { peer: 'test', send: (frame) => { sent.push(Buffer.from(frame).toString('utf8')) } })
  const session = open()
  return { another: () => ({ session: open() }), session, sent, failed, readings, tally, say: (text, last) => session.push(typeof text === 'string' ? Buffer.from(text, 'utf8') : text, last) }
}

export const shown = (readings: readonly Reading[]): string[] =>
  readings.map(({ pollutant, start, minutes, value, flag }) => `${pollutant} ${civil.iso(start).slice(0, 16)} ${minutes}min ${value === null ? 'null' : value / 1e6} ${flag === '' ? '-' : flag}`)
