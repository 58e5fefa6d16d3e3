import type { Same } from '../language.ts'
import type { people as zh } from '../zh/people.ts'

export const people: Same<typeof zh> = {
  title: 'Accounts and tokens', back: 'Back to the desk', loading: 'Reading…', failed: 'Could not be read; try again later', close: 'Close', mayNot: 'Accounts and tokens are an administrator\'s to keep; leaders and auditors may look.',
  once: 'Shown this once; after closing it cannot be seen again', copy: 'Copy', copied: 'Copied', generated: 'left empty, one is made', asked: 'Not done',
  accounts: {
    title: 'People', add: 'Add an account…', none: 'No accounts', name: 'Name', role: 'Role', by: 'Signs in by', totp: 'Code', seen: 'Last seen', state: 'State', change: 'Change…', changeOf: 'Change {name}',
    vouched: 'single sign-on', own: 'password', on: 'wanted', off: 'none', never: 'never', disabled: 'disabled', failed: '{n} failed tries since {since}', enabled: 'enabled', last: 'the only admin with a password; cannot be disabled',
  },
  add: { title: 'Add an account', submit: 'Add', password: 'Password (at least 8 characters; {hint})', done: 'Added {name} ({role}).' },
  edit: {
    role: 'Role', setRole: 'Set the role', password: 'New password (at least 8 characters; {hint})', setPassword: 'Set a new password', totp: 'A code beside the password', totpOn: 'Want a code', totpAgain: 'Another authenticator', totpOff: 'Want none',
    sessions: 'Signed in, wherever', signOut: 'Sign out everywhere', account: 'Account', disable: 'Disable', enable: 'Enable', vouched: 'Kept by the single sign-on: the role is taken from it at each sign-in, and it has the password and the code.', self: 'Your own password and code are changed under “My account”.',
    done: { role: '{name} is {role} now.', password: '{name} has a new password; other sessions have ended.', disable: '{name} is disabled; sessions have ended.', enable: '{name} may come in.', 'sign-out': '{name} is signed out everywhere.', totp: '{name} signs in with a code as well.', totpOff: '{name} signs in by the password alone.' },
    newPassword: 'Password of {name}',
  },
  tokens: {
    title: 'Tokens', what: 'A source sends readings by a token, a screen shows by one; nobody signs in by a token.', kind: 'Kind', kinds: { source: 'source', screen: 'screen' }, name: 'Name', created: 'Made', state: 'State', inForce: 'in force', revoked: 'revoked {when}',
    add: 'Add a token', source: 'Source', screen: 'Name of the screen', submit: 'Add', revoke: 'Revoke', revokeOf: 'Revoke {name} ({id})', sure: 'Really revoke', none: 'No token is in force', all: 'Also those revoked ({n})', made: 'Token of the {kind} {name}', address: 'Address of the screen',
    done: 'Revoked {name} ({id}).',
  },
  me: {
    title: 'My account', vouched: 'You came by the single sign-on, which has your password and code.', password: 'Password', current: 'Present password', fresh: 'New password (at least 8 characters)', again: 'New password again', differ: 'The two new passwords differ', setPassword: 'Change the password',
    changed: 'The password is changed; sessions elsewhere have ended.', totp: 'Code', on: 'You sign in with the six digits of an authenticator as well.', off: 'You sign in by the password alone. With a code, the six digits of an authenticator are wanted as well.', begin: 'Want a code…', stop: 'Want none', scan: 'Scan this with an authenticator, or type the secret:', qr: 'QR code for an authenticator',
    code: 'Six digits of the authenticator', confirm: 'Begin', begun: 'A code is wanted from now on; sessions elsewhere have ended.', ended: 'No code is wanted any more; sessions elsewhere have ended.', cancel: 'Cancel',
  },
}
