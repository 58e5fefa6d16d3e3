/** A server that says what a test wants it to say: the built page, the event, and a socket. For trying the faces. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express } from 'express'
import { Server } from 'socket.io'
import type { Cell } from '../../shared/air.ts'
import type { Fact } from '../../shared/fact.ts'
import type { EventInfo, ScreenToServer, ServerToScreen, Snapshot } from '../../shared/wire.ts'
import { closeServer } from '../setup/close.ts'

export type MockAsked = { web: string; event: EventInfo; snapshot: Snapshot; build?: string; /** What it answers besides. */ api?: (app: Express) => void }

export type Mock = {
  url: string
  /** How often a screen asked for a new snapshot. */
  resyncs: () => number
  facts: (from: number, facts: Fact[]) => void
  air: (from: number, cells: Cell[]) => void
  /** What the next snapshot is. */
  know: (snapshot: Snapshot) => void
  /** Stops or starts the heartbeat; each beat moves the clock by `step` ms. */
  beat: (step: number | null) => void
  build: (build: string) => void
  refuse: (refused: boolean) => void
  close: () => Promise<void>
}

/** Starts it on a free port of the loopback address. */
export async function startMock(asked: MockAsked): Promise<Mock> {
  let { snapshot, build = 'fixture' } = asked
  let [step, resyncs, refused]: [number | null, number, boolean] = [1000, 0, false]
  const app = express()
  app.get('/api/event', (_, answer) => { answer.json(asked.event) })
  asked.api?.(app)
  app.use(express.static(asked.web))
  app.get(['/wall', '/desk', '/login', '/report'], (_, answer) => { answer.sendFile('index.html', { root: asked.web }) })
  const http = createServer(app)
  const io = new Server<ScreenToServer, ServerToScreen>(http)
  io.use((_, next) => { next(refused ? new Error('not admitted') : undefined) })
  io.on('connection', (socket) => {
    socket.emit('snapshot', snapshot)
    socket.on('resync', () => { resyncs += 1; socket.emit('snapshot', snapshot) })
  })
  const timer = setInterval(() => {
    if (step === null) return
    snapshot = { ...snapshot, at: snapshot.at + step }
    const { at, seq, airSeq, epoch } = snapshot
    io.emit('tick', { at, seq, airSeq, epoch, build })
  }, 250)
  await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    resyncs: () => resyncs,
    facts: (from, facts) => { snapshot = { ...snapshot, seq: from + facts.length - 1 }; io.emit('facts', { from, to: from + facts.length - 1, facts }) },
    air: (from, cells) => { snapshot = { ...snapshot, airSeq: from + cells.length - 1 }; io.emit('air', { from, to: from + cells.length - 1, cells }) },
    know: (next) => { snapshot = next },
    beat: (next) => { step = next },
    build: (next) => { build = next },
    refuse: (next) => { refused = next; if (next) io.disconnectSockets() },
    close: () => { clearInterval(timer); return closeServer(http, io) },
  }
}
