import type { Same } from '../language.ts'
import type { login as zh } from '../zh/login.ts'

export const login: Same<typeof zh> = {
  title: 'Sign in', name: 'Name', password: 'Password', submit: 'Sign in', busy: 'Signing in…',
  code: 'Code', 'needs-code': 'Enter the six digits of your authenticator', 'bad-code': 'The code is wrong, or was used already', wrong: 'The name or the password is wrong', slow: 'Too many tries; wait a while', lost: 'The server cannot be reached', other: 'Not signed in: {detail}',
  hint: 'Accounts are made by an administrator on the server itself.', show: 'Show the password',
}
