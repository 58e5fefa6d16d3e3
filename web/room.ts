/** Which room of the server a page looks at: the real one, or that of an exercise, by how its own address begins. */
import { addressOfExercise, EXERCISE_BASE } from '../shared/exercises.ts'

const [, first, second] = window.location.pathname.split('/')
export const inExercise = `/${first ?? ''}` === EXERCISE_BASE
/** The id of an exercise under whose own address this page stands, to be looked at: ids begin with their date. Null: the one under way, or none. */
export const ofExercise = inExercise && second !== undefined && /^\d{4}-/.test(second) ? decodeURIComponent(second) : null
/** The beginning of this page's addresses. */
export const base = ofExercise !== null ? addressOfExercise(ofExercise) : inExercise ? EXERCISE_BASE : ''

/** What belongs to the house, not to a room: the same for both. */
const OF_THE_HOUSE = ['/api/session', '/api/exercises', '/api/people', '/api/tokens', '/api/me']

/** Where something of the API is asked for; a link that an exercise gave leads into it already. */
export const addressOf = (address: string): string => (OF_THE_HOUSE.some((each) => address.startsWith(each)) || address.startsWith(`${EXERCISE_BASE}/`) ? address : `${base}${address}`)
