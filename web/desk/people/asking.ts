/** One thing at a time is asked of the server, and what came of it is said where it was asked. */
import { ref, type ComputedRef } from 'vue'
import type { command as Command } from '../../ask.ts'
import { problemWords } from '../actions.ts'
import type { Say } from '../say.ts'

export function useAsking(command: typeof Command, say: ComputedRef<Say>) {
  const busy = ref(false)
  const done = ref('')
  const refused = ref('')
  const quiet = (): void => { done.value = ''; refused.value = '' }
  /** The answer, or null where it was refused; `then` is said of one that was not. */
  const ask = async <T>(address: string, body: object, then: (answer: T) => string = () => ''): Promise<T | null> => {
    if (busy.value) return null
    busy.value = true
    quiet()
    const answer = await command<T>(address, body, null)
    busy.value = false
    if (!answer.ok) { refused.value = problemWords(say.value, answer.problem, Date.now()); return null }
    done.value = then(answer.body)
    return answer.body
  }
  const refuse = (why: string): void => { quiet(); refused.value = why }
  return { busy, done, refused, ask, refuse, quiet }
}

export const personAt = (name: string, what: string): string => `/api/people/${encodeURIComponent(name)}/${what}`
/** A password as it is sent: one is made where the field is empty. */
export const wished = (password: string): { password?: string } => (password === '' ? {} : { password })
/** Day and minute of an instant as the API writes it. */
export const dayAndMinute = (say: Say, at: string): string => { const { date, time } = say.moment(Date.parse(at)); return `${date} ${time.slice(0, 5)}` }
