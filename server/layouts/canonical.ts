/** Our own layout, one value a row: `station,pollutant,start,period,value,flag`. Units as everywhere: µg/m³, CO mg/m³. */
import { minutesNamed, quantityNamed } from '../../shared/decode.ts';
import { MINUTE, parseInstant, type Civil } from '../../shared/time.ts';
import { remembered } from '../../shared/remembered.ts';
import { columnsOf, refused, valueOf, type Layout, type Reader } from './layout.ts';

const NEEDS = ['station', 'pollutant', 'start', 'period', 'value', 'flag'] as const;

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
    const when = remembered((text: string) => startOf(text, civil));
    return (cells) => {
      const cell = (name: keyof typeof at): string => cells[at[name]] ?? '';
      const id = stationOf(cell('station'));
      if (id === null) return refused('unknown-station', cell('station'));
      const pollutant = quantityNamed(cell('pollutant'));
      if (pollutant === undefined) return refused('unknown-pollutant', cell('pollutant'));
      const minutes = minutesNamed(cell('period'));
      if (minutes === undefined) return refused('bad-period', cell('period'));
      const from = when(cell('start'));
      if (from === null || from.into % (minutes * MINUTE) !== 0) return refused('bad-start', cell('start'));
      const value = valueOf(cell('value'));
      if (value === undefined) return refused('bad-value', cell('value'));
      take({ station: id, pollutant, start: from.start, minutes, value, flag: cell('flag') });
      return null;
    };
  },
};
