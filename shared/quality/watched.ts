/** One station and pollutant as the rules of context know it: its own hours, the other particulate's, the neighbours'. */
import type { StationHour } from '../hour.ts';
import type { Series } from '../series.ts';
import type { Quantity } from '../reading.ts';
import { Track } from './track.ts';

export type Watched = {
  readonly series: Series; readonly track: Track<StationHour>;
  /** The other particulate of the station; null until it is heard of. */
  partner: Watched | null;
  /** The neighbours, and those whose neighbour it is. In no particular order: no rule minds it. */
  readonly near: Watched[]; readonly nearOf: Watched[];
  /** The latest hour, by its index, of which any rule ever said anything. */
  remarked: number;
};

const PARTNER: Readonly<Partial<Record<Quantity, Quantity>>> = { 'PM2.5': 'PM10', PM10: 'PM2.5' };

/** Everything that is watched, linked as it is opened; `neighbourhoods` has each station's neighbours. */
export class Watch {
  private readonly byKey = new Map<string, Watched>();
  private readonly neighbourhoods: ReadonlyMap<string, readonly string[]>;
  private readonly neighbourOf = new Map<string, string[]>();

  constructor(neighbourhoods: ReadonlyMap<string, readonly string[]>) {
    this.neighbourhoods = neighbourhoods;
    for (const [station, near] of neighbourhoods) {
      for (const other of near) {
        const known = this.neighbourOf.get(other);
        if (known === undefined) this.neighbourOf.set(other, [station]);
        else known.push(station);
      }
    }
  }

  /** Starts watching a series; null where no rule of context is for its pollutant. */
  open(series: Series): Watched | null {
    const { station: { id }, pollutant } = series;
    const partner = PARTNER[pollutant as Quantity];
    if (partner === undefined) return null;
    const watched: Watched = { series, track: new Track(), partner: this.find(id, partner) ?? null, near: [], nearOf: [], remarked: -Infinity };
    if (watched.partner !== null) watched.partner.partner = watched;
    for (const other of this.neighbourhoods.get(id) ?? []) link(watched, this.find(other, pollutant));
    for (const other of this.neighbourOf.get(id) ?? []) link(this.find(other, pollutant), watched);
    this.byKey.set(`${id}|${pollutant}`, watched);
    return watched;
  }

  private find(station: string, pollutant: string): Watched | undefined {
    return this.byKey.get(`${station}|${pollutant}`);
  }
}

function link(watched: Watched | undefined, neighbour: Watched | undefined): void {
  if (watched === undefined || neighbour === undefined) return;
  watched.near.push(neighbour);
  neighbour.nearOf.push(watched);
}
