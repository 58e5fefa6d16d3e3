import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { builtFile } from '../../server/built.ts';
import { lockFolder } from '../../server/lock.ts';
import { emptyFolder } from '../setup/folder.ts';

const since = Date.UTC(2022, 1, 4, 12);
const me = { pid: process.pid, since };

test('a data folder is served by one server, and the second is told by which', () => {
  const dir = path.join(emptyFolder(), 'data');
  const first = lockFolder(dir, me);
  expect(first.ok).toBe(true);
  const second = { ok: false, reason: `${dir} is already served by process ${process.pid} since 2022-02-04T12:00:00.000Z` };
  expect(lockFolder(dir, { pid: 1, since: 0 })).toEqual(second);
  expect(lockFolder(dir, { pid: 1, since: 0 })).toEqual(second);
  if (first.ok) first.release();
  const third = lockFolder(dir, me);
  expect(third.ok).toBe(true);
  if (third.ok) third.release();
});

test('a folder that cannot be used is a reason, not a crash', () => {
  const dir = path.join(emptyFolder(), 'data');
  writeFileSync(dir, 'a file where the folder should be');
  expect(lockFolder(dir, me)).toMatchObject({ ok: false, reason: expect.stringContaining('cannot be used') as string });
  const other = path.join(emptyFolder(), 'data');
  mkdirSync(path.join(other, 'lock.sqlite'), { recursive: true });
  expect(lockFolder(other, me)).toMatchObject({ ok: false });
});

test('a server that was killed holds no lock', { timeout: 30_000 }, async () => {
  const dir = path.join(emptyFolder(), 'data');
  const module = builtFile(new URL('../../server/lock.ts', import.meta.url)).href;
  const code = `const { lockFolder } = await import('${module}');
    const lock = lockFolder(${JSON.stringify(dir)}, { pid: process.pid, since: 0 });
    process.stdout.write(lock.ok ? 'held' : lock.reason);
    setInterval(() => {}, 1000)`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise<string>((resolve) => { child.stdout.once('data', (data: Buffer) => { resolve(data.toString()); }); });
  expect(said).toBe('held');
  expect(lockFolder(dir, me)).toMatchObject({ ok: false, reason: expect.stringContaining(`process ${child.pid} since 1970`) as string });
  child.kill('SIGKILL');
  const lock = await vi.waitFor(() => {
    const taken = lockFolder(dir, me);
    if (!taken.ok) throw new Error(taken.reason);
    return taken;
  }, 5_000);
  lock.release();
});
