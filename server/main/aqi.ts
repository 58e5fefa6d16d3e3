/** `GET /api/aqi`: a city's real-time AQI, where its event asks for AQIs. */
import type { AqiBody } from '../../shared/api.ts';
import { aqiAsked } from '../../shared/city-aqi.ts';
import { cityNow, lastHour } from '../../shared/city-now.ts';
import type { Refused } from '../http/ports.ts';
import type { House } from './house.ts';

const refused = (detail: string): Refused => ({ ok: false, status: 404, code: 'unknown-place', detail });

/** Of the last closed hour, by the standard of its day; a standard without an index answers with none, and says so. */
export function aqiNow({ bench: { ledger }, config }: Pick<House, 'bench' | 'config'>, city: string): { ok: true; aqi: AqiBody } | Refused {
  const notMonitored = aqiAsked(config.event);
  if (notMonitored === null) return refused('this event asks for no AQI (`aqi` of event.yaml): only pollutants with limits are averaged');
  const start = lastHour(ledger, city);
  if (start === null || !config.cities.some(({ id }) => id === city)) return refused(`there is no city "${city}"`);
  ledger.judgeContext();
  const standard = config.standardOn(config.civil.day(start));
  const found = cityNow(ledger, city, { start, standard, notMonitored });
  const common = { place: `city:${city}`, start: config.civil.iso(start), standard: standard.id, notMonitored: [...notMonitored] };
  if (found === null) return { ok: true, aqi: { ...common, aqi: null, class: null, primary: [], reason: 'no-index', indices: [], missing: [] } };
  const { aqi, individual, missing, reason } = found;
  const indices = individual.map(({ pollutant, iaqi, average, figure, clause }) => ({ pollutant, iaqi, average, figure, clause }));
  const said = aqi === null ? { aqi, class: null, primary: [] } : { aqi, class: { ...found.class.name, level: found.class.level, colour: found.class.colour }, primary: found.primary };
  return { ok: true, aqi: { ...common, ...said, reason: reason.code, indices, missing } };
}
