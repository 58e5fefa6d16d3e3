/** A real disk that is small, and full when a test says so; gone after the last test of the file. */
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll } from 'vitest'
import { dataFolder } from './server.ts'

const mounted: string[] = []
afterAll(() => {
  for (const place of mounted) execFileSync('umount', ['-l', place])
})

/** A disk of so many MiB that is ours alone, or null where this machine lets nobody make one. */
export function smallDisk(megabytes: number, place = path.join(dataFolder(), 'disk')): string | null {
  mkdirSync(place)
  if (process.platform !== 'linux' || spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', place]).status !== 0) return null
  mounted.push(place)
  return place
}

/** Fills it to the last byte. */
export function fill(file: string): void {
  for (const size of [65_536, 4_096]) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(size))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    }
  }
}
