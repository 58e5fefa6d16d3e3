import type { Same } from '../language.ts'
import type { wall as zh } from '../zh/wall.ts'

export const wall: Same<typeof zh> = {
  title: 'Wall',
}
