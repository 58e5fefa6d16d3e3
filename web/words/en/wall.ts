import type { Same } from '../language.ts'
import type { wall as zh } from '../zh/wall.ts'

export const wall: Same<typeof zh> = {
  title: 'Wall', noPlan: 'this event has no plan with measures',
  header: {
    day: 'day {day} of {days}', before: 'The event has not begun', after: 'The event is over', between: 'no phase today', limits: 'Limits today', noLimits: 'no limits today',
    average: { hour: 'hour', day: 'day' }, areas: ' ({areas})', hosts: 'hosts', until: 'until {name}', inside: '{name} under way, left', noKeyDate: 'no key date ahead',
    heard: 'stations heard', freshest: 'newest data', complete: 'valid today', silent: 'no data', standing: 'clock stopped',
  },
  lamp: { durable: 'not on disk', evaluating: 'evaluating' },
  past: { band: 'PAST {when} · not now', refused: 'This moment cannot be looked at', noExercise: 'The exercise is over, or there was none of this name', noExerciseHow: 'Earlier exercises, what they have shown and how they were, are at the desk under Exercise.', real: 'To the real wall' },
  band: {
    simulated: 'SIMULATED DATA', silent: 'SIMULATED CLOCK · NOBODY SENDING', replay: 'REPLAY', drill: 'DRILL', exercise: 'EXERCISE', beside: 'an exercise is under way elsewhere: {name}', real: 'REAL ROOM: {n} alerts unacknowledged, {critical} critical', not: 'not live',
    percent: '{n}% played', done: 'replay ended',
  },
  link: {
    stale: 'No word from the server: everything below is as of {time} and stale', never: 'Connecting to the server', refused: 'This screen is not admitted', wrongToken: 'The screen\'s token is wrong or was revoked',
    refusedHow: 'Open the wall address an administrator has given you once (/wall?screen=…), or sign in first.', again: 'reconnecting by itself',
  },
  board: {
    title: 'Cities {pollutant}', city: 'city', mean: 'mean', against: 'limit', rest: 'rest of day', hour: 'this hour', recent: 'recent {value}',
    atMost: '≤ {value}', unreachable: 'out of reach', invalid: 'not valid', noLimit: 'no limit', none: 'no data', age: '{span} ago', closed: '{n} h gone',
    page: 'page {page}/{pages}',
  },
  map: {
    unclassed: 'values only: the standard has no classes', hollow: 'no valid data', small: 'not evaluated', suspect: 'suspect', hatched: 'measures in force', host: 'host city', venue: 'venue', alarm: 'unacknowledged alert',
    approximate: 'station positions as published, approximate',
  },
  alerts: {
    title: 'Alerts', unacknowledged: 'unacknowledged', open: 'open', waiting: '{state} {span}', up: '{waiting} → {seat}', by: '{by} acknowledged {time}', held: 'held: data missing',
    suggests: 'plan', noSuggestion: 'the plan has no measure for this', since: 'since {time}', today: 'today', rest: '{left} h left ≤ {budget}, recent {recent}',
    restMinutes: '{left} min left ≤ {budget}, recent {recent}',
    hopeless: 'over even at 0 for {left} h', hopelessMinutes: 'over even at 0 for {left} min', silentFor: 'no data for {span}', many: { places: '{n} places', hours: '{n} hours, worst', days: '{n} days, worst' },
    calm: {
      none: 'No alerts', nearest: 'nearest to its limit, {pollutant} today', evaluating: 'Alerts not known yet', evaluatingHow: 'the system is evaluating', noData: 'Alerts cannot be judged', noDataHow: 'no recent data',
    },
    grouped: 'by city', page: 'page {page}/{pages}',
  },
  response: {
    title: 'Response', none: 'No response in force', since: 'since {time}', overdue: 'overdue', overdueBy: '{span} overdue',
    due: 'by {time}',
  },
  timeline: { title: 'Last 72 hours, {pollutant} hourly means', hourLimit: 'hour limit', dayLimit: 'day limit', revised: 'revised', stretch: 'key dates', none: 'No hourly means yet' },
}
