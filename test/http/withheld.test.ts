import { createServer } from 'node:http'
import { io } from 'socket.io-client'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { showOn } from '../../server/main/faces.ts'
import { letIn, openSockets } from '../../server/screens.ts'
import type { Fact, FactBody } from '../../shared/fact.ts'
import type { FactsMessage, Snapshot } from '../../shared/wire.ts'
import { afresh, follow, type Followed } from '../../web/fold.ts'
import { anAccess, ask, aSnapshot, bearer, listen, start } from './server.ts'

const bodies: FactBody[] = [
  { kind: 'access-stands', accounts: [{ account: 'zhaomin', role: 'leader', disabled: false, totp: false, passwords: 0, codes: 0 }], tokens: [{ token: 't-zhaomin', of: 'screen', name: 'zhaomin' }] },
  { kind: 'data-notice', station: '1001A', reason: { code: 'clock-off' } },
  { kind: 'account-changed', account: 'zhaomin', what: 'disabled', role: 'leader', by: 'admin', way: 'desk' },
  { kind: 'token-changed', token: 't-zhaomin', of: 'screen', name: 'zhaomin', what: 'revoked', by: 'zhaomin', way: 'desk' },
  { kind: 'command-voided', of: 'account-changed:zhaomin:disabled:1', by: 'zhaomin' },
  { kind: 'command-voided', of: 'order-moved:x', by: 'duty' },
]
/** Facts 8 to 13: what of them is about accounts has the name of somebody in it. */
const facts: Fact[] = bodies.map((body, i) => ({ ...body, seq: 8 + i, id: `${body.kind}:${'account' in body || body.kind.startsWith('access') ? 'zhaomin' : ''}:${i}`, at: 1_000 + i, recorded: 2_000 + i, actor: body.kind.startsWith('account') ? 'person:zhaomin' : 'system', air: 'live', hash: `h${i}` }))
const seen = ['withheld', 'data-notice', 'withheld', 'withheld', 'withheld', 'command-voided']

describe('facts about accounts and tokens', () => {
  test('are read by whoever may see accounts; a screen and a duty officer get that there is one, and when, in the same place', async () => {
    const at = await start({ journal: () => Promise.resolve(facts) })
    const read = async (headers: Record<string, string>) => (await ask(`${at.url}/api/journal`, { headers })).body['facts'] as Fact[]
    for (const role of ['leader', 'admin', 'auditor'] as const) expect(await read({ Cookie: await at.cookieOf(role) })).toEqual(facts)
    for (const headers of [bearer(at.screen), { Cookie: await at.cookieOf('duty') }]) {
      const found = await read(headers)
      expect(found.map(({ kind }) => kind)).toEqual(seen)
      expect(found.map(({ seq, at: when, hash }) => [seq, when, hash])).toEqual(facts.map(({ seq, at: when, hash }) => [seq, when, hash]))
      expect(JSON.stringify(found)).not.toMatch(/zhaomin|admin/)
    }
  })

  test('are told to no screen, and a page that hears that there is one follows on without a gap', async () => {
    const access = anAccess()
    const token = access.addToken({ kind: 'screen', name: 'wall' })
    const server = createServer()
    const sockets = openSockets(server, () => false)
    const screens = showOn(sockets.of('/'), { access, epoch: 'e1', build: 'b1', snapshot: aSnapshot, eventNow: () => 0, dark: () => undefined, remembered: '[]' })
    letIn(sockets.of('/'), () => screens)
    const url = await listen(server)
    const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true, auth: { token: token.ok ? token.added.secret : '' } })
    onTestFinished(() => { socket.close(); screens.close(); sockets.engine.close() })
    let page: Followed = afresh(null)
    const heard: Fact[] = []
    const resyncs: boolean[] = []
    const take = (step: ReturnType<typeof follow>): void => { page = step.followed; resyncs.push(step.resync) }
    socket.on('snapshot', (message: Snapshot) => { take(follow(page, { kind: 'snapshot', message })); screens.show(facts) })
    socket.on('facts', (message: FactsMessage) => { heard.push(...message.facts); take(follow(page, { kind: 'facts', message })) })
    await vi.waitFor(() => { expect(page.situation?.seq).toBe(13) }, { timeout: 20_000 })
    expect([heard.map(({ kind }) => kind), new Set(resyncs)]).toEqual([seen, new Set([false])])
    expect(JSON.stringify(heard)).not.toMatch(/zhaomin|admin/)
    expect(page.situation?.room.notices).toHaveLength(1)
  })
})
