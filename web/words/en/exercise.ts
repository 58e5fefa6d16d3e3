import type { Same } from '../language.ts'
import type { exercise as zh } from '../zh/exercise.ts'

export const exercise: Same<typeof zh> = {
  open: 'Exercise', title: 'Exercises', about: 'An exercise runs on a clock and in a data partition of its own, by the same programs as the real room. Every fact, message and face of it says so; nothing of it enters the real journal or any summary. The real watch goes on.',
  toReal: 'To the real desk', toDesk: 'To the exercise\'s desk', toWall: 'Its wall', lookBack: 'Look back at it', notThere: 'The exercise is over, or there was none of this name', toEvaluation: 'Evaluation', loading: 'Reading…', failed: 'Cannot be read just now',
  running: 'Under way', by: 'begun by {by}, {when}', at: 'its clock: {when}, {n}% gone', speedIs: '{n} times as fast', end: 'End the exercise', ends: 'Ends at once and closes its desk; the evaluation is kept', sure: 'End it now',
  scripts: 'Scripts', none: 'The event folder has no exercises/*.yaml', starts: 'its clock begins at {from}, for {lasts}', faulty: 'The script is not right and cannot be begun', speed: 'Speed (1–600)', takes: 'takes {span}', walls: 'The walls show it too, and come back by themselves', begin: 'Begin the exercise', hurried: '{n} times as fast is too fast: after the first episode people have {left} of their own time, and some aims can neither be kept nor missed ({aims}).', fits: ' Up to {n} times as fast they can.', fitsNot: ' Let the script last longer, or set shorter aims.', hurriedAim: '{what}: {within}', needsLeader: 'To begin and end exercises is for a leader', choose: 'Choose a script first',
  past: 'Earlier exercises', noPast: 'None yet', ended: 'ended by {by}', ownEnd: 'ended by its script', unended: 'broken off, its end is not written down', broken: 'could not go on after a restart: {why}', list: ', ',
  evaluation: {
    title: 'Evaluation of an exercise', back: 'Back to the desk', desk: 'Look back at the desk', wall: 'Look back on the wall', print: 'Print', none: 'No exercise was named, or there was none of this name', under: 'Still under way: this is how it stands', own: 'Times are those of people (machine time), not of the exercise\'s clock.', times: '{from} to {to} · {speed} times as fast',
    what: 'what', aim: 'within', of: 'to do', done: 'done', met: 'in time', missed: 'not in time', lifted: 'lifted', open: 'over before its time', median: 'median', p90: '90 %', acknowledge: 'Acknowledge alerts', order: 'Issue orders', verify: 'Verify orders',
    alerts: 'Alert by alert', alert: 'alert', raised: 'raised (exercise\'s clock)', acknowledged: 'acknowledged', ordered: 'order', orders: 'Order by order', orderName: 'order', received: 'received', started: 'in force', verified: 'verified', people: 'People', person: 'name', levels: 'levels set', steps: 'all steps', departments: 'Departments', department: 'department',
    took: '{span} ({by})', before: 'there before', notDone: 'not done', late: 'late', noAlerts: 'No alert was raised', noOrders: 'No order was issued', noPeople: 'Nobody did anything',
  },
}
