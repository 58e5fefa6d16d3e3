/**
 * The national publication as collected by site: wide, a row for each type and hour, a column for each station.
 *
 * `hour` labels the *end* of the period: `20220204,20` is 19:00 to 20:00. The last hour of a day stands either as hour 0
 * of the next date, as published, or as hour 24 of its own. Only the six hourly types are taken: AQI is worked out
 * here, and the running means (`_24h`, `_8h`) are not averages of one period of ours. CO is in mg/m³ already.
 */
import { POLLUTANTS, type Pollutant } from '../../shared/event.ts';
import { HOUR, type Civil } from '../../shared/time.ts';
import { remembered } from '../../shared/remembered.ts';
import { columnsOf, instantOf, refused, valueOf, type Layout, type Reader } from './layout.ts';

const NEEDS = ['date', 'hour', 'type'] as const;
const DERIVED = /^(AQI|(PM2\.5|PM10|SO2|NO2|O3|CO)_(24h|8h|8h_24h))$/;

const pollutantOf = (type: string): Pollutant | null => POLLUTANTS.find((known) => known === type) ?? null;

/** The start of the hour that ends at `YYYYMMDD HH`; null where there is no such hour. */
function startOf(civil: Civil, text: string): number | null {
  const [, year, month, day, hour] = /^(\d{4})(\d{2})(\d{2}) (\d{1,2})$/.exec(text) ?? [];
  const end = hour === undefined ? null : instantOf(civil, `${year}-${month}-${day}`, Number(hour));
  return end === null ? null : end - HOUR;
}

type Column = { index: number; station: string };

/** The columns of stations we have; the country has some two thousand, and most are nobody's here. */
function stationsOf(header: string[], { station, skip }: Reader): Column[] {
  const columns: Column[] = [];
  for (const [index, alias] of header.entries()) {
    if (NEEDS.some((name) => name === alias)) continue;
    const id = station(alias);
    if (id === null) skip(refused('unknown-station', alias));
    else columns.push({ index, station: id });
  }
  return columns;
}

export const cnemcSites: Layout = {
  expects: 'date,hour,type, then a column for each station',
  needs: NEEDS,
  open(header, reader) {
    const { civil, take, skip, ignore } = reader;
    const at = columnsOf(header, NEEDS);
    const columns = stationsOf(header, reader);
    const start = remembered((text: string) => startOf(civil, text));
    return (cells) => {
      const [date = '', hour = '', type = ''] = NEEDS.map((name) => cells[at[name]]);
      if (DERIVED.test(type)) {
        ignore(type);
        return null;
      }
      const pollutant = pollutantOf(type);
      if (pollutant === null) return refused('unknown-pollutant', type);
      const from = start(`${date} ${hour}`);
      if (from === null) return refused('bad-start', `${date} ${hour}`);
      for (const { index, station: id } of columns) {
        const cell = cells[index] ?? '';
        const value = valueOf(cell);
        if (value === undefined) skip(refused('bad-value', cell));
        else take({ station: id, pollutant, start: from, minutes: 60, value, flag: '' });
      }
      return null;
    };
  },
};
