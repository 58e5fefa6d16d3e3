/** Something that no fact carries, asked for now and then: often while somebody reads it. */
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { look as Look } from '../ask.ts'

/** Machine milliseconds between two looks, while somebody reads it and otherwise. */
const [READ, SELDOM] = [3_000, 30_000]

export type Polled<T> = { told: ShallowRef<T | null>; failed: ShallowRef<boolean>; /** Looks at once, and often from now on, or seldom again. */ read: (often: boolean) => void }

export function usePolled<T>(look: typeof Look, address: string): Polled<T> {
  const told = shallowRef<T | null>(null) as ShallowRef<T | null>
  const failed = shallowRef(false)
  let [timer, round] = [0, 0]
  const ask = async (every: number, own: number): Promise<void> => {
    const answer = await look<T>(address)
    // Somebody has asked anew meanwhile, or has gone.
    if (own !== round) return
    failed.value = !answer.ok
    if (answer.ok) told.value = answer.body
    timer = window.setTimeout(() => { void ask(every, own) }, every)
  }
  const stop = (): void => { round += 1; window.clearTimeout(timer) }
  const read = (often: boolean): void => { stop(); void ask(often ? READ : SELDOM, round) }
  read(false)
  onScopeDispose(stop)
  return { told, failed, read }
}
