/**
 * The roll of screens, one row each: who is there, how far it has been told, whether its clock is right and its sound on. A wall that was
 * there and is heard no more goes dark: that is told once, and again only after it has come back.
 */
import { z } from 'zod';
import { Here, type ScreensBody } from '../../shared/screens.ts';

/** `token`: the id of the token by which a screen sees. */
export type Who = { kind: 'person'; name: string } | { kind: 'screen'; name: string; token: string };
/** A wall; `screen`: as its page calls itself, or null. */
export type Wall = { token: string; screen: string | null; view: string };
/** `key`: of this time that it went dark; `since`: when it was last heard, machine time. */
export type Dark = { name: string; view: string; since: number; key: string };
/** `id`: what the page called itself first, else its first socket. */
type Row = { who: Who; id: string; screen: string | null; here: Here; heardAt: number; skew: number; socket: string | null; dark: boolean };

/** Machine milliseconds: a wall that is not heard for so long is dark; one that was so for long is forgotten. */
const DARK = 60_000;
const FORGET = 24 * 3_600_000;
/** Screens of one token, or of one person. */
const MOST = 16;

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
  sees: (wall: Wall) => boolean;
};

export type RollParts = {
  /** Machine time. */
  now: () => number;
  dark: (wall: Dark, dark: boolean) => void;
  /** What `walls` said before a restart; they are expected back. */
  remembered: string;
  /** The ids of tokens that are in force; asked again whenever `changes` has risen. */
  tokens: () => ReadonlySet<string>;
  changes: () => number;
  /** Whether a wall is to be seen in another room. */
  elsewhere?: (wall: Wall) => boolean;
};

const Remembered = z.array(z.object({ token: z.string(), name: z.string(), id: z.string(), screen: z.string().nullable(), view: Here.shape.view, heardAt: z.number(), dark: z.boolean() }));

function remembered(text: string): Row[] {
  let walls: unknown = [];
  try { walls = JSON.parse(text); } catch { /* None is expected then. */ }
  return (Remembered.safeParse(walls).data ?? []).map(({ token, name, id, screen, view, heardAt, dark }) =>
    ({ who: { kind: 'screen', name, token }, id, screen, here: { face: 'wall', view, seq: 0, airSeq: 0, clock: heardAt, sound: 'none' }, heardAt, skew: 0, socket: null, dark }));
}

export const createRoll = (parts: RollParts): Roll => new ScreenRoll(parts);

const ownerOf = (who: Who): string => (who.kind === 'screen' ? `screen ${who.token}` : `person ${who.name}`);
const byAge = (rows: Row[]): Row[] => rows.sort((a, b) => a.heardAt - b.heardAt);

class ScreenRoll implements Roll {
  readonly #parts: RollParts;
  readonly #rows: Set<Row>;
  readonly #bySocket = new Map<string, Row>();
  /** Sockets whose row another has taken under the same name: one that speaks on is another screen, whose page was copied. */
  readonly #displaced = new Set<string>();
  /** Whoever was there before a restart has as long to come back as anybody has. */
  readonly #begun: number;
  #changes = NaN;

  constructor(parts: RollParts) {
    this.#parts = parts;
    this.#rows = new Set(remembered(parts.remembered));
    this.#begun = parts.now();
  }

