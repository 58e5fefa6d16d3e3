/**
 * The roll of screens: who is there, how far each has been told, whether its clock is right and its sound on. A wall that was there and
 * is heard no more goes dark: that is told once, and again only after it has come back.
 */
import { Here, type ScreensBody } from '../../shared/screens.ts';

export type Who = { kind: 'screen' | 'person'; name: string };
type Known = Who & { here: Here; heardAt: number; skew: number; sockets: Set<string>; dark: boolean };
type Told = (wall: { name: string; view: string; since: number }, dark: boolean) => void;

/** Machine milliseconds: a wall that is not heard for so long is dark; whoever left is forgotten after a while. */
const DARK = 60_000;
const FORGET = 24 * 3_600_000;

export type Roll = {
  /** A screen has said where it is; what it says is checked. */
  here: (socket: string, who: Who, said: unknown) => void;
  gone: (socket: string) => void;
  /** Looks who has gone dark. */
  look: () => void;
  body: (seq: number) => ScreensBody;
  /** Walls that are to be missed, and back again after a restart. */
  walls: () => string;
  /** Whether a wall is there now. */
  sees: (wall: { name: string; view: string }) => boolean;
};

export type RollParts = {
  /** Machine time. */
  now: () => number;
  dark: Told;
  /** What `walls` said before a restart; they are expected back. */
  remembered: string;
  /** Whether a wall is to be seen in another room. */
  elsewhere?: (wall: { name: string; view: string }) => boolean;
};

const keyOf = ({ kind, name }: Who, { face, view }: Pick<Here, 'face' | 'view'>): string => `${kind}|${name}|${face}|${view}`;

export function createRoll(parts: RollParts): Roll {
  const roll = new ScreenRoll(parts);
  roll.expect(wallsIn(parts.remembered));
  return roll;
}

class ScreenRoll implements Roll {
  private readonly known = new Map<string, Known>();
  private readonly now: () => number;
  private readonly told: Told;
  private readonly elsewhere: NonNullable<RollParts['elsewhere']>;

  constructor({ now, dark, elsewhere = () => false }: RollParts) {
    this.now = now;
    this.told = dark;
    this.elsewhere = elsewhere;
  }

  expect(walls: readonly { name: string; view: string }[]): void {
    for (const { name, view } of walls) {
      const here: Here = { face: 'wall', view, seq: 0, airSeq: 0, clock: this.now(), sound: 'none' };
      this.known.set(keyOf({ kind: 'screen', name }, here), { kind: 'screen', name, here, heardAt: this.now(), skew: 0, sockets: new Set(), dark: false });
    }
  }

  here(socket: string, who: Who, said: unknown): void {
    const parsed = Here.safeParse(said);
    if (!parsed.success) return;
    const here = parsed.data;
    const key = keyOf(who, here);
    const was = this.known.get(key);
    // One socket is one face: it may have turned to another view.
    if (was?.sockets.has(socket) !== true) this.gone(socket);
    this.known.set(key, { ...who, here, heardAt: this.now(), skew: here.clock - this.now(), sockets: (was?.sockets ?? new Set<string>()).add(socket), dark: false });
    if (was?.dark === true) this.told({ name: who.name, view: here.view, since: was.heardAt }, false);
  }

  gone(socket: string): void {
    for (const each of this.known.values()) each.sockets.delete(socket);
  }

  look(): void {
    for (const [key, each] of this.known) {
      if (each.kind === 'screen' && this.elsewhere({ name: each.name, view: each.here.view })) each.heardAt = this.now();
      const quiet = this.now() - each.heardAt;
      if (quiet <= DARK) continue;
      // Only a wall is missed: whoever closed a desk went home.
      if (quiet > FORGET || each.kind !== 'screen' || each.here.face !== 'wall') this.known.delete(key);
      else if (!each.dark) {
        each.dark = true;
        this.told({ name: each.name, view: each.here.view, since: each.heardAt }, true);
      }
    }
  }

  body(seq: number): ScreensBody {
    return { screens: [...this.known.values()].map(({ kind, name, here, heardAt, skew, sockets }) => ({
      kind, name, face: here.face, view: here.view, alive: this.now() - heardAt <= DARK / 4 && sockets.size > 0, connections: sockets.size, heardAt,
      behind: Math.max(0, seq - here.seq), skewSeconds: Math.round(skew / 1000), sound: here.sound,
    })) };
  }

  sees({ name, view }: { name: string; view: string }): boolean {
    return [...this.known.values()].some((each) => each.kind === 'screen' && each.name === name && each.here.view === view && each.sockets.size > 0);
  }

  walls(): string {
    return JSON.stringify([...this.known.values()].filter(({ kind, here }) => kind === 'screen' && here.face === 'wall').map(({ name, here }) => ({ name, view: here.view })));
  }
}

function wallsIn(text: string): { name: string; view: string }[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((each): each is { name: string; view: string } => typeof each === 'object' && each !== null && 'name' in each && 'view' in each) : [];
  } catch {
    return [];
  }
}
