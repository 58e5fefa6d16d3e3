import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { main } from '../../server/commands/verify.ts';
import { link, textOf } from '../../server/journal/chain.ts';
import { openSqliteJournal } from '../../server/journal/sqlite.ts';
import { openSqliteReadings } from '../../server/readings/sqlite.ts';
import type { Fact } from '../../shared/fact.ts';
import { chained, empty, texts } from '../journal/contract.ts';
import { kept, T0 } from '../readings/contract.ts';
import { emptyFolder } from '../setup/folder.ts';

const ids = Array.from({ length: 40 }, (_, i) => `hour-exceeded:beijing:PM2.5:2022-02-04T${i}`);
let dir: string;
let said: string[];

async function fill(): Promise<void> {
  const journal = await openSqliteJournal(path.join(dir, 'journal.sqlite'));
  const readings = await openSqliteReadings(path.join(dir, 'readings.sqlite'));
  if (!journal.ok || !readings.ok) throw new Error('not opened');
  await journal.journal.write(texts(chained(empty, ...ids)));
  await readings.store.keep(Array.from({ length: 500 }, (_, i) => kept({ station: `S${i % 100}`, minutes: 1, start: T0 + Math.floor(i / 100) * 60_000, value: i })));
  await Promise.all([journal.journal.close(), readings.store.close()]);
}

const verify = (): Promise<number> => main(['--data', dir]);
const spoken = (): string => said.join('\n');

/** Does to a file what the guards against it forbid. */
function tamper(file: string, sql: string): void {
  const db = new Database(path.join(dir, file));
  db.exec(`DROP TRIGGER IF EXISTS fact_is_never_changed; DROP TRIGGER IF EXISTS fact_is_never_deleted; ${sql};
    ${file === 'journal.sqlite' ? guards : ''}`);
  db.close();
}
const guards = `CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;`;

beforeEach(async () => {
  dir = emptyFolder();
  said = [];
  for (const way of ['log', 'error'] as const) vi.spyOn(console, way).mockImplementation((line: string) => { said.push(line); });
  await fill();
});
afterEach(() => { vi.restoreAllMocks(); });

