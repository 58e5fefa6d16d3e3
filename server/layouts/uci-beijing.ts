/**
 * UCI's *Beijing Multi-Site Air-Quality Data* (data set 501), one row a station and hour.
 *
 * The data set does not say whether `hour` marks the start or the end of its period; it is taken as the start, civil
 * time of the event. `NA` is a reading without a value. CO is in µg/m³ there and in mg/m³ here. DEWP and RAIN are
 * ignored: we read neither dew point nor rain, and there is no humidity in it that could be taken as it stands.
 */
import { MICRO, type Quantity } from '../../shared/reading.ts';
import { remembered } from '../../shared/remembered.ts';
import { columnsOf, instantOf, refused, valueOf, type Layout, type Reader } from './layout.ts';

const WHEN_AND_WHERE = ['year', 'month', 'day', 'hour', 'station'] as const;
const IGNORED = ['DEWP', 'RAIN'];

const COMPASS = ['N', 'NNE', 'NE', 'ENE', 'E', 'ESE', 'SE', 'SSE', 'S', 'SSW', 'SW', 'WSW', 'W', 'WNW', 'NW', 'NNW'];
const POINT = 22_500_000;

/** µg/m³ to mg/m³, exactly or not at all. */
function thousandth(cell: string): number | null | undefined {
  const micro = valueOf(cell);
  if (typeof micro !== 'number') return micro;
  return micro % 1000 === 0 ? micro / 1000 : undefined;
}

/**
 * Weather to six places. Its gaps were filled by interpolation before publication (`-2.63333333333333`, and
 * `-2.77555756156289e-17` for nought); it has no limits, and what is cut off says nothing. The pollutants are never rounded here.
 */
function weather(cell: string): number | null | undefined {
  const micro = valueOf(cell);
  return micro === undefined && /^-?\d{1,4}\.\d+(e-\d+)?$/.test(cell) ? Math.round(Number(cell) * MICRO) + 0 : micro;
}

/** Degrees from a compass point: N is 0, NNE 22.5, and so on by the right. */
function bearing(cell: string): number | null | undefined {
  if (cell === '' || cell === 'NA') return null;
  const point = COMPASS.indexOf(cell);
  return point < 0 ? undefined : point * POINT;
}

type Column = { name: string; pollutant: Quantity; value: (cell: string) => number | null | undefined };
const VALUES: Column[] = [
  ...(['PM2.5', 'PM10', 'SO2', 'NO2', 'O3'] as const).map((pollutant) => ({ name: pollutant, pollutant, value: valueOf })),
  { name: 'CO', pollutant: 'CO', value: thousandth },
  { name: 'TEMP', pollutant: 'temperature', value: weather },
  { name: 'PRES', pollutant: 'pressure', value: weather },
  { name: 'wd', pollutant: 'wind-direction', value: bearing },
  { name: 'WSPM', pollutant: 'wind-speed', value: weather },
];

const two = (text: string): string => text.padStart(2, '0');

/** The start of `YYYY-MM-DD HH`; null where there is no such hour. */
const startOf = ({ civil }: Reader) => remembered((text: string) => {
  const [day = '', hour = ''] = text.split(' ');
  return /^([01]\d|2[0-3])$/.test(hour) ? instantOf(civil, day, Number(hour)) : null;
});

export const uciBeijing: Layout = {
  expects: 'No,year,month,day,hour,PM2.5,PM10,SO2,NO2,CO,O3,TEMP,PRES,DEWP,RAIN,wd,WSPM,station',
  needs: [...WHEN_AND_WHERE, ...VALUES.map(({ name }) => name)],
  open(header, reader) {
    const at = columnsOf(header, WHEN_AND_WHERE);
    const columns = VALUES.map((column) => ({ ...column, index: header.indexOf(column.name) }));
    const stationOf = remembered(reader.station);
    const start = startOf(reader);
    for (const name of IGNORED) if (header.includes(name)) reader.ignore(name);
    return (cells) => {
      const [year = '', month = '', day = '', hour = '', alias = ''] = WHEN_AND_WHERE.map((name) => cells[at[name]]);
      const station = stationOf(alias);
      if (station === null) return refused('unknown-station', alias);
      const when = `${year}-${two(month)}-${two(day)} ${two(hour)}`;
      const from = start(when);
      if (from === null) return refused('bad-start', when);
      for (const { pollutant, value, index } of columns) {
        const cell = cells[index] ?? '';
        const micro = value(cell);
        if (micro === undefined) reader.skip(refused('bad-value', cell));
        else reader.take({ station, pollutant, start: from, minutes: 60, value: micro, flag: '' });
      }
      return null;
    };
  },
};
