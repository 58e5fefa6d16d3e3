import type { Same } from '../language.ts'
import type { login as zh } from '../zh/login.ts'

export const login: Same<typeof zh> = {
  title: 'Sign in',
}
