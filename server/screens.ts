/**
 * Screens over Socket.IO: everything at once on connecting, then only what moved, at most ten times a second, and a tick
 * each second by which a screen knows that it is fed. Who cannot keep up is dropped, and comes back to a fresh snapshot.
 */
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { Fact } from '../shared/fact.ts';
import type { AirMessage, Snapshot } from '../shared/wire.ts';
import { withoutAccess } from '../shared/withheld.ts';
import { createFeed, type Feed, type Io, type Screen, type Sockets } from './screens/feed.ts';
import { createPace, type Pace } from './screens/pace.ts';
import { createPending } from './screens/pending.ts';
import { createRoll, type Roll, type RollParts, type Who } from './screens/roll.ts';
import { cut, isSlow } from './screens/slow.ts';

export type ScreenPorts = {
  /** The whole situation as it stands now. */
  snapshot: () => Snapshot;
  /** Event time. */
  eventNow: () => number;
  /** One for each start of the server. */
  epoch: string;
  /** The web's version; another one than a page's own means that the page reloads itself. */
  build: string;
  /** The secret by which a connection may see (`seerOf` of `http/caller.ts`), or null; `cookie` is the header as it came. */
  authenticate: (given: { cookie: string | undefined; token: string | null; wall: boolean }) => string | null;
  /** Whether a secret still lets see. */
  holds: (secret: string) => boolean;
  /** Rises whenever somebody may have lost the right to see. */
  changes: () => number;
  /** Whom a secret stands for. */
  who: (secret: string) => Who | null;
} & RollParts;

export type Screens = {
  /** Facts that have just been decided, in order. */
  show: (facts: readonly Fact[]) => void;
  /** Cells that have just moved, with their numbers. */
  move: (message: AirMessage) => void;
  /** Tells nobody anything any more; who is connected is the sockets' owner's to let go. */
  close: () => void;
  count: () => number;
  /** The roll: who is there. */
  roll: Pick<Roll, 'body' | 'walls' | 'sees'>;
  /** For whoever lets connections in: whether one may see, and that one has come. */
  admits: (screen: Screen) => boolean;
  welcome: (screen: Screen) => void;
};

const FLUSH_MS = 100;
const TICK_MS = 1000;
const RESYNC_MS = 1000;
/** A session ends by time, which no change announces. */
const LOOK_AGAIN_TICKS = 60;

function dropSlow(io: Io): void {
  for (const screen of io.sockets.values()) if (isSlow(screen.conn)) cut(screen.conn);
}

/** Shows those the door who have lost the right to see since. */
function createGuard(io: Io, { holds, changes }: ScreenPorts): () => void {
  let seen = changes();
  let ticks = 0;
  return () => {
    const now = changes();
    ticks += 1;
    if (now === seen && ticks < LOOK_AGAIN_TICKS) return;
    seen = now;
    ticks = 0;
    for (const screen of io.sockets.values()) if (!holds(screen.data.secret)) screen.disconnect(true);
  };
}

/** Whether a connection may see; it then carries the secret by which it does. */
const admitting = ({ authenticate }: ScreenPorts) => (screen: Screen): boolean => {
  const given: unknown = screen.handshake.auth['token'];
  const secret = authenticate({ cookie: screen.handshake.headers.cookie, token: typeof given === 'string' ? given : null, wall: screen.handshake.auth['face'] === 'wall' });
  if (secret === null) return false;
  screen.data.secret = secret;
  return true;
};

const welcoming = ({ feed, roll }: { feed: Feed; roll: Roll }, { who }: ScreenPorts) => (screen: Screen): void => {
  const again: Pace = createPace(RESYNC_MS, () => { feed.welcome(screen); });
  again.ask();
  screen.on('resync', () => { again.ask(); });
  screen.on('here', (said: unknown) => {
    const named = who(screen.data.secret);
    if (named !== null) roll.here(screen.id, named, said);
  });
  screen.on('disconnect', () => {
    again.stop();
    roll.gone(screen.id);
    feed.forget(screen);
  });
};

/** The sockets of a server, for every room on it. `foreign`: whether a page of this origin is another site's (`isForeign` of `http/origin.ts`). */
export function openSockets(http: HttpServer, foreign: (origin: string | undefined, host: string | undefined) => boolean): Sockets {
  return new Server(http, {
    serveClient: false, maxHttpBufferSize: 16_384, pingInterval: 10_000, pingTimeout: 10_000, perMessageDeflate: false,
    allowRequest: (req, decide) => {
      if (foreign(req.headers.origin, req.headers.host)) decide('foreign-origin', false);
      else decide(null, true);
    },
  });
}

/** Lets connections in to the room that is there now; where there is none they hear `no-room`. */
export function letIn(io: Io, room: () => Screens | null): void {
  io.use((screen, next) => {
    const screens = room();
    if (screens?.admits(screen) === true) next();
    else next(new Error(screens === null ? 'no-room' : 'no-token'));
  });
  io.on('connection', (screen) => {
    const screens = room();
    if (screens === null) screen.disconnect(true);
    else screens.welcome(screen);
  });
}

/** The screens of one room. */
export function createScreens(io: Io, ports: ScreenPorts): Screens {
  const pending = createPending();
  const feed = createFeed(io, pending, ports.snapshot);
  const pace = createPace(FLUSH_MS, () => { feed.flush(); dropSlow(io); });
  const guard = createGuard(io, ports);
  const roll = createRoll(ports);
  const beat = setInterval(() => {
    guard();
    roll.look();
    io.emit('tick', { at: ports.eventNow(), ...feed.told(), epoch: ports.epoch, build: ports.build });
    dropSlow(io);
  }, TICK_MS);
  return {
    // All hear the same: whoever may see accounts reads of them over HTTP.
    show: (facts) => { pending.facts(facts.map(withoutAccess)); pace.ask(); },
    move: (message) => { pending.air(message); pace.ask(); },
    close: () => {
      clearInterval(beat);
      pace.stop();
    },
    count: () => io.sockets.size,
    roll, admits: admitting(ports), welcome: welcoming({ feed, roll }, ports),
  };
}