describe('npm run verify', () => {
  test('says of a sound folder how much it holds, and exits 0', async () => {
    expect(await verify()).toBe(0);
    expect(spoken()).toMatch(/^journal: 40 facts, the chain is unbroken, the last hash is [0-9a-f]{64}\nreadings: 500 readings of 1 days, all of them readable$/);
  });

  test.each([
    ['its text', `UPDATE fact SET text = replace(text, '张三', '李四') WHERE seq = 7`],
    ['its hash', `UPDATE fact SET hash = replace(hash, substr(hash, 9, 1), CASE substr(hash, 9, 1) WHEN 'a' THEN 'b' ELSE 'a' END) WHERE seq = 7`],
    ['its instant', `UPDATE fact SET at = at + 1 WHERE seq = 7`],
    ['its kind', `UPDATE fact SET kind = 'order-issued' WHERE seq = 7`],
    ['its id', `UPDATE fact SET id = id || ' ' WHERE seq = 7`],
    ['its text, of another type', `UPDATE fact SET text = CAST(text AS BLOB) WHERE seq = 7`],
  ])('a fact with %s changed is named, and the exit is 1', async (_, sql) => {
    tamper('journal.sqlite', sql);
    expect(await verify()).toBe(1);
    expect(said.filter((line) => line.startsWith('journal: fact 7:')).length).toBeGreaterThan(0);
    expect(said.filter((line) => line.startsWith('journal: fact') && !line.startsWith('journal: fact 7:'))).toEqual([]);
  });

  test('a fact rewritten with a hash that fits it is found out by the one that follows', async () => {
    const facts = chained(empty, ...ids);
    const text = JSON.stringify({ forged: true });
    tamper('journal.sqlite', `UPDATE fact SET text = '${text}', hash = '${link(facts[5]!.hash, text)}' WHERE seq = 7`);
    expect(await verify()).toBe(1);
    expect(spoken()).toContain('journal: fact 8: its hash is');
  });

  test.each([
    ['from the middle', 'seq = 7', 'journal: fact 7 is missing'],
    ['from the end', 'seq > 37', 'journal: facts 38 to 40 are missing: the journal ends at fact 37, but fact 40 was written'],
  ])('facts taken %s are missed', async (_, where, expected) => {
    tamper('journal.sqlite', `DELETE FROM fact WHERE ${where}`);
    expect(await verify()).toBe(1);
    expect(said).toContain(expected);
  });

  test('a journal that has lost its guards is not as it was written', async () => {
    const db = new Database(path.join(dir, 'journal.sqlite'));
    db.exec('DROP TRIGGER fact_is_never_deleted');
    db.close();
    expect(await verify()).toBe(1);
    expect(said).toContain('journal: the guard fact_is_never_deleted is gone from the file');
  });

  test('any one byte of a fact, changed on the disk itself, is found out', { timeout: 60_000 }, async () => {
    const file = path.join(dir, 'journal.sqlite');
    const sound = readFileSync(file);
    const text = sound.indexOf(`"id":"${ids[30]}"`);
    // The file has no second copy of it, left over where nobody looks.
    expect(sound.lastIndexOf(`"id":"${ids[30]}"`)).toBe(text);
    // The row as it lies on its page: twelve bytes of header and number, then id, instant, kind, text and hash, without a gap.
    const [from, to] = [sound.lastIndexOf(ids[30]!, text - 1) - 12, sound.indexOf('}', text) + 60];
    expect(to - from).toBeGreaterThan(300);
    const missed: number[] = [];
    for (let at = from; at < to; at += 3) {
      const spoilt = Buffer.from(sound);
      spoilt[at] = (spoilt[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(file, spoilt);
      if (await verify() !== 1) missed.push(at - from);
    }
    expect(missed).toEqual([]);
    writeFileSync(file, sound);
    expect(await verify()).toBe(0);
  });

  test('readings that name what is not there, or are fewer than were kept, are found out', async () => {
    copyFileSync(path.join(dir, 'readings.sqlite'), path.join(dir, 'sound.sqlite'));
    tamper('readings.sqlite', 'DELETE FROM part_20220204 WHERE key = (SELECT max(key) FROM part_20220204)');
    expect(await verify()).toBe(1);
    expect(spoken()).toContain('readings: part_20220204: 500 readings were kept, 464 are there');
    copyFileSync(path.join(dir, 'sound.sqlite'), path.join(dir, 'readings.sqlite'));
    tamper('readings.sqlite', 'DELETE FROM series WHERE id > 90');
    expect(await verify()).toBe(1);
    expect(spoken()).toContain('names a series or a mark that is not there');
  });

  /** A folder of which the journal tells of one reading that was revised, from 20 to `told`, and one of an hour that is gone. */
  async function revise(...told: number[]): Promise<void> {
    const { journal, readings } = { journal: await openSqliteJournal(path.join(dir, 'journal.sqlite')), readings: await openSqliteReadings(path.join(dir, 'readings.sqlite')) };
    if (!journal.ok || !readings.ok) throw new Error('not opened');
    const hour = { station: 'S1', minutes: 60, start: T0, value: 20_000_000 };
    await readings.store.keep([kept(hour), kept({ ...hour, value: 30_000_000, revision: 2, flag: 'C' })]);
    for (const [i, to] of told.entries()) {
      const change = { station: 'S1', pollutant: 'PM2.5', start: T0, minutes: 60, revision: 2, from: 20_000_000, to, fromFlag: '', toFlag: 'C' };
      const { seq, hash } = await journal.journal.head();
      const fact: Fact = {
        id: `readings-revised:${i}`, at: T0, actor: 'source:a', seq: seq + 1, recorded: T0, air: 'live', hash: '',
        kind: 'readings-revised', source: 'a', changes: [change, { ...change, revision: 3 }],
      };
      await journal.journal.write(texts([{ ...fact, hash: link(hash, textOf(fact)) }]));
    }
    await Promise.all([journal.journal.close(), readings.store.close()]);
  }

  test('readings that were revised are held against what the journal tells of them', async () => {
    await revise(30_000_000);
    expect(await verify()).toBe(0);
    expect(said).toContain('revisions: 1 are kept as the journal tells them, 1 that were not kept before the server ended: sent again, or kept at the next start');
  });

  test('of a revision that was told, not kept and sent again as something else, the last word counts', async () => {
    await revise(31_000_000, 30_000_000);
    expect(await verify()).toBe(0);
    expect(said).toContain('revisions: 1 are kept as the journal tells them, 1 that were not kept before the server ended: sent again, or kept at the next start');
  });

  test('a reading that is kept as another than the journal tells is named, and the exit is 1', async () => {
    await revise(31_000_000);
    expect(await verify()).toBe(1);
    expect(spoken()).toContain('readings: fact 41 tells of revision 2 of PM2.5 at S1 from 2022-02-04T12:00:00.000Z as 31 (C); kept is 30 (C)');
  });

  /** A folder whose journal tells that a reading of 20 was refused by hand, and whose readings have `revision` after it. */
  async function review(revision: Partial<Parameters<typeof kept>[0]>): Promise<void> {
    const { journal, readings } = { journal: await openSqliteJournal(path.join(dir, 'journal.sqlite')), readings: await openSqliteReadings(path.join(dir, 'readings.sqlite')) };
    if (!journal.ok || !readings.ok) throw new Error('not opened');
    const hour = { station: 'S1', minutes: 60, start: T0, value: 20_000_000, flag: '' };
    await readings.store.keep([kept(hour), kept({ ...hour, revision: 2, ...revision })]);
    const { seq, hash } = await journal.journal.head();
    const fact: Fact = {
      id: 'readings-reviewed:1', at: T0, actor: 'person:li', seq: seq + 1, recorded: T0, air: 'live', hash: '', kind: 'readings-reviewed', station: 'S1', pollutant: 'PM2.5',
      verdict: 'invalid', level: 'reviewed', by: 'li', why: '漏气', readings: [{ start: T0, minutes: 60, revision: 2, value: 20_000_000, flag: '', source: 'a', late: false }],
    };
    await journal.journal.write(texts([{ ...fact, hash: link(hash, textOf(fact)) }]));
    await Promise.all([journal.journal.close(), readings.store.close()]);
  }
  const refused = { validity: 'invalid', why: 'reviewed:["li","漏气"]' } as const;

  test('a verdict by hand is held against what the journal tells of it', async () => {
    await review(refused);
    expect(await verify()).toBe(0);
    expect(said).toContain('revisions: 1 are kept as the journal tells them');
  });

  test.each([
    ['of another worth', { ...refused, validity: 'valid' }], ['of another reason', { ...refused, why: 'reviewed:["li","没有漏气"]' }],
    ['of another value', { ...refused, value: 21_000_000 }], ['taken out', { validity: 'valid', why: null }],
  ] as const)('a verdict by hand that is kept %s is named, and the exit is 1', async (_, changed) => {
    await review(changed);
    expect(await verify()).toBe(1);
    expect(spoken()).toContain('readings: fact 41 tells of revision 2 of PM2.5 at S1 from 2022-02-04T12:00:00.000Z as 20, reviewed as invalid; kept is');
  });

  test('a verdict that a newer value overtook is no damage', async () => {
    await review({ validity: 'valid', why: null, value: 25_000_000 });
    expect(await verify()).toBe(0);
    expect(said).toContain('revisions: 0 are kept as the journal tells them, 1 that a newer value overtook');
  });

  test('a damaged file is reported, not thrown', async () => {
    const file = path.join(dir, 'readings.sqlite');
    const bytes = readFileSync(file);
    expect(bytes.length, 'the log is in the file').toBeGreaterThan(24_576);
    writeFileSync(file, bytes.fill(0xff, 8_192, 24_576));
    expect(await verify()).toBe(1);
    expect(spoken()).toContain('readings: the file');
  });

  test('works while a server writes', async () => {
    const journal = await openSqliteJournal(path.join(dir, 'journal.sqlite'));
    if (!journal.ok) throw new Error(journal.reason);
    onTestFinished(() => journal.journal.close());
    const more = chained(await journal.journal.head(), ...Array.from({ length: 300 }, (_, i) => `more${i}`));
    const writing = (async () => { for (const fact of more) await journal.journal.write(texts([fact])); })();
    // Again and again, since what could be mistaken is written between two of its looks.
    for (let i = 0; i < 10; i++) expect([await verify(), said.filter((line) => line.startsWith('journal: fact '))]).toEqual([0, []]);
    await writing;
    expect(await verify()).toBe(0);
    expect(spoken()).toContain('journal: 340 facts');
  });

  test('a folder that is none exits 2 and says what is wanted', async () => {
    expect(await main(['--data', path.join(dir, 'nowhere')])).toBe(2);
    expect(await main(['--date', dir])).toBe(2);
    expect(spoken()).toContain('--data DIR');
  });
});
