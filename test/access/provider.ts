/** A real OpenID Connect provider in the process of a test, with a page to sign in on; what it sends can be tampered with on its way. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair, decodeJwt, SignJWT } from 'jose'
import type { Context, Provider } from 'oidc-provider'
import { onTestFinished, vi } from 'vitest'
import type { Oidc } from '../../shared/sign-on.ts'

export type Claims = { preferred_username?: string; groups?: unknown }
/** What it was asked at its two doors. */
export type Asked = { authorization: Record<string, string | undefined>[]; token: Record<string, string | undefined>[] }
type Claimed = Record<string, unknown>
export type Idp = {
  oidc: Oidc; secret: string; asked: Asked
  /** Changes the claims of the next ID tokens, which are signed again: by its own key, or by another's. */
  tamper: (change: (claims: Claimed) => Claimed, by?: 'own' | 'foreign') => void
  stop: () => Promise<void>
}

const SECRET = 'the secret of the room'
const page = (uid: string): string => `<!doctype html><title>IdP</title><form method="post" action="/interaction/${uid}"><label>login <input name="login" autofocus></label><button>go</button></form>`

async function aKey() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { key: privateKey, jwk: { ...await exportJWK(privateKey), kid: 'k1', alg: 'RS256', use: 'sig' } }
}

/** Made once: of all that a provider does, this takes longest. */
const keys = Promise.all([aKey(), aKey()])

/** It warns of what only a real deployment needs: a store, a runtime of its own choice. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const silenced = [vi.spyOn(console, 'warn').mockReturnValue(undefined), vi.spyOn(console, 'info').mockReturnValue(undefined)]
  try { return await work() } finally { silenced.forEach((each) => { each.mockRestore() }) }
}

function settings(jwk: object, { people, redirect, auth }: { people: Record<string, Claims>; redirect: string; auth: string }): object {
  return {
    jwks: { keys: [jwk] }, cookies: { keys: ['for tests'] }, pkce: { required: () => true },
    clients: [{ client_id: 'room', redirect_uris: [redirect], post_logout_redirect_uris: [redirect.replace(/\/api.*/, '/login')], token_endpoint_auth_method: auth, ...(auth === 'none' ? {} : { client_secret: SECRET }) }],
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'] },
    findAccount: (_: unknown, id: string) => (id in people ? { accountId: id, claims: () => ({ sub: id, ...people[id] }) } : undefined),
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { logoutSource: (context: Context, form: string) => { context.body = form } } }, interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    // What is asked of a client of the house needs no consent; one grant a session, or a second trip would take away the first one's.
    loadExistingGrant: async ({ oidc }: { oidc: { provider: Provider; session: { accountId: string; grantIdFor: (client: string) => string | undefined }; client: { clientId: string } } }) => {
      const known = oidc.session.grantIdFor(oidc.client.clientId)
      if (known !== undefined) return oidc.provider.Grant.find(known)
      const grant = new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  }
}

/** Its page to sign in on; `no` declines. */
async function interaction(provider: Provider, context: Context): Promise<boolean> {
  const uid = /^\/interaction\/([\w-]+)$/.exec(context.path)?.[1]
  if (uid === undefined) return false
  if (context.method === 'GET') { context.type = 'html'; context.body = page(uid); return true }
  const login = new URLSearchParams(await text(context.req)).get('login') ?? ''
  context.respond = false
  await provider.interactionFinished(context.req, context.res, login === 'no' ? { error: 'access_denied' } : { login: { accountId: login } })
  return true
}

/** `auth`: how the room proves itself to it. Its site is `localhost`, which is another than that of the room. */
export async function openIdp(of: { people: Record<string, Claims>; redirect: string; auth?: 'client_secret_basic' | 'client_secret_post' | 'none' }): Promise<Idp> {
  const [own, foreign] = await keys
  const server = createServer()
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  const provider = await quietly(async () => new (await import('oidc-provider')).Provider(issuer, settings(own.jwk, { auth: 'client_secret_basic', ...of })))
  const asked: Asked = { authorization: [], token: [] }
  let change: ((token: string) => Promise<string>) | null = null
  provider.use(async (context, next) => {
    if (await interaction(provider, context)) return
    await next()
    const { route, params } = context.oidc ?? {}
    if (route === 'authorization' || route === 'token') asked[route].push({ ...params })
    if (route === 'token' && change !== null) {
      const body = context.body as { id_token?: string }
      if (body.id_token !== undefined) context.body = { ...body, id_token: await change(body.id_token) }
    }
  })
  server.on('request', provider.callback())
  const stop = (): Promise<void> => new Promise((resolve) => {
    server.close(() => { resolve() })
    server.closeAllConnections()
  })
  onTestFinished(stop)
  return {
    secret: SECRET, asked, stop,
    oidc: { issuer, clientId: 'room', scopes: ['openid', 'profile'], name: 'preferred_username', roles: { claim: 'groups', map: { 'room-duty': 'duty', 'room-leads': 'leader', 'room-admins': 'admin', 'room-audit': 'auditor' } }, plainHttp: false },
    tamper: (claims, by = 'own') => {
      change = (token) => new SignJWT(claims(decodeJwt(token))).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign((by === 'own' ? own : foreign).key)
    },
  }
}
