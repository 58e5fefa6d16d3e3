import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach } from 'vitest'

/** A folder that is gone after the test; call it within one. */
export function emptyFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'qingkong-'))
  made.push(folder)
  return folder
}

const made: string[] = []

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Does something while a file may be read and not written. Root may write whatever it likes: it is nobody meanwhile. */
export function whileLocked(file: string, act: () => void): void {
  chmodSync(path.dirname(file), 0o755)
  chmodSync(file, 0o444)
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid?.(65_534)
  try {
    act()
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
}
