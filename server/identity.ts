/** What a data folder belongs to: one event and one kind of air, written at the first start. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Air } from '../shared/fact.ts';

const Identity = z.strictObject({ event: z.string(), air: Air, replayHash: z.string().optional() });
/** `replayHash` is that of the files that a replay plays. */
export type Identity = z.infer<typeof Identity>;
export type Identified = { ok: true; fresh: boolean } | { ok: false; reason: string };

/** Takes the folder for this event and air, or says whose it is. Call it with the folder's lock in hand. */
export function identify(dir: string, wanted: Identity): Identified {
  const file = path.join(dir, 'identity.json');
  try {
    if (!existsSync(file)) return write(file, wanted);
    const found = Identity.safeParse(parsed(readFileSync(file, 'utf8')));
    if (!found.success) return { ok: false, reason: `${file} is not what a server wrote there` };
    if (same(found.data, wanted)) return { ok: true, fresh: false };
    return { ok: false, reason: `${dir} belongs to ${told(found.data)}, not to ${told(wanted)}; choose another folder with --data` };
  } catch (error) {
    return { ok: false, reason: `${file}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The kind of air of a folder; null: it does not say. */
export function airOf(dir: string): Air | null {
  const file = path.join(dir, 'identity.json');
  const found = existsSync(file) ? Identity.safeParse(parsed(readFileSync(file, 'utf8'))) : null;
  return found?.success === true ? found.data.air : null;
}

const same = (a: Identity, b: Identity): boolean => a.event === b.event && a.air === b.air && a.replayHash === b.replayHash;

const told = ({ event, air, replayHash }: Identity): string =>
  `the event ${event} with ${air} air${replayHash === undefined ? '' : ` of the files ${replayHash.slice(0, 12)}`}`;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Beside it first, then in its place: a folder is never left with half an identity. */
function write(file: string, identity: Identity): Identified {
  mkdirSync(path.dirname(file), { recursive: true });
  const aside = openSync(`${file}.new`, 'w');
  writeSync(aside, `${JSON.stringify(identity, null, 2)}\n`);
  fsyncSync(aside);
  closeSync(aside);
  renameSync(`${file}.new`, file);
  return { ok: true, fresh: true };
}
