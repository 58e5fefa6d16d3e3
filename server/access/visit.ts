/** Access for the time of one command, to a folder that a server has started. */
import { existsSync } from 'node:fs';
import type { Access } from './access.ts';
import { fileOf } from './database.ts';
import { openAccess } from './open.ts';

/** The exit code of what was done, or a sentence that says why nothing was. */
export type Visited = number | { wrong: string };

/**
 * Nobody is let in before the first start, which needs an empty folder to make its accounts and tokens; and a folder
 * that is only looked at is not made.
 */
export async function visit(dir: string, work: (access: Access) => number | Promise<number>): Promise<Visited> {
  const first = 'start one first (npm start -- --data DIR), or name its folder with --data';
  if (!existsSync(fileOf(dir))) return { wrong: `${dir} is no data folder of a server that was started: it holds no access.sqlite; ${first}` };
  try {
    const access = openAccess({ dir, now: Date.now });
    try {
      return access.empty() ? { wrong: `no server has come to the end of its first start in ${dir}, so nobody can be let in there yet; ${first}` } : await work(access);
    } finally {
      access.close();
    }
  } catch (error) {
    return { wrong: sentence(error, dir) };
  }
}

/** What the file or the disk refused; anything else is a fault of ours, and shows its stack. */
function sentence(error: unknown, dir: string): string {
  if (!(error instanceof Error)) throw error;
  if ('expected' in error) return error.message;
  if ('code' in error && String(error.code).startsWith('SQLITE')) return `${fileOf(dir)} refused: ${error.message}`;
  throw error;
}
