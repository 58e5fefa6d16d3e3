import { ensureCode } from '../../server/boot/build.mjs'

/** Before any test: what Node itself must load (a worker, a server as a process of its own) is built. */
export async function setup() {
  await ensureCode()
}
