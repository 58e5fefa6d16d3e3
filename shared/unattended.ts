/** The header of a look that a page takes by itself. It can only lessen: a session that is not used ends, and a command is a use whatever it carries. */
export const UNATTENDED = 'X-Unattended';
