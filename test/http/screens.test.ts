import { createServer } from 'node:http'
import { io, type Socket } from 'socket.io-client'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Access } from '../../server/access/access.ts'
import { seerOf } from '../../server/http/caller.ts'
import { isForeign } from '../../server/http/origin.ts'
import { createScreens, letIn, openSockets, type Screens } from '../../server/screens.ts'
import { createPace } from '../../server/screens/pace.ts'
import { isSlow } from '../../server/screens/slow.ts'
import type { StationCell } from '../../shared/air.ts'
import type { Fact } from '../../shared/fact.ts'
import type { AirMessage, FactsMessage, ScreenToServer, ServerToScreen, Snapshot, Tick } from '../../shared/wire.ts'
import { anAccess, aSnapshot, listen } from './server.ts'

const fact = (seq: number): Fact => ({
  kind: 'data-notice', station: '1001A', reason: { code: 'clock' }, seq, id: `f${seq}`, at: seq, recorded: seq, actor: 'system', air: 'live', hash: '0',
})
const cell = (station: string, heard: number): StationCell =>
  ({ kind: 'station', station, evaluates: true, latest: {}, hour: null, aqiClass: null, heard, silent: false })

/** A room of which only the numbers matter: `say` adds facts, `move` cells, as the path does. */
type Room = {
  url: string; screens: Screens; access: Access; token: string; tokenId: string; seq: () => number; airSeq: () => number; cells: () => Record<string, StationCell>
  say: (count?: number) => void; move: (...moved: StationCell[]) => void
}

async function aRoom(): Promise<Room> {
  const access = anAccess()
  const added = access.addToken({ kind: 'screen', name: 'wall' })
  if (!added.ok) throw new Error('no token')
  const server = createServer()
  const state = { seq: 7, airSeq: 40, cells: {} as Record<string, StationCell> }
  const sockets = openSockets(server, (origin, host) => isForeign(origin, host, []))
  const screens = createScreens(sockets.of('/'), {
    snapshot: () => ({ ...aSnapshot(), seq: state.seq, airSeq: state.airSeq, air: { ...state.cells } }), eventNow: () => 123, epoch: 'e1', build: 'b1',
    authenticate: (given) => seerOf(access, given), holds: access.holds, changes: access.changes,
    now: Date.now, dark: () => undefined, remembered: '[]', tokens: () => new Set([added.added.id]),
    who: (secret) => { const caller = access.standsFor(secret); return caller === null || caller.kind === 'source' ? null : caller.kind === 'person' ? { kind: 'person', name: caller.name } : { kind: 'screen', name: caller.name, token: caller.token } },
  })
  letIn(sockets.of('/'), () => screens)
  const url = await listen(server)
  onTestFinished(() => { screens.close(); sockets.engine.close() })
  return {
    url, screens, access, token: added.added.secret, tokenId: added.added.id, seq: () => state.seq, airSeq: () => state.airSeq, cells: () => state.cells,
    say: (count = 1) => {
      const facts = Array.from({ length: count }, () => fact(state.seq += 1))
      screens.show(facts)
    },
    move: (...cells) => {
      const from = state.airSeq + 1
      for (const one of cells) state.cells = { ...state.cells, [`station:${one.station}`]: one }
      state.airSeq += cells.length
      screens.move({ from, to: state.airSeq, cells })
    },
  }
}

type Heard = { at: number; name: string; message: Snapshot | FactsMessage | AirMessage | Tick }
type Listener = { socket: Socket<ServerToScreen, ScreenToServer>; heard: Heard[]; of: <T>(name: keyof ServerToScreen) => T[] }

