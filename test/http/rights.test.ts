import { describe, expect, test } from 'vitest'
import { PERSON_ROLES } from '../../shared/roles.ts'
import { ask, bearer, json, start } from './server.ts'

/** Everybody who may come: nobody at all, a source, a screen, and people by role. */
const CALLERS = ['nobody', 'source', 'screen', ...PERSON_ROLES] as const
type CallerKind = (typeof CALLERS)[number]
const STAFF: CallerKind[] = ['duty', 'leader', 'admin']
const LEADING: CallerKind[] = ['leader', 'admin']
const SEES: CallerKind[] = ['screen', ...PERSON_ROLES]

const note = { text: '已通知' }
const review = { station: '1001A', pollutant: 'PM2.5', start: '2022-02-04T19:00:00+08:00', period: 'PT1H', verdict: 'valid', reason: '已核实' }
/** Who may do what: the table of the room, a row a way in. */
const TABLE: [method: 'GET' | 'POST', path: string, body: object | null, may: readonly CallerKind[]][] = [
  ['GET', '/api/situation', null, SEES], ['GET', '/api/alerts', null, SEES], ['GET', '/api/journal', null, SEES], ['GET', '/api/response', null, SEES],
  ['GET', '/api/report', null, SEES], ['GET', '/api/sources', null, SEES], ['GET', '/api/calendar', null, SEES], ['GET', '/api/session', null, SEES],
  ['POST', '/api/readings', { readings: [] }, ['source']],
  ['POST', '/api/alerts/x/acknowledge', { occurrence: 1 }, STAFF],
  ['POST', '/api/alerts/x/comment', note, STAFF],
  ['POST', '/api/alerts/x/handle', { step: { is: 'follow-up' } }, STAFF],
  ['POST', '/api/alerts/x/shelve', { until: '2022-02-04T23:00:00+08:00', reason: '检修' }, STAFF],
  ['POST', '/api/alerts/x/unshelve', {}, STAFF],
  ['POST', '/api/stations/1001A/out-of-service', { reason: '搬迁' }, ['admin']],
  ['POST', '/api/stations/1001A/in-service', {}, ['admin']],
  ['POST', '/api/response/level', { ladder: 'event', level: 'III', areas: ['beijing'], reason: '预计超限' }, LEADING],
  ['POST', '/api/calls', { calls: ['x'], spoke: '王芳' }, STAFF],
  ['POST', '/api/orders/x/receive', {}, STAFF],
  ['GET', '/api/exercises', null, PERSON_ROLES], ['GET', '/api/exercises/x/evaluation', null, PERSON_ROLES],
  ['POST', '/api/exercises', { script: 'evening' }, LEADING], ['POST', '/api/exercises/end', {}, LEADING],
  ['POST', '/api/readings/review', { ...review, verdict: 'suspect' }, STAFF],
  ['GET', '/api/people', null, ['leader', 'admin', 'auditor']], ['GET', '/api/tokens', null, ['leader', 'admin', 'auditor']],
  ['POST', '/api/people', { name: 'wang', role: 'duty' }, ['admin']],
  ['POST', '/api/people/x/role', { role: 'leader' }, ['admin']],
  ['POST', '/api/people/x/password', {}, ['admin']],
  ['POST', '/api/people/x/disable', {}, ['admin']],
  ['POST', '/api/people/x/enable', {}, ['admin']],
  ['POST', '/api/people/x/sign-out', {}, ['admin']],
  ['POST', '/api/people/x/totp', { on: true }, ['admin']],
  ['POST', '/api/tokens', { kind: 'screen', name: 'hall' }, ['admin']],
  ['POST', '/api/tokens/x/revoke', {}, ['admin']],
  ['GET', '/api/me', null, PERSON_ROLES], ['GET', '/api/me/totp', null, PERSON_ROLES],
  ['POST', '/api/me/password', { current: 'wrong', password: 'another one' }, PERSON_ROLES],
  ['POST', '/api/me/totp', { current: 'wrong', secret: 'A'.repeat(32), code: '000000' }, PERSON_ROLES],
  ['POST', '/api/me/totp/off', { current: 'wrong' }, PERSON_ROLES],
]

describe('who may do what', () => {
  test.each(TABLE)('%s %s', async (...[method, path, body, may]) => {
    const at = await start()
    for (const caller of CALLERS) {
      const headers: Record<string, string> = caller === 'nobody' ? {} : caller === 'source' ? bearer(at.source) : caller === 'screen' ? bearer(at.screen) : { Cookie: await at.cookieOf(caller) }
      const answer = await ask(`${at.url}${path}`, { method, headers: { ...json, ...headers }, ...(body === null ? {} : { body: JSON.stringify(body) }) })
      // The rooms behind the doors know of nothing here: who is let in is told so by them.
      const allowed = answer.status !== 401 && answer.body['code'] !== 'wrong-role'
      expect([caller, allowed], JSON.stringify(answer.body)).toEqual([caller, may.includes(caller)])
      if (!allowed) expect(answer.status).toBe(caller === 'nobody' ? 401 : 403)
    }
  })
})
