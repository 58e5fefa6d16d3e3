import type { Same } from '../language.ts'
import type { desk as zh } from '../zh/desk.ts'

export const desk: Same<typeof zh> = {
  title: 'Desk',
}
