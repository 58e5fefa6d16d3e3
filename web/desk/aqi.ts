/** A real-time AQI in words. */
import type { AqiBody } from '../../shared/api.ts'
import type { Say } from './say.ts'

/** As the trade writes it; an hour's own mean needs no word. */
const SHORT: Readonly<Record<string, string>> = { '8-hours': '-8h', '24-hours': '-24h', day: '-24h', nowcast: ' NowCast' }

/** Every pollutant's own index, the highest first; those not monitored by design as "/". */
export const indicesSaid = ({ indices, notMonitored }: AqiBody, { text }: Say): string => [
  ...[...indices].sort((a, b) => b.iaqi - a.iaqi).map(({ pollutant, average, iaqi }) => `${text(`pollutant.${pollutant}`)}${SHORT[average] ?? ''} ${iaqi}`),
  ...notMonitored.map((each) => `${text(`pollutant.${each}`)} /`),
].join(' · ')

/** What the AQI does without; empty where nothing is missing. */
export const missingSaid = ({ missing }: AqiBody, { text, list }: Say): string =>
  (missing.length === 0 ? '' : text('desk.aqi.missing', { of: list(missing.map(({ pollutant, average }) => `${text(`pollutant.${pollutant}`)}${SHORT[average] ?? ''}`)) }))
