/** Of the API's description what is about people: coming in and going out. */
import * as api from '../../shared/api.ts';
import { WaysInBody } from '../../shared/sign-on.ts';
import type { Route } from './openapi.ts';

export const peopleRoutes: Route[] = [
  { method: 'post', path: '/api/session', summary: '登录 · Signs in', who: 'open', body: api.SignIn, answer: api.SessionBody, refuses: [400, 401, 429] },
  { method: 'get', path: '/api/session', summary: '当前身份 · Who is signed in', who: 'sees', answer: api.SessionBody },
  { method: 'delete', path: '/api/session', summary: '退出 · Signs out', who: 'open' },
  { method: 'get', path: '/api/session/ways', summary: '登录方式 · Ways to sign in beside a password', who: 'open', answer: WaysInBody },
  { method: 'get', path: '/api/session/oidc', summary: '单点登录 · Sends a browser to the OpenID Connect provider; next: where to go afterwards', who: 'open', redirects: true },
  { method: 'get', path: '/api/session/oidc/return', summary: '单点登录返回 · Where the provider sends it back to: signed in, or back at the sign-in with a word why not', who: 'open', type: 'text/html', redirects: true },
];
