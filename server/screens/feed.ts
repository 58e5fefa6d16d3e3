/**
 * Who has been told how far. Those in step with all others hear what is said to all, written out once; those who have
 * just come hear what is news to them, so that after their snapshot nothing comes twice and nothing is left out.
 */
import type { Namespace, Server, Socket } from 'socket.io';
import type { ScreenToServer, ServerToScreen, Snapshot } from '../../shared/wire.ts';
import type { Pending, Told } from './pending.ts';

type Known = { secret: string };
export type Sockets = Server<ScreenToServer, ServerToScreen, Record<string, never>, Known>;
/** The part of a server's sockets that is one room's. */
export type Io = Namespace<ScreenToServer, ServerToScreen, Record<string, never>, Known>;
export type Screen = Socket<ScreenToServer, ServerToScreen, Record<string, never>, Known>;

export type Feed = {
  /** Sends it a snapshot, now or again. */
  welcome: (screen: Screen) => void;
  forget: (screen: Screen) => void;
  flush: () => void;
  told: () => Told;
};

const IN_STEP = 'in-step';
const WAITING = 'waiting';

/** What of it is news to a listener told so far. */
function tell(listener: Pick<Screen, 'emit'>, pending: Pending, so: Told): void {
  const facts = pending.factsAfter(so.seq);
  const air = pending.airAfter(so.airSeq);
  if (facts !== null) listener.emit('facts', facts);
  if (air !== null) listener.emit('air', air);
}

/** Gathers those who come at about the same time: one snapshot for all of them, written out once, also when a network comes back. */
function createLobby(io: Io, open: (waiting: readonly Screen[]) => void): (screen: Screen) => void {
  let waiting: Screen[] = [];
  return (screen) => {
    void screen.leave(IN_STEP);
    void screen.join(WAITING);
    if (waiting.push(screen) > 1) return;
    setImmediate(() => {
      open(waiting);
      io.in(WAITING).socketsLeave(WAITING);
      waiting = [];
    });
  };
}

export function createFeed(io: Io, pending: Pending, snapshot: () => Snapshot): Feed {
  const newcomers = new Map<Screen, Told>();
  /** How far those in step have been told. */
  let told: Told = { seq: 0, airSeq: 0 };

  const enter = createLobby(io, (waiting) => {
    const now = snapshot();
    if (told.seq === 0 && told.airSeq === 0) told = { seq: now.seq, airSeq: now.airSeq };
    io.to(WAITING).emit('snapshot', now);
    for (const screen of waiting) if (screen.connected) newcomers.set(screen, { seq: now.seq, airSeq: now.airSeq });
  });
  const flush = (): void => {
    if (io.sockets.size > newcomers.size) tell({ emit: (...args) => io.to(IN_STEP).emit(...args) }, pending, told);
    told = pending.told(told);
    for (const [screen, so] of newcomers) {
      tell(screen, pending, so);
      // Its snapshot may be ahead of what was told to all; until that has caught up it is told by itself.
      if (so.seq > told.seq || so.airSeq > told.airSeq) continue;
      newcomers.delete(screen);
      void screen.join(IN_STEP);
    }
    pending.clear();
  };
  return {
    welcome: (screen) => { newcomers.delete(screen); enter(screen); },
    forget: (screen) => { newcomers.delete(screen); },
    flush, told: () => told,
  };
}
