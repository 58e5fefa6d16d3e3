import type { Same } from '../language.ts'
import type { login as zh } from '../zh/login.ts'

export const login: Same<typeof zh> = {
  title: 'Sign in', name: 'Name', password: 'Password', submit: 'Sign in', busy: 'Signing in…',
  code: 'Code', 'needs-code': 'Enter the six digits of your authenticator', 'bad-code': 'The code is wrong, or was used already', wrong: 'The name or the password is wrong', slow: 'Too many tries; wait a while', lost: 'The server cannot be reached', other: 'Not signed in: {detail}',
  signOn: 'Single sign-on', or: 'or', also: 'If you came by single sign-on, on a shared machine also', end: 'leave the single sign-on',
  refused: {
    'provider-down': 'The single sign-on cannot be reached; use a password, or try again later', interrupted: 'The single sign-on took too long or was interrupted; begin again', declined: 'The single sign-on did not agree: not signed in there, or cancelled',
    untrusted: 'The single sign-on gave an answer that does not hold. Not signed in; tell an administrator', 'no-role': 'Signed on, but you have no role here. Ask an administrator', disabled: 'Your account is disabled. Ask an administrator',
    'name-taken': 'There is already an account of this name here, which a single sign-on may not use. Ask an administrator', 'name-unusable': 'The name that the single sign-on gave cannot be used. Ask an administrator', 'too-many': 'Too many tries; wait a while',
  },
  hint: 'Accounts are made by an administrator.', show: 'Show the password',
}
