import type { Same } from '../language.ts'
import type { report as zh } from '../zh/report.ts'

export const report: Same<typeof zh> = {
  title: 'Report',
}
