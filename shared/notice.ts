/** What is odd about data without making it worse: told once an hour, for whoever looks after the stations. */
import type { NoticeCode } from './codes.ts';
import type { Draft } from './fact.ts';
import { bestSlots, type StationHour } from './hour.ts';
import { MICRO, type Reading } from './reading.ts';
import type { Civil } from './time.ts';

type Noticed = { station: string; at: number; hour: number; code: NoticeCode; figures: Record<string, string | number> };

/** A fact about a station's data; of one code, station, pollutant and hour there is one. */
export const notice = ({ station, at, hour, code, figures }: Noticed): Draft => ({
  id: `data-notice:${code}:${station}:${figures['pollutant'] ?? ''}:${hour}`, at, actor: 'system', body: { kind: 'data-notice', station, reason: { code, ...figures } },
});

/** Whether a station's own hour and the mean of its minutes are more than 5 % apart; false where one of them is not valid. */
export function twoHoursDiffer(hour: StationHour, need: number): boolean {
  const { own } = hour;
  if (own === null || own.value === null || (own.worth.validity !== 'valid' && own.worth.validity !== 'suspect')) return false;
  const { n, sum } = bestSlots(hour);
  return n >= need && Math.abs(sum - own.value * n) * 20 > Math.abs(own.value) * n;
}

/** A station's own hour is not what its minutes say. */
export const twoHours = (of: { station: string; pollutant: string; hour: StationHour; at: number }): Draft => {
  const { n, sum } = bestSlots(of.hour);
  const figures = { pollutant: of.pollutant, own: (of.hour.own?.value ?? 0) / MICRO, minutes: Math.round(sum / n / 10_000) / 100 };
  return notice({ station: of.station, at: of.at, hour: of.hour.start, code: 'hour-differs', figures });
};

/** Stations whose clock is off: their readings were refused as `future-time` (`clock-ahead`), or nearly (`clock-off`). */
export function clocksAhead(ahead: readonly Reading[], { civil, at, code = 'clock-ahead' }: { civil: Civil; at: number; code?: 'clock-ahead' | 'clock-off' }): Draft[] {
  const stations = [...new Set(ahead.map(({ station }) => station))];
  return stations.map((station) => notice({ station, at, hour: civil.hour(at), code, figures: { readings: ahead.filter((one) => one.station === station).length } }));
}