  here(socket: string, who: Who, said: unknown): void {
    const here = Here.safeParse(said).data;
    if (here === undefined) return;
    const row = this.#bySocket.get(socket) ?? this.#placeOf(socket, who, here) ?? this.#added(socket, who, here);
    if (row === null) return;
    const [now, wasDark, since] = [this.#parts.now(), row.dark, row.heardAt];
    Object.assign(row, { who, here, heardAt: now, skew: here.clock - now, socket, dark: false, screen: here.screen ?? row.screen });
    this.#bySocket.set(socket, row);
    if (wasDark) this.#told(row, since, false);
  }

  gone(socket: string): void {
    const row = this.#bySocket.get(socket);
    if (row !== undefined) row.socket = null;
    this.#bySocket.delete(socket);
    this.#displaced.delete(socket);
  }

  look(): void {
    this.#forgetRevoked();
    const now = this.#parts.now();
    for (const row of this.#rows) {
      const wall = wallOf(row);
      if (wall !== null && this.#parts.elsewhere?.(wall) === true) row.heardAt = now;
      if (now - Math.max(row.heardAt, this.#begun) <= DARK) continue;
      // Only a wall is missed: whoever closed a desk went home.
      if (wall === null || (row.dark && now - row.heardAt > FORGET)) this.#forget(row);
      else if (!row.dark) {
        row.dark = true;
        this.#told(row, row.heardAt, true);
      }
    }
  }

  body(seq: number): ScreensBody {
    return { screens: [...this.#rows].map(({ who: { kind, name }, here, heardAt, skew, socket }) => ({
      kind, name, face: here.face, view: here.view, alive: this.#parts.now() - heardAt <= DARK / 4 && socket !== null, connections: socket === null ? 0 : 1, heardAt,
      behind: Math.max(0, seq - here.seq), skewSeconds: Math.round(skew / 1000), sound: here.sound,
    })) };
  }

  sees(wall: Wall): boolean {
    return [...this.#rows].some((row) => row.socket !== null && row.who.kind === 'screen' && row.who.token === wall.token && row.screen === wall.screen && (wall.screen !== null || row.here.view === wall.view));
  }

  walls(): string {
    const walls: z.infer<typeof Remembered> = [...this.#rows].flatMap((row) => { const wall = wallOf(row); return wall === null ? [] : [{ ...wall, view: row.here.view, name: row.who.name, id: row.id, heardAt: row.heardAt, dark: row.dark }]; });
    return JSON.stringify(walls);
  }

  #of(who: Who): Row[] { return [...this.#rows].filter((row) => ownerOf(row.who) === ownerOf(who)); }

  /** The row of a screen that comes back: its own by what its page calls itself, else one of the same view that is empty, as a kiosk started anew has. */
  #placeOf(socket: string, who: Who, here: Here): Row | null {
    const rows = byAge(this.#of(who));
    const own = here.screen === undefined || this.#displaced.has(socket) ? undefined : rows.find(({ screen }) => screen === here.screen);
    if (own !== undefined && own.socket !== null) {
      this.#bySocket.delete(own.socket);
      this.#displaced.add(own.socket);
    }
    return own ?? rows.find((row) => row.socket === null && row.here.face === here.face && row.here.view === here.view) ?? null;
  }

  /** A row for one that was never here, be it in the place of one that is heard no more; null: there are too many. */
  #added(socket: string, who: Who, here: Here): Row | null {
    const rows = byAge(this.#of(who));
    if (rows.length >= MOST) {
      const empty = rows.find((row) => row.socket === null);
      if (empty === undefined) return null;
      this.#forget(empty);
    }
    const row: Row = { who, id: here.screen ?? socket, screen: here.screen ?? null, here, heardAt: this.#parts.now(), skew: 0, socket, dark: false };
    this.#rows.add(row);
    return row;
  }

  #forget(row: Row): void {
    this.#rows.delete(row);
    if (row.socket !== null) this.#bySocket.delete(row.socket);
  }

  #forgetRevoked(): void {
    const changes = this.#parts.changes();
    if (changes === this.#changes) return;
    this.#changes = changes;
    const inForce = this.#parts.tokens();
    for (const row of this.#rows) if (row.who.kind === 'screen' && !inForce.has(row.who.token)) this.#forget(row);
  }

  #told({ who, here, id }: Row, since: number, dark: boolean): void {
    this.#parts.dark({ name: who.name, view: here.view, since, key: `${ownerOf(who)} ${id} ${since}` }, dark);
  }
}

/** Whoever sees by a screen's token and shows the wall is to be missed. */
const wallOf = ({ who, here, screen }: Row): Wall | null => (who.kind === 'screen' && here.face === 'wall' ? { token: who.token, screen, view: here.view } : null);
