/** What messages say in English. */
import type { Words } from '../wording.ts';

export const en: Words = {
  kind: {
    'hour-exceeded': 'Hourly mean exceeded', 'day-exceeded': 'Daily mean exceeded', 'hour-projected': 'Hour set to exceed', 'day-projected': 'Day set to exceed',
    'hour-locked': 'Hour out of reach', 'day-locked': 'Day out of reach', silent: 'No data',
  },
  severity: { notice: 'notice', warning: 'warning', critical: 'critical' },
  what: { raised: 'raised', again: 'asks again', escalated: 'nobody acknowledged, going up', resolved: 'over', level: 'response level', notice: 'data notice' },
  seat: { duty: 'duty officer', leader: 'leader', department: 'department head', commander: 'commander' },
  mark: { drill: 'DRILL', simulated: 'SIMULATED', silent: 'SIMULATED', replay: 'REPLAY', exercise: 'EXERCISE', live: '' },
  bracket: (text) => `[${text}] `,
  value: ({ value, limit, unit, assumed }) => `${value ?? '–'}${limit === null ? '' : ` / limit ${limit}`} ${unit}${assumed ? ' (limit assumed)' : ''}`,
  period: (text) => `Period: ${text}`, at: (text) => `At: ${text}`, occurrence: (n) => `occurrence ${n}`,
  up: (seat, names, minutes) => `Nobody acknowledged for ${minutes} min: the ${seat}${names === '' ? ' (nobody on the roster)' : ` ${names}`} is asked`,
  over: { returned: 'It is under again', withdrawn: 'Withdrawn after a revision', closed: 'The alert is closed' },
  level: (level, areas) => `${areas}: ${level === null ? 'the response is lifted' : `response level ${level}`}`,
  step: ({ move, level, areas, from }) => {
    const was = from === null ? '' : `level ${from.level} (since ${from.since}, by ${from.by})`;
    if (move === 'started') return `${areas}: response level ${level} starts`;
    return move === 'lifted' ? `${areas}: response ${was} is lifted` : `${areas}: response ${was} is ${move} to ${level}`;
  },
  move: { started: 'starts', raised: 'raised', lowered: 'lowered', lifted: 'lifted' }, why: (why, by) => `Reason: ${why} (${by})`,
  notice: (code, detail) => `${{ 'path-failed': 'The reading of the room to itself has not come through', 'screen-dark': 'A wall is dark' }[code] ?? 'A source cannot be read'}: ${detail}`,
  exerciseOver: 'The exercise is over: nothing that was told of it needs anybody any more',
  left: (n) => ` (${n} more follow)`, gravest: 'The gravest:', desk: 'This is a summary: the desk has them all',
  counted: ({ rule, n, places, of, named }) => `${rule}: ${n} (${places}${of > named ? ` and others, ${of} places` : ''})`,
  digest: (n) => `${n} messages`, roster: '(no channel could deliver; told directly to whoever is on duty)', restored: '(sent after a restore: undelivered when the copy was made, it may have come before)', more: (n) => `and ${n} more: see the desk`,
  via: (channel) => `(${channel} could not deliver; sent this way instead)`, link: (url) => `Desk: ${url}`, list: ', ',
};
