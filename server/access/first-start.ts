/** The first start: an empty data folder gets its accounts and tokens, and a sheet of paper that names them. */
import path from 'node:path';
import type { PersonRole } from '../../shared/roles.ts';
import type { Access } from './access.ts';
import { newPassword, newSecret } from './secrets.ts';
import { writeWhole } from './whole.ts';

/** `first-start.json`, as it is written. */
export type FirstStart = {
  wall: string; screenToken: string; sourceToken: string;
  accounts: { name: string; role: PersonRole; password: string }[];
};

/**
 * `url` is where the server is reached (`http://127.0.0.1:8080`), so it listens already; `source` is the source that
 * may write every station of the event.
 */
export type FirstStartOptions = { dir: string; url: string; source: string; access: Access };

const ROLES = ['admin', 'leader', 'duty'] as const satisfies PersonRole[];

/** What was made, and null where somebody was let in before. */
export async function firstStart({ dir, url, source, access }: FirstStartOptions): Promise<FirstStart | null> {
  if (!access.empty()) return null;
  const screenToken = newSecret('screen');
  const sourceToken = newSecret('source');
  const accounts = ROLES.map((role) => ({ name: role, role, password: newPassword() }));
  const made: FirstStart = { wall: `${url}/wall?screen=${screenToken}`, screenToken, sourceToken, accounts };
  // Written down first: if the machine dies in between, there is still nobody, and the next start begins again.
  writeWhole(path.join(dir, 'first-start.json'), `${JSON.stringify(made, null, 2)}\n`);
  await access.found(accounts, [{ kind: 'screen', name: 'wall', secret: screenToken }, { kind: 'source', name: source, secret: sourceToken }]);
  return made;
}

/** The same, for the terminal. */
export function tellFirstStart(made: FirstStart, file: string): string {
  return [
    `首次启动 First start: written to ${file}. Delete it once used 用后请删除。`,
    `  wall      ${made.wall}`,
    `  source    ${made.sourceToken}`,
    ...made.accounts.map(({ name, role, password }) => `  ${role.padEnd(9)} ${name}  ${password}`),
  ].join('\n');
}
