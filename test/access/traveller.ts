/** A room beside a provider, and as much of a browser as goes from the one to the other and back. */
import { expect } from 'vitest'
import type { Access } from '../../server/access/access.ts'
import { openSignOn } from '../../server/access/sign-on.ts'
import type { Oidc } from '../../shared/sign-on.ts'
import { ask, listenTo, start } from '../http/server.ts'
import { type Claims, type Idp, openIdp } from './provider.ts'

const PEOPLE: Record<string, Claims> = {
  u1: { preferred_username: '李娜', groups: ['room-duty', 'everybody'] }, u2: { preferred_username: 'admin', groups: ['room-admins'] },
  u3: { preferred_username: '访客', groups: ['everybody'] }, u4: { preferred_username: '陈主任', groups: ['room-audit', 'room-leads'] }, u5: { preferred_username: '<b>x</b>', groups: 'room-duty' },
}

export type Told = { why: unknown; reason: unknown }
export type Room = { url: string; /** Its address outside. */ outside: string; access: Access; idp: Idp; people: Record<string, Claims>; told: Told[]; later: (ms: number) => void }

/** A room beside a provider: whose people they are, and how the one knows the other, may differ. */
export async function aRoom({ auth = 'client_secret_basic', secret, oidc = {}, outside }: { auth?: 'client_secret_basic' | 'client_secret_post' | 'none'; secret?: string | null; oidc?: Partial<Oidc>; outside?: string } = {}): Promise<Room> {
  const told: Told[] = []
  const people = structuredClone(PEOPLE)
  let ahead = 0
  const { server, url } = await listenTo()
  const address = outside ?? url
  const idp = await openIdp({ people, redirect: `${address}/api/session/oidc/return`, auth })
  const log = { info: () => undefined, error: () => undefined, warn: (about: object) => { told.push(about as Told) } }
  const at = await start(({ access }) => ({
    signOn: openSignOn({ oidc: { ...idp.oidc, ...oidc }, secret: secret === undefined ? (auth === 'none' ? null : idp.secret) : secret, address, access, now: () => Date.now() + ahead, log }),
  }), server)
  return { url, outside: address, access: at.access, idp, people, told, later: (ms) => { ahead += ms } }
}

/** As much of a browser as a trip needs: the cookies of each site, and redirects followed one by one. */
export class Browser {
  readonly jar = new Map<string, Map<string, string>>()

  async get(address: string, init: RequestInit = {}) {
    const { origin } = new URL(address)
    const jar = this.jar.get(origin) ?? new Map<string, string>()
    this.jar.set(origin, jar)
    const headers = new Headers(init.headers)
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const answer = await ask(address, { ...init, headers })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '' || /Expires=Thu, 01 Jan 1970/i.test(cookie)) jar.delete(name)
      else jar.set(name, value)
    }
    const to = answer.headers.get('location')
    return { ...answer, to: to === null ? null : new URL(to, address).href }
  }

  /** Signs in at the provider: the address of the room to which it then sends the browser. */
  async upTo(room: Room, who: string, next = '/desk'): Promise<string> {
    let answer = await this.get(`${room.url}/api/session/oidc?next=${encodeURIComponent(next)}`)
    while (answer.to !== null && !answer.to.startsWith(room.outside)) {
      const page = answer.to
      answer = await this.get(page)
      if (answer.to !== null) continue
      answer = await this.get(page, { method: 'POST', body: new URLSearchParams({ login: who }), headers: { origin: new URL(page).origin } })
    }
    return (answer.to ?? '').replace(room.outside, room.url)
  }

  async signOn(room: Room, who: string, next?: string) { return this.get(await this.upTo(room, who, next)) }

  async who(room: Room) { return (await this.get(`${room.url}/api/session`)).body }
}

export const refusedBecause = (answer: { to: string | null }): string | null => new URL(answer.to ?? 'http://none/').searchParams.get('refused')

/** What became of somebody, and that nobody is signed in where nobody should be. */
export async function refusal(room: Room, browser: Browser, back: string): Promise<string | null> {
  const answer = await browser.get(back)
  expect(answer.status).toBe(303)
  expect(answer.to).toContain(`${room.url}/login?`)
  expect(await browser.who(room)).toMatchObject({ code: 'no-token' })
  return refusedBecause(answer)
}
