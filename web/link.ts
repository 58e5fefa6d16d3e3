/** The socket's life: it connects with the page's cookie, comes back by itself, and says what it hears. */
import { io, type Socket } from 'socket.io-client'
import type { Here } from '../shared/screens.ts'
import type { ScreenToServer, ServerToScreen } from '../shared/wire.ts'
import type { Heard } from './fold.ts'
import { inExercise } from './room.ts'
import { EXERCISE_BASE } from '../shared/exercises.ts'

/** `refused`: the server is there and does not admit this screen; `over`: the exercise has ended. Both are asked again every few seconds. */
export type LinkState = 'connecting' | 'connected' | 'disconnected' | 'refused' | 'over'

export type Listener = { state: (state: LinkState) => void; heard: (heard: Heard) => void }
export type Link = { resync: () => void; close: () => void; /** Says where this screen is. */ here: (here: Here) => void }
export type OpenLink = (listener: Listener) => Link

/** What this window calls itself, over a reload too; a browser that keeps nothing gets another name each time. */
function screenName(): string {
  const fresh = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('')
  try {
    const name = window.sessionStorage.getItem('screen') ?? fresh
    window.sessionStorage.setItem('screen', name)
    return name
  } catch {
    return fresh
  }
}

/** How long after a refusal, or after the server hung up, the next try is made. */
const AGAIN = 5_000

/** Opens the socket of this page's own server. Nothing is ever sent but the wish for a new snapshot, and where this screen is. */
export const openLink: OpenLink = (listener) => {
  const socket: Socket<ServerToScreen, ScreenToServer> = io(inExercise ? EXERCISE_BASE : '/', {
    path: '/socket.io', withCredentials: true, transports: ['websocket', 'polling'], tryAllTransports: true,
    auth: (give) => { give({ face: window.location.pathname.endsWith('/wall') ? 'wall' : 'other' }) }, reconnectionDelay: 500, reconnectionDelayMax: 5_000, timeout: 8_000,
  })
  const screen = screenName()
  let again: number | undefined
  const later = () => {
    window.clearTimeout(again)
    again = window.setTimeout(() => { socket.connect() }, AGAIN)
  }
  socket.on('connect', () => { listener.state('connected') })
  socket.on('disconnect', () => {
    listener.state('disconnected')
    if (!socket.active) later()
  })
  socket.on('connect_error', ({ message }) => {
    listener.state(socket.active ? 'disconnected' : message === 'no-room' ? 'over' : 'refused')
    if (!socket.active) later()
  })
  socket.on('snapshot', (message) => { listener.heard({ kind: 'snapshot', message }) })
  socket.on('facts', (message) => { listener.heard({ kind: 'facts', message }) })
  socket.on('air', (message) => { listener.heard({ kind: 'air', message }) })
  socket.on('tick', (message) => { listener.heard({ kind: 'tick', message }) })
  return {
    resync: () => { if (socket.connected) socket.emit('resync') },
    here: (here) => { if (socket.connected) socket.emit('here', { ...here, screen }) },
    close: () => { window.clearTimeout(again); socket.close() },
  }
}
