/** Copies of a data folder: one gzipped tar with a list of what is in it and the hash of each file. Taken while the server runs. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tar from 'tar';
import { z } from 'zod';
import { openBox } from '../notify/box.ts';
import { RESTORED } from '../notify/restored.ts';
import { gather, hashOf, mayHold, NEEDED } from './copying.ts';
import { OUTBOX } from './files.ts';

const LIST = 'backup.json';

const List = z.strictObject({ version: z.literal(1), at: z.string(), files: z.array(z.strictObject({ name: z.string().refine(mayHold), bytes: z.int(), sha256: z.string() })) });
type List = z.infer<typeof List>;
export type Say = (line: string) => void;
type Done = { ok: true } | { ok: false; reason: string };

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** Copies a data folder into a new file; nothing of that name may be there. `now`: machine time. */
export async function backUp({ data, to, now }: { data: string; to: string; now: number }, say: Say): Promise<Done> {
  const missing = NEEDED.filter((name) => !existsSync(path.join(data, name)));
  if (missing.length > 0) return { ok: false, reason: `${data} is no data folder of a server that was started: it holds no ${missing.join(', no ')}` };
  if (existsSync(to)) return { ok: false, reason: `${to} is there already; a copy never takes the place of another` };
  mkdirSync(path.dirname(path.resolve(to)), { recursive: true });
  const folder = mkdtempSync(`${path.resolve(to)}-`);
  try {
    const files = await gather(data, folder, (name, bytes) => { say(`${name}: ${megabytes(bytes)}`); });
    const list: List = { version: 1, at: new Date(now).toISOString(), files };
    writeFileSync(path.join(folder, LIST), `${JSON.stringify(list, null, 2)}\n`);
    const packed = path.join(folder, 'packed');
    await tar.create({ gzip: true, file: packed, cwd: folder, mode: 0o600, portable: true }, [LIST, ...files.map(({ name }) => name)]);
    renameSync(packed, to);
    say(`${to}: ${megabytes(statSync(to).size)}`);
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function listIn(folder: string): List | null {
  const file = path.join(folder, LIST);
  if (!existsSync(file)) return null;
  try {
    return List.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

async function unpack(from: string, folder: string): Promise<Done> {
  await tar.extract({ file: from, cwd: folder, strict: true, preservePaths: false, filter: (name) => name === LIST || mayHold(name) });
  const list = listIn(folder);
  if (list === null) return { ok: false, reason: `${from} is no copy that npm run backup made: it holds no ${LIST} that can be read` };
  const lacking = NEEDED.filter((name) => !list.files.some((file) => file.name === name));
  if (lacking.length > 0) return { ok: false, reason: `${from} lacks ${lacking.join(', ')}` };
  for (const { name, sha256 } of list.files) {
    const file = path.join(folder, name);
    if (!existsSync(file) || await hashOf(file) !== sha256) return { ok: false, reason: `${from}: ${name} is not as it was copied` };
  }
  rmSync(path.join(folder, LIST));
  return { ok: true };
}

/** What was owed to channels is not simply sent once more. */
function markOutbox(folder: string, now: number): void {
  if (!existsSync(path.join(folder, OUTBOX))) return;
  const box = openBox(folder);
  box.note(RESTORED, now);
  box.close();
}

/** Makes a data folder of a copy; the folder must not be there, or be empty. `check` looks at it before it is in its place. `now`: machine time. */
export async function restoreTo({ from, data, now, check }: { from: string; data: string; now: number; check: (folder: string) => Promise<boolean> }): Promise<Done> {
  if (existsSync(data) && readdirSync(data).length > 0) return { ok: false, reason: `${data} is not empty; a copy is put into a folder of its own` };
  mkdirSync(path.dirname(path.resolve(data)), { recursive: true });
  const folder = mkdtempSync(`${path.resolve(data)}-`);
  try {
    const unpacked = await unpack(from, folder);
    if (!unpacked.ok) return unpacked;
    if (!await check(folder)) return { ok: false, reason: `${from} holds what is not as it was written; ${data} is left alone` };
    markOutbox(folder, now);
    if (existsSync(data)) rmSync(data, { recursive: true });
    renameSync(folder, data);
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: `${from} cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
