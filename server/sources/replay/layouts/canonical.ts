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

/** An instant, and how far into its civil hour it is, for periods must divide the hour from its beginning. */
function startOf(text: string, civil: Civil): { start: number; into: number } | null {
  const start = parseInstant(text);
  return start === null ? null : { start, into: start - civil.hour(start) };
}

/** `start` is an ISO 8601 instant with its offset; an empty value (or `NA`) is missing. */
export const canonical: Layout = {
  expects: NEEDS.join(','),
  needs: NEEDS,
  open(header, { station, civil, take }: Reader) {
    const at = columnsOf(header, NEEDS);
    const stationOf = remembered(station);
    const when = remembered((text) => startOf(text, civil));
    const quantity = remembered(quantityOf);
    const periodOf = remembered(minutesOf);
    return (cells) => {
      const cell = (name: keyof typeof at): string => cells[at[name]] ?? '';
      const id = stationOf(cell('station'));
      if (id === null) return refused('unknown-station', cell('station'));
      const pollutant = quantity(cell('pollutant'));
      if (pollutant === null) return refused('unknown-pollutant', cell('pollutant'));
      const minutes = periodOf(cell('period'));
      if (minutes === null) return refused('bad-period', cell('period'));
      const from = when(cell('start'));
      if (from === null || from.into % (minutes * MINUTE) !== 0) return refused('bad-start', cell('start'));
      const value = valueOf(cell('value'));
      if (value === undefined) return refused('bad-value', cell('value'));
      take({ station: id, pollutant, start: from.start, minutes, value, flag: cell('flag') });
      return null;
    };
  },
};
