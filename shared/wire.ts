/** What travels between server and screen: one description for both ends. HTTP bodies are in `api.ts`. */
import type { AirCells, Cell } from './air.ts';
import type { Air, Fact } from './fact.ts';
import type { Room } from './situation.ts';
import type { Here } from './screens.ts';
import type { Area, KeyDate, Ladder, Limit, Measure, Name, Phase, Station } from './event.ts';

/** Everything at once; `epoch` is one for each start of the server. Instants in UTC ms. */
export type Snapshot = { epoch: string; seq: number; airSeq: number; at: number; room: Room; air: AirCells };
/** Facts `from`..`to`, both inclusive, in order. */
export type FactsMessage = { from: number; to: number; facts: Fact[] };
/** Replaced cells, numbered `from`..`to`, both inclusive. */
export type AirMessage = { from: number; to: number; cells: Cell[] };
/** Once a second. `build` is the web's version: another one than the page's own means reload. */
export type Tick = { at: number; seq: number; airSeq: number; epoch: string; build: string };

/** Socket.IO events from server to screen; screens send no commands over the socket, only their state. */
export type ServerToScreen = {
  snapshot: (message: Snapshot) => void;
  facts: (message: FactsMessage) => void;
  air: (message: AirMessage) => void;
  tick: (message: Tick) => void;
};
export type ScreenToServer = { resync: () => void; here: (here: Here) => void };

/** A standard as screens need it. `classes`: of air quality, best first; `upTo` is the PM2.5 concentration (µg/m³) that still belongs to one; none where it has no index. */
export type StandardInfo = { id: string; name: Name; start: number; classes: { name: Name; colour: string; upTo: number | null }[] };

/** `GET /api/event`: what does not change while the server runs, for the faces. Resolved key dates carry instants. */
export type EventInfo = {
  id: string; name: Name; timezone: string; air: Air; period: { from: string; to: string };
  phases: Phase[]; keyDates: (KeyDate & { date: string; start: number; end: number })[]; limits: Limit[];
  areas: Area[]; stations: Station[]; ladders: Ladder[]; measures: Measure[];
  /** The standards that judge the event, in order: each from `start` (UTC ms) on, the first before it too. */
  standards: StandardInfo[];
  build: string;
  /** What must be said beside air that is not real, in short; null where there is nothing to say. */
  airNote: Name | null;
  /** Whether there are AQIs to ask for. */
  aqi: boolean;
};
