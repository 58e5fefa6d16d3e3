/** Listens for devices: thousands of connections, each bounded in what it may hold and how long it may say nothing. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Session, type SessionParts } from './session.ts';

/** Milliseconds: that a part of a frame waits for the rest; that a connection may be silent. */
const PART = 30_000;
const SILENT = 15 * 60_000;
/** Frames of one connection that wait for their answer before no more is read of it, and when reading goes on. */
const [MOST_OPEN, FEW_OPEN] = [64, 32];
/** Frames in a row that are none of ours before a connection is closed. */
const MOST_STRANGE = 200;
const MOST_CONNECTIONS = 10_000;

const NOTHING = new Uint8Array(0);
type Failed = (error: unknown) => void;

/** A connection's bytes through its session, in order; read no faster than they become durable. */
class Connection {
  private open = 0;
  private ended = false;
  private readonly session: Session;
  private readonly socket: Socket;
  private readonly failed: Failed;

  constructor(socket: Socket, parts: SessionParts, failed: Failed) {
    this.socket = socket;
    this.failed = failed;
    const peer = `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`;
    this.session = new Session(parts, { peer, send: (frame) => { if (socket.writable) socket.write(frame); } });
  }

  take(chunk: Uint8Array, last = false): void {
    const { socket, session } = this;
    this.open += 1;
    session.push(chunk, last).catch(this.failed).finally(() => { this.answered(); });
    if (this.open > MOST_OPEN) socket.pause();
    if (session.strange > MOST_STRANGE) socket.destroy();
    else socket.setTimeout(session.waiting ? PART : SILENT);
  }

  /** The device has said all that it will; its answers still go out. */
  end(): void {
    this.ended = true;
    this.take(NOTHING, true);
  }

  quiet(): void {
    if (this.session.waiting) this.take(NOTHING, true);
    else this.socket.destroy();
  }

  close(): void {
    this.session.close();
  }

  private answered(): void {
    this.open -= 1;
    if (this.open < FEW_OPEN && this.socket.isPaused()) this.socket.resume();
    if (this.ended && this.open === 0) this.socket.end();
  }
}

/** What an outage of the line brings is no failure of ours: the device comes back. */
function serve(socket: Socket, parts: SessionParts, failed: Failed): void {
  const connection = new Connection(socket, parts, failed);
  parts.tally.connections += 1;
  socket.setNoDelay(true);
  socket.setTimeout(SILENT);
  socket.on('data', (chunk) => { connection.take(chunk); });
  socket.on('end', () => { connection.end(); });
  socket.on('timeout', () => { connection.quiet(); });
  socket.on('error', () => { socket.destroy(); });
  socket.on('close', () => {
    parts.tally.connections -= 1;
    connection.close();
  });
}

export type Hj212Listening = {
  port: number;
  /** Serves connections from now on; who comes before is sent away, and comes again. */
  serve: (parts: SessionParts, failed: Failed) => void;
  close: () => Promise<void>;
};

function closing(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => { resolve(); });
    for (const socket of sockets) socket.destroy();
  });
}

/** Listens on a port; 0 picks a free one. */
export async function listenHj212(host: string, port: number): Promise<Hj212Listening | { refused: string }> {
  const sockets = new Set<Socket>();
  const state: { take: (socket: Socket) => void } = { take: (socket) => { socket.destroy(); } };
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => { sockets.delete(socket); });
    state.take(socket);
  });
  server.maxConnections = MOST_CONNECTIONS;
  const failed = await new Promise<Error | null>((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => { resolve(null); });
  });
  if (failed !== null) return { refused: `cannot listen for HJ 212 on ${host}:${port}: ${failed.message}` };
  return {
    port: (server.address() as AddressInfo).port, close: () => closing(server, sockets),
    serve: (parts, told) => {
      server.on('error', told);
      state.take = (socket) => { serve(socket, parts, told); };
    },
  };
}
