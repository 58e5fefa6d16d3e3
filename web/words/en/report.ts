import type { Same } from '../language.ts'
import type { report as zh } from '../zh/report.ts'

export const report: Same<typeof zh> = {
  title: 'Report', from: 'From', to: 'To', show: 'Make', print: 'Print', json: 'Download JSON', loading: 'Making it…', back: 'Desk',
  failed: 'Not made: {detail}', lost: 'The server cannot be reached', wrongRange: '"From" is after "to"', language: 'Language of the report', frame: 'The report',
}
