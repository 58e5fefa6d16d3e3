import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { builtFile, project } from '../../server/built.ts';
import { checkJournal } from '../../server/journal/check.ts';
import { openSqliteJournal } from '../../server/journal/sqlite.ts';
import { emptyFolder } from '../setup/folder.ts';

const clerk = path.join(project, 'test/journal/clerk.mjs');
const folder = builtFile(new URL('../../server/journal/', import.meta.url)).href.replace(/\/$/, '');

/** Lets a clerk act, kills the process some time after its first answer, and answers what staff were told is done. */
function killed(file: string, name: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [clerk, folder, file, name], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let failed = '';
    child.stdout.on('data', (data: Buffer) => {
      if (said === '') setTimeout(() => { child.kill('SIGKILL'); }, Math.random() * 200);
      said += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => { failed += data.toString(); });
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(said.split('\n').slice(0, -1));
      else reject(new Error(`the clerk ended by itself: ${failed}`));
    });
  });
}

test('an acknowledgement that was answered is there after the server was killed, whole, and the chain holds', { timeout: 60_000 }, async () => {
  const file = path.join(emptyFolder(), 'journal.sqlite');
  const answered: string[] = [];
  for (const round of ['a', 'b', 'c', 'd']) {
    answered.push(...await killed(file, round));
    const opened = await openSqliteJournal(file);
    if (!opened.ok) throw new Error(opened.reason);
    const ids = new Set((await opened.journal.read(0, 1e6)).map(({ id }) => id));
    await opened.journal.close();
    expect(answered.filter((id) => !ids.has(id) || !ids.has(`${id}+`))).toEqual([]);
    expect([...ids].filter((id) => id.startsWith('staff') && !id.endsWith('+') && !ids.has(`${id}+`))).toEqual([]);
    expect(checkJournal(file)).toMatchObject({ facts: ids.size, problems: [] });
  }
  expect(answered.length).toBeGreaterThan(4);
});
