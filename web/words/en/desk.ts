import type { Same } from '../language.ts'
import type { desk as zh } from '../zh/desk.ts'

export const desk: Same<typeof zh> = {
  title: 'Desk', and: ', ', faces: 'Other faces', day: 'day {n} of {of}', leave: 'Sign out', close: 'Close', cancel: 'Cancel', away: 'Put away', said: 'What was done',
  loading: 'Loading…', since: 'since {when}', wholeDay: '{day}, whole day',
  alerts: 'Alerts', response: 'Response', inHand: 'The alert in hand', nothingInHand: 'Choose an alert on the left (J / K move down and up)',
  noAlerts: 'No open alerts', noLevels: 'No response level is in force',
  waits: 'unacknowledged for {span}', raised: 'raised {when} ({span} ago)', occurrence: 'occurrence {n}',
  condition: 'now', state: 'state', by: 'acknowledged by',
  filter: { label: 'Which alerts', open: 'Open', all: 'All of 7 days' },
  view: { list: 'Alerts', hand: 'In hand', response: 'Response' },
  sound: { on: 'Sound on', off: 'Sound off', blocked: 'Sound not on yet: click here', test: 'Test' },
  band: {
    simulated: 'Simulated data', silent: 'Simulated clock · nobody sending', replay: 'Replay · not now', drill: 'Drill · not the real thing', standing: 'The event is over, the clock stands',
    evaluating: 'Just started, evaluating', stale: 'Nothing heard from the server since {when}: everything below is stale, commands are off', never: 'Not connected to the server yet, commands are off',
    disconnected: 'Disconnected, trying again: commands are off', refused: 'The server does not admit this connection: sign in again',
    notDurable: 'The server cannot write to its disk: commands may be refused', newBuild: 'The server has a newer version of this page', reload: 'Reload',
  },
  barred: {
    nothing: 'The situation is not here yet; nothing can be done', stale: 'Out of touch with the server; nothing can be done (clicks are not kept for later)',
    session: 'Not sure yet who is signed in; nothing can be done', screen: 'A screen can only look',
  },
  note: { label: 'Note', placeholder: 'Note (optional)' },
  acknowledge: {
    button: 'Acknowledge', does: 'Records that {by} knows of occurrence {n}; the sound stops; the alert stays until its condition is over', closes: 'Records {by} and closes this alert (occurrence {n})',
    had: 'Acknowledged by {by} at {when}', closed: 'This alert is closed',
  },
  outlook: {
    title: '{place} now', mean: 'mean so far', limit: 'limit', recent: 'recent', budget: 'rest may average', left: 'left', stations: 'stations',
    day: 'Today', hour: 'This hour', dayLeft: '{n} h', hourLeft: '{n} min',
  },
  curve: {
    title: '{place} {pollutant}, hourly means', period: 'the alert\'s period', span: 'Time span', hourLimit: 'hourly limit {n}', dayLimit: 'daily limit {n}',
    empty: 'No data in this time', failed: 'The curve could not be read', told: 'Last {span}: newest {last}, highest {high} ({when}), {missing} hours missing',
  },
  suggest: {
    title: 'The plan suggests', none: 'The plan suggests nothing for this kind of alert', noLevel: '{place}: no response in force', inForce: '{place}: {level} in force',
    notOrdered: 'not ordered', overdue: 'overdue (due {when})',
  },
  history: {
    title: 'History', failed: 'The history could not be read', system: 'system', notDurable: 'not durable yet',
    'alert-raised': 'Raised (occurrence {n}, {value} / {limit}):', 'alert-changed': 'Changed ({value}):', 'alert-returned': 'Returned ({value}):',
    'alert-withdrawn': 'Withdrawn after a revision ({value}):', 'alert-acknowledged': '{by} acknowledged (occurrence {n})', 'alert-closed': 'Closed:',
  },
  reason: {
    'day-exceeded': 'The mean of the day is {mean} {unit}, over the limit of {limit} ({stations} of {evaluating} stations valid).',
    'day-met': 'The mean of the day is {mean} {unit}, within the limit of {limit}.',
    'day-insufficient': 'Too few valid stations for the day ({stations} of {evaluating}) to judge it.',
    'day-projected': 'Mean so far {mean}; the other {left} h may average {budget} at most, and the recent mean is {recent} {unit} (limit {limit}).',
    'day-locked': 'Mean so far {mean} {unit}: even with 0 for the other {left} h the day exceeds the limit of {limit}.',
    'day-clear': 'Mean so far {mean}; the other {left} h may average {budget}, the recent mean is {recent} {unit}.',
    'day-tight': 'Mean so far {mean}; the other {left} h may average {budget}, the recent mean is {recent} {unit}: little is left.',
    'day-impossible': 'Too few stations can still be valid ({stations} of {evaluating}); the day cannot be judged.', 'day-unknown': 'Too little data to say.', 'day-unlimited': 'No limit holds that day.',
    'hour-exceeded': 'The mean of the hour is {mean} {unit}, over the limit of {limit} ({stations} of {evaluating} stations valid).',
    'hour-met': 'The mean of the hour is {mean} {unit}, within the limit of {limit}.',
    'hour-insufficient': 'Too few valid stations for the hour ({stations} of {evaluating}) to judge it.',
    'hour-projected': 'Mean so far {mean}; the other {left} min may average {budget} at most, and the last 15 minutes were {recent} {unit} (limit {limit}).',
    'hour-locked': 'Mean so far {mean} {unit}: even with 0 for the other {left} min the hour exceeds the limit of {limit}.',
    'hour-clear': 'Mean so far {mean}; the other {left} min may average {budget}, the last 15 minutes were {recent} {unit}.',
    'hour-tight': 'Mean so far {mean}; the other {left} min may average {budget}, the last 15 minutes were {recent} {unit}: little is left.',
    'hour-impossible': 'Too few stations can still be valid ({stations} of {evaluating}); the hour cannot be judged.', 'hour-unknown': 'Too little data to say.', 'hour-unlimited': 'No limit holds that hour.',
    silent: 'Nothing heard for {minutes} minutes.', 'heard-again': 'Heard again.', superseded: 'Replaced by a graver alert.', withdrawn: 'A revision took the ground away.',
    returned: 'Acknowledged after it had returned.', 'limit-removed': 'The limit no longer holds here: the event was changed.', 'period-over': 'Its period is over, and it was acknowledged.',
  },
  orders: {
    filter: 'Which orders', open: 'open', none: 'No such orders', due: 'to be started by {when}', late: 'overdue by {span}', note: 'Note (needed to return, lift or report)',
    does: 'Records this order as {step}', lead: 'Lead: {lead}', support: 'Support: {support}',
  },
  step: { received: 'Receive', started: 'Start', feedback: 'Report', verified: 'Verify', returned: 'Send back', lifted: 'Lift' },
  level: {
    open: 'Response level…', for: 'Response level of {place}…', title: 'Start, change or lift a response', ladder: 'Ladder', level: 'Level', none: 'Lift', areas: 'Areas ({n} chosen)', cities: 'Cities', others: 'Others',
    reason: 'Reason (goes into the orders and the record)', will: 'This will', issues: 'issue {n} orders', keeps: 'keep {n} orders that are under way', lifts: 'lift {n} orders', noOrders: 'change the level, and no orders.', nothing: 'Choose a level and areas: what will be issued, kept and lifted is listed here.',
    as: 'Issued and recorded at once as {by}', needsLeader: 'Response levels are started, changed and lifted by a leader', needsReason: 'Give a reason',
    start: 'Start {level}: issue {n}, lift {m}', lift: 'Lift: {m} orders',
  },
  keys: { title: 'Keys', j: 'next alert', k: 'previous alert', a: 'acknowledge the alert in hand', n: 'write a note', l: 'response level', help: 'this list', Escape: 'leave a field; put messages away, back to the list' },
  done: {
    acknowledged: 'Acknowledged: {what} ({by}, {when})', level: '{areas}: {level}, {n} orders issued', moved: '{what}: {step}',
  },
  code: {
    'already-acknowledged': '{by} was first, at {when}; your acknowledgement was not recorded', 'stale-occurrence': 'This alert has happened again; look at it before you acknowledge',
    'stale-version': 'This has just changed; look again before you act', 'nothing-to-acknowledge': 'This alert is closed', 'unknown-alert': 'No such alert',
    'wrong-role': 'Your role may not do this', 'not-durable': 'The server could not write it to its disk; nothing was done, try again', lost: 'No answer came: it may or may not have been done; look at the list before you decide',
    'unknown-order': 'No such order', 'wrong-step': 'This order cannot take that step now', 'unknown-ladder': 'The plan has no such ladder', 'unknown-level': 'The ladder has no such level',
    'no-areas': 'Choose areas', 'unknown-area': 'No such area', 'level-unchanged': 'All chosen areas have this level already', 'not-in-force': 'No response is in force in the chosen areas', 'http-401': 'Signed out; sign in again',
    'no-token': 'Signed out; sign in again', other: 'Not done: {code} {detail}',
  },
}
