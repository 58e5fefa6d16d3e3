/** Of the API's description what is about people: coming in and going out. */
import { z } from 'zod';
import * as api from '../../shared/api.ts';
import * as people from '../../shared/people.ts';
import { WaysInBody } from '../../shared/sign-on.ts';
import type { Route } from './openapi.ts';

const REFUSED = [400, 403, 404, 409, 503];
const about = (what: string, summary: string, of: Partial<Route>): Route => ({ method: 'post', path: `/api/people/{id}/${what}`, summary, who: 'person', answer: people.AccountSetBody, refuses: REFUSED, ...of });

const accounts: Route[] = [
  { method: 'get', path: '/api/people', summary: '账号 · Accounts: who may come in, and as what', who: 'person', answer: people.AccountsBody },
  { method: 'post', path: '/api/people', summary: '新增账号 · Adds an account; without a password one is made, and told this once', who: 'person', body: people.AddPersonBody, answer: people.AccountSetBody, refuses: REFUSED },
  about('role', '改角色 · Another role', { body: people.RoleBody }),
  about('password', '新密码 · A new password; every session of theirs ends', { body: people.PasswordBody }),
  about('disable', '停用 · Disables the account; never the only admin with a password', {}),
  about('enable', '启用 · Enables it again, with a new password where it has one', { body: people.PasswordBody }),
  about('sign-out', '结束会话 · Ends every session of theirs', {}),
  about('totp', '验证码 · Wants a code of an authenticator as well, or no longer; its secret is told this once', { body: people.TotpBody, answer: people.TotpSetBody }),
  { method: 'get', path: '/api/tokens', summary: '令牌 · Tokens of sources and screens, without their secrets', who: 'person', answer: people.TokensBody },
  { method: 'post', path: '/api/tokens', summary: '新增令牌 · Adds a token; its secret is told this once', who: 'person', body: people.AddTokenBody, answer: people.TokenSetBody, refuses: REFUSED },
  { method: 'post', path: '/api/tokens/{id}/revoke', summary: '吊销令牌 · Takes a token back', who: 'person', answer: people.TokenRevokedBody, refuses: REFUSED },
  { method: 'get', path: '/api/me', summary: '我的账号 · One\'s own account', who: 'person', answer: people.MeBody },
  { method: 'post', path: '/api/me/password', summary: '改自己的密码 · Changes one\'s own password; other sessions end', who: 'person', body: people.OwnPasswordBody, answer: people.DoneBody, refuses: [...REFUSED, 429] },
  { method: 'get', path: '/api/me/totp', summary: '验证器密钥 · A secret for an authenticator, which holds only once a code of it was right', who: 'person', answer: z.object({ secret: z.string(), address: z.string() }) },
  { method: 'post', path: '/api/me/totp', summary: '启用自己的验证码 · Wants a code from now on', who: 'person', body: people.OwnTotpBody, answer: people.DoneBody, refuses: [...REFUSED, 429] },
  { method: 'post', path: '/api/me/totp/off', summary: '取消自己的验证码 · Wants none any more', who: 'person', body: people.OwnTotpOffBody, answer: people.DoneBody, refuses: [...REFUSED, 429] },
];

export const peopleRoutes: Route[] = [
  ...accounts,
  { method: 'post', path: '/api/session', summary: '登录 · Signs in', who: 'open', body: api.SignIn, answer: api.SessionBody, refuses: [400, 401, 429] },
  { method: 'get', path: '/api/session', summary: '当前身份 · Who is signed in', who: 'sees', answer: api.SessionBody },
  { method: 'delete', path: '/api/session', summary: '退出 · Signs out', who: 'open' },
  { method: 'get', path: '/api/session/ways', summary: '登录方式 · Ways to sign in beside a password', who: 'open', answer: WaysInBody },
  { method: 'get', path: '/api/session/oidc', summary: '单点登录 · Sends a browser to the OpenID Connect provider; next: where to go afterwards', who: 'open', redirects: true },
  { method: 'get', path: '/api/session/oidc/return', summary: '单点登录返回 · Where the provider sends it back to: signed in, or back at the sign-in with a word why not', who: 'open', type: 'text/html', redirects: true },
];
