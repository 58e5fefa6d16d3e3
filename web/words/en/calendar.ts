export const calendar = {
  title: 'Calendar', back: 'Desk', loading: 'Reading…', failed: 'The calendar was not read: {detail}', lost: 'The server cannot be reached', table: 'Calendar of the event',
  date: 'Date', lunar: 'Lunar', phase: 'Phase', keyDates: 'Key dates', limits: 'Limits', basis: 'Basis', today: 'today', every: 'every city',
  none: 'no limit', noPhase: '—', stricter: 'a stricter one holds', approver: 'Approved by', document: 'Document', ground: 'Holds by',
  next: 'Next change: {day} 00:00', noNext: 'Nothing changes any more', outside: 'outside the event',
  begin: 'begins: {limits}', end: 'ends: {limits}',
  grounds: { period: 'the whole event', dates: 'dates of its own', phase: 'the phase', 'key-dates': 'a key date' },
  weekday: { 1: 'Mon', 2: 'Tue', 3: 'Wed', 4: 'Thu', 5: 'Fri', 6: 'Sat', 7: 'Sun' },
}
