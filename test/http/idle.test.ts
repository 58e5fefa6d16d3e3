import { createServer } from 'node:http'
import { io, type Socket } from 'socket.io-client'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { letIn, openSockets } from '../../server/screens.ts'
import { showOn } from '../../server/main/faces.ts'
import { anAccess, ask, aSnapshot, listen, password, start } from './server.ts'

describe('a session that nobody uses', () => {
  afterEach(() => { vi.useRealTimers() })
  const HOUR = 3_600_000
  /** A signed-in page that asks once an hour, nine hours long; how it was answered. */
  async function nineHours(headers: Record<string, string>, method = 'GET'): Promise<number[]> {
    vi.useFakeTimers({ toFake: ['Date'] })
    const at = await start()
    const cookie = await at.cookieOf('duty')
    const answers: number[] = []
    for (let hour = 0; hour < 9; hour += 1) {
      vi.setSystemTime(Date.now() + HOUR)
      const address = method === 'GET' ? '/api/duty' : `/api/alerts/${encodeURIComponent('hour-exceeded:x:PM2.5:2022-02-04T20')}/unshelve`
      answers.push((await ask(`${at.url}${address}`, { method, headers: { Cookie: cookie, ...headers } })).status)
    }
    return answers
  }

  test('ends after eight hours although its page is open and looks by itself again and again', async () => {
    expect(await nineHours({ 'X-Unattended': '1' })).toEqual([200, 200, 200, 200, 200, 200, 200, 401, 401])
  })

  test('goes on as long as somebody looks at something, or does something, whatever that carries', async () => {
    expect(new Set(await nineHours({}))).toEqual(new Set([200]))
    expect(new Set(await nineHours({ 'X-Unattended': '1' }, 'POST'))).toEqual(new Set([404]))
  })

  test('ends although its page is connected, comes back by itself, and says every few seconds that it is there', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const access = anAccess()
    await access.addPerson({ name: 'li', role: 'duty', password })
    const signed = await access.signIn('li', password)
    const server = createServer()
    const sockets = openSockets(server, () => false)
    const screens = showOn(sockets.of('/'), { access, epoch: 'e1', build: 'b1', snapshot: aSnapshot, eventNow: () => 0, dark: () => undefined, remembered: '[]' })
    letIn(sockets.of('/'), () => screens)
    const url = await listen(server)
    onTestFinished(() => { screens.close(); sockets.engine.close() })
    const come = (): Promise<Socket> => new Promise((resolve, reject) => {
      const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders: { Cookie: `qingkong=${signed.ok ? signed.secret : ''}` } })
      onTestFinished(() => { socket.close() })
      socket.on('connect', () => { resolve(socket) }).on('connect_error', reject)
    })
    for (const hours of [4, 3]) {
      vi.setSystemTime(Date.now() + hours * HOUR)
      const from = Date.now()
      const socket = await come()
      socket.emit('here', { face: 'desk', view: '', seq: 7, airSeq: 40, clock: from, sound: 'on' })
      await vi.waitFor(() => { expect(screens.roll.body(7).screens.filter(({ name, heardAt }) => name === 'li' && heardAt >= from)).toHaveLength(1) }, { timeout: 20_000 })
      socket.close()
    }
    vi.setSystemTime(Date.now() + HOUR)
    await expect(come()).rejects.toThrow('no-token')
  })
})
