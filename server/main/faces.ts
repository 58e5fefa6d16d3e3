/** The server's outside: HTTP, pages and screens around a house. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Access } from '../access/access.ts';
import { createApp } from '../http/app.ts';
import { seerOf } from '../http/caller.ts';
import { isForeign } from '../http/origin.ts';
import type { HttpPorts } from '../http/ports.ts';
import { createScreens, letIn, openSockets, type ScreenPorts, type Screens } from '../screens.ts';
import type { Io, Sockets } from '../screens/feed.ts';
import type { Who } from '../screens/roll.ts';
import type { Snapshot } from '../../shared/wire.ts';

export type Listening = { server: Server; url: string; close: () => Promise<void> };

/** What is answered while the rooms are still being opened. */
const starting: RequestListener = (_req, res) => {
  res.writeHead(503, { 'Content-Type': 'application/problem+json', 'Retry-After': '1' });
  res.end(JSON.stringify({ type: 'about:blank', title: 'the server is starting', status: 503, code: 'not-ready' }));
};

/** Listens on a port (0 picks a free one); until the faces open it says that it is starting. */
export async function listen(host: string, port: number): Promise<Listening | { refused: string }> {
  const server = createServer(starting);
  const failed = await new Promise<Error | null>((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => { resolve(null); });
  });
  if (failed !== null) return { refused: `cannot listen on ${host}:${port}: ${failed.message}` };
  const { port: bound } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host;
  const close = (): Promise<void> => new Promise((resolve) => {
    server.close(() => { resolve(); });
    server.closeAllConnections();
  });
  return { server, url: `http://${name}:${bound}`, close };
}

/** What the screens of a room are told, and by whom they are let in. */
export type Showing = { access: Access; epoch: string; build: string; snapshot: () => Snapshot; eventNow: () => number } & Pick<ScreenPorts, 'dark' | 'remembered' | 'elsewhere'>;

/** Whom a secret of a seer stands for. */
function whoOf(access: Access, secret: string): Who | null {
  const caller = access.standsFor(secret);
  if (caller === null || caller.kind === 'source') return null;
  return caller.kind === 'screen' ? { kind: 'screen', name: caller.name, token: caller.token } : { kind: 'person', name: caller.name };
}

/** The ids of the screens' tokens that are in force. */
const screenTokens = (access: Access): Set<string> => new Set(access.tokens().flatMap(({ id, kind, revoked }) => (kind === 'screen' && revoked === null ? [id] : [])));

/** The screens of a room, on its part of the sockets. */
export const showOn = (io: Io, { access, ...showing }: Showing): Screens => createScreens(io, {
  ...showing, now: Date.now, who: (secret) => whoOf(access, secret),
  authenticate: (given) => seerOf(access, given), holds: access.holds, changes: access.changes, tokens: () => screenTokens(access),
});

/** Answers requests and feeds screens from now on. The sockets are for every room of the server: to close, and to stand another room on. */
export function open({ server }: Listening, { http, showing }: { http: HttpPorts; showing: Showing }): { screens: Screens; sockets: Sockets } {
  server.off('request', starting).on('request', createApp(http));
  const sockets = openSockets(server, (origin, host) => isForeign(origin, host, http.origins));
  const screens = showOn(sockets.of('/'), showing);
  letIn(sockets.of('/'), () => screens);
  return { screens, sockets };
}
