/** The event as it was when an exercise began: laid down in its folder, so that it goes on and is looked back at by what it began with. */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Config, loadEvent, printed } from '../../config.ts';
import { writeWhole } from '../../access/whole.ts';

/** Lays down the event's files in the folder of an exercise; what the disk refuses is thrown. */
export function keepEvent(folder: string, { texts }: Config): void {
  for (const [name, text] of texts) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeWhole(file, text);
  }
}

/** The event that an exercise began with. One of before events were kept goes by `now`, the event as it is today. */
export async function eventOf(folder: string, now: Config): Promise<{ ok: true; config: Config } | { ok: false; reason: string }> {
  const kept = path.join(folder, 'event');
  if (!existsSync(kept)) return { ok: true, config: now };
  const loaded = await loadEvent(kept);
  return loaded.ok ? loaded : { ok: false, reason: `the event as it was when the exercise began cannot be read any more: ${loaded.problems.slice(0, 3).map(printed).join('; ')}` };
}
