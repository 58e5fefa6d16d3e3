/** The stations as senders: which readings they have to send, in minutes for the running time, in hours for what was before. */
import { MICRO, type Quantity, type Reading } from '../../../shared/reading.ts';
import { HOUR, MINUTE } from '../../../shared/time.ts';
import { AIR_FROM, AIR_UNTIL, simulatedAir, tenths, type SimulatedAir, type SimulatedStation } from './air.ts';
import { faultsOf } from './faults.ts';

/** An average of less than this share of its minutes is not sent: 45 of 60. */
const ENOUGH = 0.75;

export type Fleet = {
  /** What every station sends for the period of some minutes that begins at an instant; nothing where there is no air. */
  readings: (start: number, minutes: number) => Reading[];
  /** Hourly readings of the whole hours within `[from, to)`, hour by hour; `from` is the start of one, which in some zones is at half past. */
  history: (span: { from: number; to: number }) => Generator<Reading[], void, undefined>;
};

type Period = { station: string; start: number; minutes: number };

/** What a station's instrument says over a period, faults included; null where it says too little. */
function instrument(seed: number, stations: readonly string[], air: SimulatedAir): (period: Period) => number | null {
  const faultOf = faultsOf(seed, stations);
  const minuteOf = (station: string, minute: number): number | null => {
    const fault = faultOf(station, minute);
    if (fault === null) return air.valueAt({ station, minute });
    return fault.kind === 'stuck' ? air.valueAt({ station, minute: fault.from }) : null;
  };
  return ({ station, start, minutes }) => {
    let [sum, count] = [0, 0];
    for (let i = 0; i < minutes; i += 1) {
      const value = minuteOf(station, start + i * MINUTE);
      if (value === null) continue;
      sum += value;
      count += 1;
    }
    return count > 0 && count >= minutes * ENOUGH ? tenths(sum / count) : null;
  };
}

/** A fleet of stations; the same seed and stations send the same readings, whenever and however often they are asked. */
export function fleetOf(seed: number, stations: readonly SimulatedStation[]): Fleet {
  const air = simulatedAir(seed, stations);
  const meanOf = instrument(seed, stations.map(({ id }) => id), air);
  const readings = (start: number, minutes: number): Reading[] => {
    if (start < AIR_FROM || start + minutes * MINUTE > AIR_UNTIL) return [];
    return stations.flatMap(({ id: station }) => {
      const fine = meanOf({ station, start, minutes });
      if (fine === null) return [];
      const reading = (pollutant: Quantity, value: number): Reading =>
        ({ station, pollutant, start, minutes, value: Math.round(value * MICRO), flag: 'N' });
      return [reading('PM2.5', fine), reading('PM10', air.coarse(fine))];
    });
  };
  return {
    readings,
    * history({ from, to }) {
      for (let hour = from; hour + HOUR <= to; hour += HOUR) yield readings(hour, 60);
    },
  };
}
