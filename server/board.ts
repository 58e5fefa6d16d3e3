/** The air for screens: cells made when somebody looks, at most ten times a second, from what moved since. */
import { type AirCells, type Cell, cellKey } from '../shared/air.ts';
import { CANARY } from '../shared/canary.ts';
import { cityCell, type Classify, stationCell, timelineCell } from '../shared/cells.ts';
import type { CityAir } from '../shared/city.ts';
import { headerCell, type HeaderState } from '../shared/header.ts';
import type { Bench } from '../shared/judge.ts';
import type { Moved, Passed } from '../shared/turn.ts';
import type { AirMessage } from '../shared/wire.ts';

export type BoardParts = {
  bench: Bench; now: () => number; classify: Classify; state: () => HeaderState;
  /** Sends replaced cells to every screen. */
  send: (message: AirMessage) => void;
  /** Whether any screen is there: for nobody no cell is made. */
  watched: () => boolean;
};

export type Board = {
  moved: (moved: Moved) => void;
  passed: (passed: Passed) => void;
  /** The header's state changed (durability, replay, evaluating). */
  touched: () => void;
  /** All cells as they are now. */
  cells: () => { airSeq: number; air: AirCells };
  stop: () => void;
};

/** Milliseconds of machine time between two sendings: at most ten a second, and a fifth of the time at most. */
const PACE = 100;
const SHARE = 5;
/** Milliseconds at a stretch: what many cities need is made in slices, for readings come in meanwhile. */
const SLICE = 10;

class Cells implements Board {
  private readonly parts: BoardParts;
  private readonly made = new Map<string, Cell>();
  private readonly airs = new Set<CityAir>();
  /** Of which an hour that has ended moved. */
  private readonly timelines = new Set<CityAir>();
  private readonly stations = new Set<string>();
  private header = true;
  private airSeq = 0;
  /** Milliseconds that the last making took, and that this one has. */
  private took = 0;
  private taking = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(parts: BoardParts) {
    this.parts = parts;
    for (const air of parts.bench.ledger.airs) this.look(air);
    for (const station of parts.bench.ledger.byStation.keys()) if (station !== CANARY) this.stations.add(station);
  }

  /** Averages that are kept for the AQI of a day alone are nothing to look at. */
  private shows({ pollutant }: CityAir): boolean {
    return this.parts.bench.ledger.setup.judged.includes(pollutant);
  }

  private look(air: CityAir): void {
    if (!this.shows(air)) return;
    this.airs.add(air);
    this.timelines.add(air);
  }

  moved(moved: Moved): void {
    const running = this.parts.bench.calendar.civil.hour(this.parts.now());
    for (const [air, hours] of moved.airs) {
      if (!this.shows(air)) continue;
      this.airs.add(air);
      if (!hours.has(running) || hours.size > 1) this.timelines.add(air);
    }
    for (const air of moved.doubted) this.airs.add(air);
    for (const station of moved.stations) if (station !== CANARY) this.stations.add(station);
    this.touched();
  }

  passed({ airs, stations }: Passed): void {
    for (const station of stations) this.stations.add(station);
    for (const air of airs) {
      this.look(air);
      for (const station of this.parts.bench.ledger.day(air, this.parts.bench.calendar.civil.day(this.parts.now())).evaluators) this.stations.add(station);
    }
    this.touched();
  }

  touched(): void {
    this.header = true;
    this.timer ??= setTimeout(() => { this.flush(); }, Math.max(PACE, this.took * SHARE));
  }

  private flush(): void {
    this.timer = null;
    if (!this.parts.watched()) return;
    const began = performance.now();
    this.send(this.remake(began + SLICE));
    this.taking += performance.now() - began;
    if (this.airs.size + this.timelines.size + this.stations.size > 0) {
      this.timer = setTimeout(() => { this.flush(); }, 0);
      return;
    }
    this.took = this.taking;
    this.taking = 0;
  }

  private send(cells: Cell[]): void {
    if (cells.length === 0) return;
    const from = this.airSeq + 1;
    this.airSeq += cells.length;
    this.parts.send({ from, to: this.airSeq, cells });
  }

  /** Makes again what moved, until machine time is up; answers with the cells that are another than before. */
  private remake(until = Infinity): Cell[] {
    const { bench, now: clock } = this.parts;
    const now = clock();
    const doubts = bench.ledger.judgeContext({ now });
    for (const air of doubts.airs) this.airs.add(air);
    for (const station of doubts.stations) this.stations.add(station);
    const fresh: Cell[] = [];
    const some = <T>(set: Set<T>, make: (one: T) => Cell | null): void => {
      for (const one of set) {
        if (performance.now() > until) return;
        set.delete(one);
        const cell = make(one);
        if (cell !== null && this.replace(cell)) fresh.push(cell);
      }
    };
    // Always, and first: what comes in meanwhile must not hold up the clock and the freshness of the whole wall.
    if (this.header) some(new Set(['header']), () => headerCell(bench, this.parts.state(), now));
    this.header = false;
    some(this.airs, (air) => cityCell(bench, air, now));
    some(this.timelines, (air) => timelineCell(bench, air, now));
    some(this.stations, (station) => this.station(station, now));
    return fresh;
  }

  private station(id: string, now: number): Cell | null {
    const { bench, classify } = this.parts;
    return stationCell(bench, bench.ledger.byStation.get(id) ?? [], { now, classify });
  }

  private replace(cell: Cell): boolean {
    const key = cellKey(cell);
    const before = this.made.get(key);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(cell)) return false;
    this.made.set(key, cell);
    return true;
  }

  cells(): { airSeq: number; air: AirCells } {
    // Whoever joins must not see more than is sent to the others: what moved goes out first.
    this.send(this.remake());
    return { airSeq: this.airSeq, air: Object.fromEntries(this.made) };
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }
}

export const createBoard = (parts: BoardParts): Board => new Cells(parts);
