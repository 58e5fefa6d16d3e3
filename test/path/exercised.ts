/** Exercises as a test begins them, looks into them and ends them. */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import type { ExercisesBody } from '../../shared/exercises.ts'
import type { Alert } from '../../shared/situation.ts'
import type { Snapshot } from '../../shared/wire.ts'
import { eventWith, silentAt } from './event.ts'
import type { Running } from './server.ts'
import { ask, command, see, until } from './talk.ts'

export const SCRIPT = (lasts = 'PT6H', lift = 90): string => `name: { zh: 抬升演习, en: A rise }
from: 2022-03-08T18:30
lasts: ${lasts}
speed: 600
every: PT10M
air: { PM2.5: 40 }
episodes: [{ areas: [town], after: PT10M, lasts: PT5H, lift: ${lift}, shape: step }]
aims: { acknowledge: PT1M, order: PT2M, verify: PT5M }
`
/** An event of six stations with a script; the real room stands at noon of another day, a second a second. */
export function anEvent(scripts: Record<string, string> = { rise: SCRIPT() }): string {
  const dir = eventWith('id: gateway, kind: http, interval: PT1H')
  mkdirSync(path.join(dir, 'exercises'))
  for (const [name, text] of Object.entries(scripts)) writeFileSync(path.join(dir, 'exercises', `${name}.yaml`), text)
  return dir
}
export const noon = (dir: string): string[] => silentAt(dir, '2022-03-10T12:05:00')
export const exercises = async (server: Running, cookie: string): Promise<ExercisesBody> => (await ask<ExercisesBody>(`${server.url}/api/exercises`, { headers: { cookie } })).body
export const begin = (server: Running, cookie: string, more: object = {}) => command<{ exercise: string; warnings: string[]; code: string; detail: string }>(`${server.url}/api/exercises`, cookie, { script: 'rise', ...more })
export const end = (server: Running, cookie: string) => command<{ exercise: string; code: string }>(`${server.url}/api/exercises/end`, cookie, {})
export const inside = async (server: Running): Promise<Snapshot> => (await see<Snapshot>(server, '/exercise/api/situation')).body
export const asksIn = async (server: Running): Promise<Alert | undefined> => Object.values((await inside(server)).room.alerts).find(({ kind, state }) => kind !== 'silent' && state === 'unacknowledged')
export const real = async (server: Running): Promise<Snapshot> => (await see<Snapshot>(server, '/api/situation')).body
export const header = ({ air }: Snapshot) => { const cell = air['header']; return cell?.kind === 'header' ? cell : null }

/** An exercise in which somebody acknowledged, a level was set and an order verified. */
export async function exercised(server: Running, leader: string, duty: string): Promise<string> {
  const { body: { exercise } } = await begin(server, leader)
  const alert = await until('an alert of the exercise', () => asksIn(server))
  const about = `${server.url}/exercise/api/alerts/${encodeURIComponent(alert.id)}`
  expect((await command(`${about}/acknowledge`, duty, { occurrence: alert.occurrence })).status).toBe(200)
  expect((await command(`${about}/comment`, duty, { text: '演习备注' })).status).toBe(200)
  return exercise
}
