/** The events that timelines are of. */
import { type Calendar, calendarOf } from '../../shared/calendar.ts'
import { EventFile } from '../../shared/event.ts'

const names = { zh: '某', en: 'some' }
type Limited = { average?: 'hour' | 'day'; max?: number; pollutant?: string; on?: object; id?: string; assumed?: boolean }
/** An event of March 2022 in Beijing with some limits, each on the whole period unless it says otherwise. */
export const eventOf = (limits: readonly Limited[], more: object = {}): object => ({
  id: 'event', name: names, timezone: 'Asia/Shanghai', standard: 'cn-2012', period: { from: '2022-03-01', to: '2022-03-31' },
  limits: limits.map((limit, i) => ({ id: `limit-${i + 1}`, pollutant: 'PM2.5', average: 'day', max: 75, basis: names, ...limit })), ...more,
})

type Where = { event: object; stations: readonly { area?: string | undefined }[]; districts?: Readonly<Record<string, string>> | undefined }

/** The calendar of an event; where districts are judged too, limits without areas are for their cities. */
export function calendarIn({ event, districts, stations }: Where): Calendar {
  const cities = new Set(stations.map(({ area = 'beijing' }) => districts?.[area] ?? area))
  const made = calendarOf(EventFile.parse(event), districts === undefined ? undefined : cities)
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.calendar
}
