/** Walls that are to be missed: told of when they go dark, and remembered over a restart. */
import { notice } from '../../shared/notice.ts';
import type { Screens } from '../screens.ts';
import type { RollParts } from '../screens/roll.ts';
import type { Folder } from './folder.ts';
import type { House } from './house.ts';
import type { RunParts } from './run.ts';

/** A wall that goes dark is a notice at the desk, and told like one; that it is back only stands in the log. */
export function darkOf({ config, log, clock }: Pick<RunParts, 'config' | 'log' | 'clock'>, { room }: House): RollParts['dark'] {
  return ({ name, view, since, key }, dark) => {
    if (!dark) { log.info({ screen: name, view }, 'a wall is back'); return; }
    log.warn({ screen: name, view, since: new Date(since).toISOString() }, 'a wall is dark');
    const figures = { screen: name, view, since: new Date(since).toISOString(), reason: `${name} (${view})` };
    // Of each screen, and each time that it goes dark.
    room.append([{ ...notice({ station: name, at: clock.now(), hour: config.civil.hour(clock.now()), code: 'screen-dark', figures }), id: `data-notice:screen-dark:${key}` }]);
  };
}

/** The name under which the store remembers which walls are to be missed. */
const WALLS = 'walls';

/** Notes them now and then, and when it ends: a wall that does not come back after a restart is dark too. */
export function rememberWalls({ store }: Pick<Folder, 'store'>, screens: Screens): () => Promise<void> {
  const note = async (): Promise<void> => { await store.note(WALLS, screens.roll.walls()); };
  const timer = setInterval(() => { void note(); }, 30_000);
  return async () => { clearInterval(timer); await note(); };
}

export const wallsBefore = async ({ store }: Pick<Folder, 'store'>): Promise<string> => await store.noted(WALLS) ?? '[]';
