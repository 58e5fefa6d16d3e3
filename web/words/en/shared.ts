import type { Same } from '../language.ts'
import type { shared as zh } from '../zh/shared.ts'

export const shared: Same<typeof zh> = {
  page: { product: '晴空 Qingkong', wall: 'Wall', desk: 'Desk', login: 'Sign in', report: 'Report', calendar: 'Calendar' },
  language: { zh: '中文', en: 'English', switch: 'Change language' },
  kind: {
    'hour-exceeded': 'Hour exceeded', 'day-exceeded': 'Day exceeded',
    'hour-projected': 'Hour set to exceed', 'day-projected': 'Day set to exceed',
    'hour-locked': 'Hour out of reach', 'day-locked': 'Day out of reach', silent: 'No data',
  },
  severity: { notice: 'notice', warning: 'warning', critical: 'critical' },
  state: { unacknowledged: 'unacknowledged', acknowledged: 'acknowledged', returned: 'returned', withdrawn: 'withdrawn', closed: 'closed' },
  condition: { over: 'over', under: 'under again', unknown: 'held: data missing' },
  flag: { shelved: 'shelved', suppressed: 'suppressed', drill: 'drill' },
  standing: {
    clear: 'clear', tight: 'tight', projected: 'set to exceed', locked: 'out of reach', exceeded: 'exceeded', met: 'met',
    impossible: 'cannot be valid', unlimited: 'no limit', unknown: 'too little data',
  },
  early: { day: 'no hour of this day has closed yet', hour: 'the hour has only begun, under 10 minutes' },
  mark: { suspect: 'suspect', provisional: 'provisional', assumed: 'assumed', revised: 'revised', simulated: 'simulated', replay: 'replay', drill: 'drill', share: '{n}% valid' },
  air: { live: 'live data', simulated: 'simulated data', silent: 'simulated clock, nobody sending', replay: 'replay' },
  validity: { valid: 'valid', suspect: 'suspect', invalid: 'invalid', missing: 'missing' },
  quality: {
    'no-value': 'no value', 'out-of-range': '{value} is outside {low} to {high}', sentinel: '{value} is an instrument\'s code for none', negative: '{value} is negative: counts as measured, shown as 0',
    'below-detection': '{value} is below the detection limit of {limit}', 'flag-manual': 'set by hand (flag {flag})', 'flag-over-range': 'above the instrument\'s range (flag {flag})', 'flag-under-range': 'below the instrument\'s range (flag {flag})',
    'flag-maintenance': 'maintenance (flag {flag})', 'flag-calibration': 'calibration (flag {flag})', 'flag-fault': 'instrument fault (flag {flag})', 'flag-no-link': 'no link to the instrument (flag {flag})',
    'flag-stopped': 'instrument stopped (flag {flag})', 'flag-power': 'power failure (flag {flag})', 'flag-abnormal': 'abnormal (flag {flag})', 'flag-insufficient': 'too little valid data (flag {flag})',
    'flag-waiting': 'waiting for recovery (flag {flag})', 'flag-rejected': 'rejected by review (flag {flag})', 'flag-unknown': 'unknown flag {flag}', 'flag-missing': 'no flag',
    'suspect-minutes': '{minutes} min in doubt', 'invalid-minutes': '{minutes} min invalid', 'few-minutes': '{minutes} valid min of {need} needed',
    stuck: '{value} for {hours} hours on end', 'stuck-minutes': '{value} for {minutes} min on end', 'low-variance': 'moved by {spread} only in {hours} h (mean {mean})',
    spike: '{value} is far from {median}, the median of {hours} h around', step: 'from {before} to {value} at once', confirmed: '{value}: the change is confirmed by fireworks hours or neighbours',
    inversion: 'PM2.5 {fine} is above PM10 {coarse}', 'slight-inversion': 'PM2.5 {fine} is slightly above PM10 {coarse}', ratio: 'PM2.5 {fine} is next to nothing of PM10 {coarse}', dust: 'dust: PM2.5 {fine}, PM10 {coarse}',
    periodic: '{value}: {by} above the hours beside it at the same hour of {days} days, perhaps a calibration', 
    neighbours: '{value} is far from {median}, the median of {neighbours} neighbours', 'unit-slip': '{value} looks like a wrong unit (a thousandfold)', reviewed: 'reviewed by {by}: {reason}', verified: 'verified by {by}: {reason}',
  },
  pollutant: { 'PM2.5': 'PM2.5', PM10: 'PM10', SO2: 'SO₂', NO2: 'NO₂', O3: 'O₃', CO: 'CO' },
  unit: { 'PM2.5': 'µg/m³', PM10: 'µg/m³', SO2: 'µg/m³', NO2: 'µg/m³', O3: 'µg/m³', CO: 'mg/m³' },
  average: { hour: 'hour', day: 'day' },
  order: {
    issued: 'issued', received: 'received', started: 'started', feedback: 'feedback', verified: 'verified', returned: 'returned', lifted: 'lifted',
    overdue: 'overdue',
  },
  level: { I: 'level I', II: 'level II', III: 'level III', yellow: 'yellow', orange: 'orange', red: 'red' },
  family: { industry: 'industry', dust: 'dust', mobile: 'mobile', coal: 'coal', area: 'area', health: 'health', other: 'other' },
  role: { host: 'host', guarantee: 'guarantee', neighbour: 'neighbour', screen: 'screen', duty: 'duty officer', leader: 'leader', admin: 'administrator' },
  station: { national: 'national', provincial: 'provincial', city: 'city', park: 'park', micro: 'micro', super: 'super' },
  span: {
    second: '{n} s', minute: '{n} min', hour: '{n} h', hourMinute: '{h} h {m} min', day: '{n} d', dayHour: '{d} d {h} h',
    ago: '{span} ago',
  },
  none: '—',
}
