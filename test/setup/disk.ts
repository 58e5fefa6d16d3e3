/**
 * A disk that is full, for this process alone: no file may grow beyond a size (RLIMIT_FSIZE), so that writes fail
 * in the middle of a transaction as they do on a real one, and go well again once there is room.
 */
import { spawnSync } from 'node:child_process'

const limit = (bytes: string): boolean => spawnSync('prlimit', [`--fsize=${bytes}:`, '--pid', String(process.pid)]).status === 0

// The signal that comes with the error would end the process.
const survive = () => undefined

/** Whether this machine can play a full disk (Linux with util-linux). */
export const canFillDisk = process.platform === 'linux' && limit('unlimited')

/** From now on no file of this process may be larger than so many bytes. */
export function fillDisk(bytes = 1): void {
  process.on('SIGXFSZ', survive)
  if (!limit(String(bytes))) throw new Error('prlimit refused')
}

export function emptyDisk(): void {
  if (!limit('unlimited')) throw new Error('prlimit refused')
  process.off('SIGXFSZ', survive)
}
