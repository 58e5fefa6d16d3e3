/** Who is signed in on this machine, and how to come and go. */
import { ref } from 'vue'
import { useRouter } from 'vue-router'
import type { SessionBody } from '../shared/api.ts'
import { command, look, remove, type Answer } from './ask.ts'

export type Session = SessionBody

export const signIn = (name: string, password: string, code: string | null): Promise<Answer<Session>> =>
  command<Session>('/api/session', { name, password, ...(code === null ? {} : { code }) }, null)

const AGAIN = 5_000

/** The session of a page that needs one; without one the page gives way to the sign-in page and comes back after it. */
export function useSession() {
  const router = useRouter()
  const session = ref<Session | null>(null)
  const leave = (): void => { void router.replace({ name: 'login', query: { next: router.currentRoute.value.fullPath } }) }
  const load = async (): Promise<void> => {
    const answer = await look<Session>('/api/session')
    if (answer.ok) session.value = answer.body
    else if (answer.problem.status === 401) leave()
    else window.setTimeout(() => { void load() }, AGAIN)
  }
  const signOut = async (): Promise<void> => {
    const answer = await remove('/api/session')
    if (answer.ok || answer.problem.status === 401) await router.replace({ name: 'login', query: { left: '' } })
  }
  void load()
  return { session, signOut, leave }
}
