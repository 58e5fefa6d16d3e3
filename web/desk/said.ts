/** What the desk says it did: short words that stay long enough to be read, refusals until they are put away. */
import { ref } from 'vue'

export type Said = { id: number; tone: 'done' | 'refused'; text: string }
const READ_IN = 8_000
const MOST = 4

export function useSaid() {
  const list = ref<Said[]>([])
  let last = 0
  const away = (id: number): void => { list.value = list.value.filter((each) => each.id !== id) }
  const say = (tone: Said['tone'], text: string): void => {
    last += 1
    const id = last
    // What is said again is said once, as the latest.
    list.value = [...list.value.filter((each) => each.text !== text), { id, tone, text }].slice(-MOST)
    if (tone === 'done') window.setTimeout(() => { away(id) }, READ_IN)
  }
  const unsay = (text: string): void => { list.value = list.value.filter((each) => each.text !== text) }
  return { list, say, away, unsay }
}
