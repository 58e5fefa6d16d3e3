/** Whether somebody is at this page: its looks count as a use of the session only where a key or a pointer was used since the last one. */
import { UNATTENDED } from '../shared/unattended.ts'

/** Nothing that a page without anybody makes: a pointer at rest `moves` whenever something moves under it. */
const USES = ['keydown', 'pointerdown', 'wheel'] as const

/** A page that has just been opened was opened by somebody. */
let used = true
for (const use of USES) window.addEventListener(use, ({ isTrusted }) => { if (isTrusted) used = true }, { capture: true, passive: true })

/** The headers of a look, which is told of at once. */
export function lookHeaders(): Record<string, string> {
  const unattended = !used
  used = false
  return unattended ? { [UNATTENDED]: '1' } : {}
}
