/** Which room of the server a page looks at: the real one, or that of an exercise, by how its own address begins. */
import { EXERCISE_BASE } from '../shared/exercises.ts'

export const inExercise = window.location.pathname === EXERCISE_BASE || window.location.pathname.startsWith(`${EXERCISE_BASE}/`)
/** The beginning of this page's addresses. */
export const base = inExercise ? EXERCISE_BASE : ''

/** What belongs to the house, not to a room: the same for both. */
const OF_THE_HOUSE = ['/api/session', '/api/exercises', '/api/people', '/api/tokens', '/api/me']

/** Where something of the API is asked for. */
export const addressOf = (address: string): string => (OF_THE_HOUSE.some((each) => address.startsWith(each)) ? address : `${base}${address}`)