/** A screen that writes down all that it hears. */
function aScreen(room: Room, options: object = { auth: { token: room.token } }): Listener {
  const socket: Listener['socket'] = io(room.url, { transports: ['websocket'], reconnection: false, forceNew: true, ...options })
  onTestFinished(() => { socket.close() })
  const heard: Heard[] = []
  socket.onAny((name: string, message: Heard['message']) => { heard.push({ at: performance.now(), name, message }) })
  return { socket, heard, of: <T>(name: keyof ServerToScreen) => heard.filter((one) => one.name === name).map((one) => one.message as T) }
}

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 5 })
const welcomed = (screen: Listener): Promise<void> => until(() => { expect(screen.of('snapshot')).toHaveLength(1) })
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Plays what a screen heard, as a screen does: a gap or a repetition is a mistake. */
function follow(screen: Listener): { seq: number; airSeq: number; air: Record<string, unknown> } {
  let state = { seq: -1, airSeq: -1, air: {} as Record<string, unknown> }
  for (const { name, message } of screen.heard) {
    if (name === 'snapshot') state = { seq: (message as Snapshot).seq, airSeq: (message as Snapshot).airSeq, air: (message as Snapshot).air }
    if (name === 'facts') {
      const { from, to, facts } = message as FactsMessage
      expect([from, to]).toEqual([state.seq + 1, state.seq + facts.length])
      expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, i) => from + i))
      state = { ...state, seq: to }
    }
    if (name === 'air') {
      const { from, to, cells } = message as AirMessage
      expect(from).toBe(state.airSeq + 1)
      state = { ...state, airSeq: to, air: { ...state.air, ...Object.fromEntries(cells.map((one) => [`station:${(one as StationCell).station}`, one])) } }
    }
  }
  return state
}

describe('a screen', () => {
  test('gets everything at once, then only what moves, then a tick each second', async () => {
    const room = await aRoom()
    const screen = aScreen(room)
    await welcomed(screen)
    expect(screen.of<Snapshot>('snapshot')[0]).toMatchObject({ epoch: 'e1', seq: 7, airSeq: 40 })
    room.say()
    room.move(cell('1001A', 1))
    await until(() => { expect(follow(screen)).toMatchObject({ seq: 8, airSeq: 41 }) })
    await until(() => { expect(screen.of<Tick>('tick').at(-1)).toEqual({ at: 123, seq: 8, airSeq: 41, epoch: 'e1', build: 'b1' }) })
    expect(room.screens.count()).toBe(1)
  })

  test('hears the first of many at once and the rest together, ten times a second at most', async () => {
    const room = await aRoom()
    const screen = aScreen(room)
    await welcomed(screen)
    const begun = performance.now()
    for (let i = 0; i < 100; i += 1) {
      room.say()
      room.move(cell('1001A', i), cell('1002A', i))
      await pause(5)
    }
    const lasted = performance.now() - begun
    await until(() => { expect(follow(screen)).toMatchObject({ seq: 107, airSeq: 240, air: room.cells() }) })
    const facts = screen.heard.filter(({ name }) => name === 'facts')
    expect((facts[0]?.message as FactsMessage).facts).toHaveLength(1)
    expect(facts.length).toBeGreaterThan(2)
    expect(facts.length).toBeLessThanOrEqual(lasted / 100 + 2)
    expect(screen.of<AirMessage>('air').every(({ cells }) => cells.length <= 2)).toBe(true)
  })

  test('that joins late, in the middle of everything, shows the same as one that was there', async () => {
    const room = await aRoom()
    const early = aScreen(room)
    await welcomed(early)
    const late: Listener[] = []
    for (let i = 0; i < 120; i += 1) {
      room.say(1 + (i % 3))
      room.move(cell(`100${i % 4}A`, i))
      if (i % 10 === 0) late.push(aScreen(room))
      await pause(4)
    }
    for (const screen of [early, ...late]) {
      await until(() => { expect(follow(screen)).toEqual({ seq: room.seq(), airSeq: room.airSeq(), air: room.cells() }) })
      expect(screen.of('snapshot')).toHaveLength(1)
    }
  })

  test('that missed something gets everything again when it asks, once a second at most', async () => {
    const room = await aRoom()
    const screen = aScreen(room)
    await welcomed(screen)
    room.say(3)
    await until(() => { expect(follow(screen).seq).toBe(10) })
    for (let i = 0; i < 50; i += 1) screen.socket.emit('resync')
    await pause(1500)
    await until(() => { expect(screen.of<Snapshot>('snapshot').map(({ seq }) => seq)).toEqual([7, 10]) })
    room.say()
    await until(() => { expect(follow(screen).seq).toBe(11) })
  })
})

