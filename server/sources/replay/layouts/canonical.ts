/** Our own layout, one value a row: `station,pollutant,start,period,value,flag`. Units as everywhere: µg/m³, CO mg/m³. */
import { QUANTITIES, type Quantity } from '../../../../shared/reading.ts';
import { durationMs, MINUTE, parseInstant, type Civil } from '../../../../shared/time.ts';
import { columnsOf, refused, remembered, valueOf, type Layout, type Reader } from './layout.ts';

const NEEDS = ['station', 'pollutant', 'start', 'period', 'value', 'flag'] as const;

const quantityOf = (text: string): Quantity | null => QUANTITIES.find((known) => known === text) ?? null;

/** Minutes of a period that divides the hour; null for any other. */
function minutesOf(text: string): number | null {
  const minutes = (durationMs(text) ?? 0) / MINUTE;
  return minutes >= 1 && 60 % minutes === 0 ? minutes : null;
}

const isAligned = (start: number, minutes: number, civil: Civil): boolean => (start - civil.hour(start)) % (minutes * MINUTE) === 0;

/** `start` is an ISO 8601 instant with its offset; an empty value (or `NA`) is missing. */
export const canonical: Layout = {
  expects: NEEDS.join(','),
  needs: NEEDS,
  open(header, { station, civil, take }: Reader) {
    const at = columnsOf(header, NEEDS);
    const stationOf = remembered(station);
    const startOf = remembered(parseInstant);
    const periodOf = remembered(minutesOf);
    return (cells) => {
      const [alias = '', name = '', when = '', period = '', amount = '', flag = ''] = NEEDS.map((column) => cells[at[column]]);
      const id = stationOf(alias);
      if (id === null) return refused('unknown-station', alias);
      const pollutant = quantityOf(name);
      if (pollutant === null) return refused('unknown-pollutant', name);
      const minutes = periodOf(period);
      if (minutes === null) return refused('bad-period', period);
      const start = startOf(when);
      if (start === null || !isAligned(start, minutes, civil)) return refused('bad-start', when);
      const value = valueOf(amount);
      if (value === undefined) return refused('bad-value', amount);
      take({ station: id, pollutant, start, minutes, value, flag });
      return null;
    };
  },
};
