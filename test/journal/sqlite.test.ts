import { existsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { JournalStore } from '../../server/journal/journal.ts';
import { openToWrite } from '../../server/journal/schema.ts';
import { openSqliteJournal } from '../../server/journal/sqlite.ts';
import { canFillDisk, emptyDisk, fillDisk } from '../setup/disk.ts';
import { emptyFolder, whileLocked } from '../setup/folder.ts';
import { chained, empty, idsOf, journalContract, texts } from './contract.ts';

const fileIn = (folder: string): string => path.join(folder, 'journal.sqlite');

async function open(file = fileIn(emptyFolder())): Promise<JournalStore> {
  const opened = await openSqliteJournal(file);
  if (!opened.ok) throw new Error(opened.reason);
  return opened.journal;
}

async function opened(file?: string): Promise<JournalStore> {
  const journal = await open(file);
  onTestFinished(() => journal.close());
  return journal;
}

journalContract('the journal in SQLite', () => open());

describe('the journal in SQLite', () => {
  test('a journal that is opened again goes on where it ended', async () => {
    const file = fileIn(emptyFolder());
    const written = chained(empty, 'a', 'b', 'c');
    const first = await open(file);
    await first.write(texts(written.slice(0, 2)));
    await first.close();
    const again = await opened(file);
    expect(await again.head()).toEqual({ seq: 2, hash: written[1]?.hash });
    expect(await again.write(texts(written.slice(2)))).toEqual({ ok: true });
    expect(await again.read(0, 9)).toEqual(written);
  });

  test.each([['changed', `UPDATE fact SET at = 0 WHERE seq = 1`], ['deleted', 'DELETE FROM fact WHERE seq = 1']])(
    'a fact cannot be %s, by whatever program', async (_, sql) => {
      const file = fileIn(emptyFolder());
      const journal = await opened(file);
      const [fact] = chained(empty, 'a');
      await journal.write(texts([fact!]));
      const other = new Database(file);
      onTestFinished(() => { other.close(); });
      expect(() => { other.exec(sql); }).toThrow('append-only');
      expect(await journal.read(0, 9)).toEqual([fact]);
    });

  test('facts soon leave the log for the file itself', async () => {
    const file = fileIn(emptyFolder());
    const journal = await opened(file);
    await journal.write(texts(chained(empty, 'a')));
    await vi.waitFor(() => { expect(statSync(`${file}-wal`).size).toBe(0); }, 10_000);
  });

  test('a file that is no journal is refused with a reason', async () => {
    const file = fileIn(emptyFolder());
    writeFileSync(file, 'these are the minutes of the last meeting, and no database at all. '.repeat(20));
    expect(await openSqliteJournal(file)).toMatchObject({ ok: false, reason: expect.stringContaining('not a database') as string });
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  test.runIf(canFillDisk)('a full disk refuses facts with a reason, keeps none by halves, and takes them again once there is room', async () => {
    const journal = await opened();
    const written = chained(empty, ...Array.from({ length: 3_000 }, (_, i) => `f${i}`));
    await journal.write(texts(written.slice(0, 1)));
    fillDisk(200_000);
    try {
      expect(await journal.write(texts(written))).toMatchObject({ ok: false, reason: expect.stringMatching(/./) as string });
      expect(await journal.head()).toEqual({ seq: 1, hash: written[0]?.hash });
    } finally {
      emptyDisk();
    }
    expect(await journal.write(texts(written))).toEqual({ ok: true });
    expect(await idsOf(journal)).toHaveLength(3_000);
  });

  test('a file that may not be written is told when it is opened, and not by the first write', () => {
    const file = fileIn(emptyFolder());
    openToWrite(file).close();
    whileLocked(file, () => { expect(() => openToWrite(file)).toThrow(/EACCES|readonly/); });
  });
});