describe('the pace', () => {
  test('is at once after quiet, and then once in a while however much is asked', () => {
    vi.useFakeTimers()
    onTestFinished(() => { vi.useRealTimers() })
    const done: number[] = []
    const pace = createPace(100, () => { done.push(Date.now()) })
    const begun = Date.now()
    for (let i = 0; i < 35; i += 1) { pace.ask(); vi.advanceTimersByTime(10) }
    vi.advanceTimersByTime(1000)
    pace.ask()
    pace.stop()
    vi.advanceTimersByTime(1000)
    expect(done.map((at) => at - begun)).toEqual([0, 100, 200, 300, 400, 1350])
  })
})

describe('who may look', () => {
  const refusal = (screen: Listener): Promise<string> => new Promise((resolve) => { screen.socket.on('connect_error', (error) => { resolve(error.message) }) })

  test('is a screen by its cookie and a person by their session', async () => {
    const room = await aRoom()
    await room.access.addPerson({ name: 'li', role: 'duty', password: 'a password for a test' })
    const signed = await room.access.signIn('li', 'a password for a test')
    if (!signed.ok) throw new Error('not signed in')
    for (const secret of [room.token, signed.secret]) await welcomed(aScreen(room, { extraHeaders: { Cookie: `lang=zh; qingkong=${secret}` } }))
  })

  test('is nobody else: no token, a wrong one, a source', async () => {
    const room = await aRoom()
    const source = room.access.addToken({ kind: 'source', name: 'gateway' })
    if (!source.ok) throw new Error('no token')
    for (const options of [{}, { auth: { token: 'qkw_wrong' } }, { auth: { token: { $ne: 1 } } }, { auth: { token: source.added.secret } }, { extraHeaders: { Cookie: `qingkong=${source.added.secret}` } }])
      expect(await refusal(aScreen(room, options))).toBe('no-token')
    expect(room.screens.count()).toBe(0)
  })

  test('is no page of another site, even with a good cookie', async () => {
    const room = await aRoom()
    const screen = aScreen(room, { extraHeaders: { Cookie: `qingkong=${room.token}`, Origin: 'http://evil.example' } })
    expect(await refusal(screen)).toBe('websocket error')
    const polling = await fetch(`${room.url}/socket.io/?EIO=4&transport=polling`, { headers: { Origin: 'http://evil.example' } })
    expect(polling.status).toBe(403)
    await welcomed(aScreen(room, { auth: { token: room.token }, extraHeaders: { Origin: room.url } }))
  })

  test('is no longer a screen whose token was revoked: it is shown the door within a second or so', async () => {
    const room = await aRoom()
    const screen = aScreen(room)
    await welcomed(screen)
    const gone = new Promise<string>((resolve) => { screen.socket.on('disconnect', resolve) })
    const revoked = performance.now()
    room.access.revokeToken(room.tokenId)
    expect(await gone).toBe('io server disconnect')
    expect(performance.now() - revoked).toBeLessThan(3000)
    expect(await refusal(aScreen(room))).toBe('no-token')
  })
})

describe('a screen that cannot keep up', () => {
  test('is dropped, and the others do not notice', async () => {
    const room = await aRoom()
    const [slow, quick] = [aScreen(room), aScreen(room)]
    await welcomed(slow)
    await welcomed(quick)
    // What the network of a sleeping screen looks like: nothing is taken any more.
    const transport = slow.socket.io.engine.transport as unknown as { ws: { _socket: { pause: () => void } } }
    transport.ws._socket.pause()
    const big = 'x'.repeat(500_000)
    for (let i = 0; room.screens.count() === 2 && i < 100; i += 1) {
      room.move({ ...cell('1001A', i), latest: { [big]: { value: i, start: 0, end: 0, validity: 'valid', why: null } } })
      await pause(105)
    }
    expect(room.screens.count()).toBe(1)
    await until(() => { expect(follow(quick).airSeq).toBe(room.airSeq()) })
  })

  test('is one with too many messages, or too much in them, waiting', () => {
    expect(isSlow({ writeBuffer: Array.from({ length: 200 }, () => ({ data: 'tick' })) })).toBe(false)
    expect(isSlow({ writeBuffer: Array.from({ length: 201 }, () => ({ data: 'tick' })) })).toBe(true)
    expect(isSlow({ writeBuffer: [{ data: 'x'.repeat(17 * 1024 * 1024) }] })).toBe(true)
  })
})
