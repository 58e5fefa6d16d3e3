/** A small event folder of a test's own, with the sources that it wants. */
import { cpSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { project } from '../../server/built.ts'
import { dataFolder } from './server.ts'

/** The event `towers` (stations T1 to T6 of one city, all of March 2022) with these sources, a line of YAML each. */
export function eventWith(...sources: string[]): string {
  const dir = path.join(dataFolder(), 'event')
  cpSync(path.join(project, 'test/events/towers'), dir, { recursive: true })
  writeFileSync(path.join(dir, 'sources.yaml'), `sources:\n${sources.map((source) => `  - { ${source} }\n`).join('')}`)
  return dir
}
export const silentAt = (event: string, time: string, speed = 1): string[] => ['--event', event, '--air', 'silent', '--now', `${time}+08:00`, '--speed', String(speed)]
