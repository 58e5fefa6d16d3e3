/**
 * AirNow's hourly files (`HourlyData_YYYYMMDDHH.dat`): no header, `|` between the cells: date and hour in GMT, which label the
 * start; the site's number, its name, its offset, the parameter, its unit, the value, the agency. Gases come in ppb and ppm.
 * US EPA AirNow; the data are provisional, and their agencies are to be named.
 */
import { MICRO } from '../../shared/reading.ts';
import type { Layout, Reader } from './layout.ts';
import { refused, valueOf } from './layout.ts';
import { quantityNamed } from '../../shared/decode.ts';
import { gasFactor, nameOf, unitScale } from './names.ts';
import { scaled } from '../../shared/units.ts';

const CELLS = ['date', 'time', 'site', 'name', 'offset', 'parameter', 'unit', 'value', 'agency'] as const;

/** `02/04/22` and `12:00`, in GMT. */
function startOf(date: string, time: string): number | null {
  const [, month, day, year] = /^(\d{2})\/(\d{2})\/(\d{2})$/.exec(date) ?? [];
  if (year === undefined || !/^\d{2}:00$/.test(time)) return null;
  const at = Date.parse(`20${year}-${month}-${day}T${time}:00Z`);
  return Number.isNaN(at) ? null : at;
}

/** Millionths of what is kept; undefined where the unit is none that is converted. */
function keptOf(quantity: Parameters<typeof unitScale>[0], micro: number, unit: string): number | undefined {
  const scale = unitScale(quantity, unit);
  if (scale !== null) return scaled(micro, scale);
  const gas = unit === 'PPB' || unit === 'PPM' ? gasFactor(quantity, unit === 'PPB' ? 'ppb' : 'ppm') : null;
  return gas === null ? undefined : Math.round((micro * gas) / 1000) * 1000;
}

export const airnow: Layout = {
  expects: `${CELLS.join('|')}, without a header`,
  needs: [],
  headless: { mark: '|', cells: CELLS.length },
  open(_, { station, take, ignore }: Reader) {
    return ([date = '', time = '', site = '', , , parameter = '', unit = '', text = '']) => {
      const id = station(site);
      if (id === null) { ignore(site); return null; }
      const quantity = quantityNamed(nameOf(parameter, {}));
      if (quantity === undefined) { ignore(parameter); return null; }
      const start = startOf(date, time);
      if (start === null) return refused('bad-start', `${date} ${time}`);
      const micro = valueOf(text);
      const value = micro === null || micro === undefined ? micro : keptOf(quantity, micro, unit);
      if (value === undefined) return refused('bad-value', `${text} ${unit}`);
      take({ station: id, pollutant: quantity, start, minutes: 60, value: value === null ? null : Math.round(value / (MICRO / 1000)) * (MICRO / 1000), flag: '' });
      return null;
    };
  },
};
