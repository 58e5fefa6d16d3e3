import type { Same } from '../language.ts'
import type { report as zh } from '../zh/report.ts'

export const report: Same<typeof zh> = {
  title: 'Report', from: 'From', to: 'To', show: 'Make', print: 'Print', json: 'Download JSON', loading: 'Making it…', back: 'Desk',
  failed: 'Not made: {detail}', lost: 'The server cannot be reached', known: 'As known at', knownHint: 'A past moment in the event\'s civil time: what came or was corrected later does not count; empty: now', wrongRange: '"From" is after "to"', language: 'Language of the report', frame: 'The report',
}
