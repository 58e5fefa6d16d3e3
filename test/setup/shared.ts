import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe } from 'vitest'
import { project } from '../../server/built.ts'

const needed = process.env['CI'] === 'true'

/**
 * The folder of real air and of worked examples beside the project (`../shared`, or where AIR_SHARED says), or
 * null where there is none. CI must have it: there its absence is an error.
 */
export function sharedDir(): string | null {
  const folder = process.env['AIR_SHARED'] ?? path.join(project, '..', 'shared')
  if (existsSync(path.join(folder, 'vectors'))) return path.resolve(folder)
  if (needed) throw new Error('CI needs the recorded data: no ../shared/vectors, and AIR_SHARED names no other place')
  return null
}

/** A file of it, as `sharedFile('vectors/iaqi_exact.json')`; only inside `describeWithShared`. */
export function sharedFile(name: string): string {
  const folder = sharedDir()
  if (folder === null) throw new Error(`no ../shared to read ${name} from`)
  return path.join(folder, name)
}

/** `describe` for tests that need ../shared. Without it they are skipped, and their name says why. */
export function describeWithShared(name: string, tests: (folder: string) => void): void {
  const folder = sharedDir()
  if (folder !== null) describe(name, () => { tests(folder) })
  else describe.skip(`${name} (skipped: there is no ../shared; AIR_SHARED may name it)`, () => { tests('') })
}
