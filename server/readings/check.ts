/** Can every reading be read? Looks as any other process may, also while a server writes. */
import { Dictionary } from './dictionary.ts';
import { ENTRY, readEntry, seriesOf, tableOf, viewOf } from './packing.ts';
import { Reader } from './reader.ts';
import { openToRead, type DayRow } from './schema.ts';
import { rowsOf, type Connection } from '../sqlite.ts';

export type Checked = { readings: number; days: number; problems: string[] };
type Kept = [key: number, entries: unknown];

/** Rows at a time, so that the server's log need not wait for us. */
const PAGE = 500;

export function checkReadings(file: string): Checked {
  const checked: Checked = { readings: 0, days: 0, problems: [] };
  const reader = new Reader(file);
  let db: Connection | null = null;
  try {
    db = openToRead(file);
    const said = (rowsOf(db, 'PRAGMA integrity_check') as [string][]).map(([text]) => text).filter((text) => text !== 'ok');
    checked.problems.push(...said.map((text) => `the file is damaged: ${text}`));
    checkDays(db, reader, checked);
  } catch (error) {
    checked.problems.push(`the file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    reader.close();
    db?.close();
  }
  return checked;
}

function checkDays(db: Connection, reader: Reader, checked: Checked): void {
  const { days } = reader.days();
  for (const day of days) {
    const { readings, problem } = settled(day, { db, reader, checked });
    checked.readings += readings;
    if (problem !== null) checked.problems.push(`${tableOf(day[0], day[1])}: ${problem}`);
  }
  checked.days = new Set(days.map(([, day]) => day)).size;
}

type Found = { readings: number; problem: string | null };
type At = { db: Connection; reader: Reader; checked: Checked };

/** A server may drop a day's minutes while we look: what is wrong is wrong only if the day is still what it was. */
function settled(day: DayRow, at: At): Found {
  const found = attempt(day, at);
  if (found.problem === null) return found;
  const now = at.reader.days().days.find(([family, number]) => family === day[0] && number === day[1]);
  if (now === undefined) return { readings: 0, problem: null };
  return now[2] === day[2] ? found : settled(now, at);
}

function attempt(day: DayRow, { db, reader, checked }: At): Found {
  try {
    return checkDay(db, day, wordsOf(reader, checked));
  } catch (error) {
    return { readings: 0, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Read anew for each day: a server may have learnt new ones meanwhile. */
function wordsOf(reader: Reader, checked: Checked): Dictionary {
  const dictionary = new Dictionary();
  const strange = dictionary.load(reader.words());
  if (strange !== null && !checked.problems.includes(strange)) checked.problems.push(strange);
  return dictionary;
}

function checkDay(db: Connection, [family, day, counted]: DayRow, dictionary: Dictionary): Found {
  let readings = 0;
  for (let after = -1; ;) {
    const rows = rowsOf(db, `SELECT key, entries FROM ${tableOf(family, day)} WHERE key > ? ORDER BY key LIMIT ?`, [after, PAGE]) as Kept[];
    for (const row of rows) {
      const problem = checkRow(row, dictionary);
      if (problem !== null) return { readings, problem: `row ${row[0]} ${problem}` };
      readings += (row[1] as Uint8Array).length / ENTRY;
    }
    if (rows.length < PAGE) break;
    after = rows.at(-1)?.[0] ?? after;
  }
  // More than counted: a server wrote on while we looked.
  return { readings, problem: readings < counted ? `${counted} readings were kept, ${readings} are there` : null };
}

function checkRow([key, entries]: Kept, dictionary: Dictionary): string | null {
  if (!(entries instanceof Uint8Array) || entries.length % ENTRY !== 0) return 'is not made of whole readings';
  const view = viewOf(entries);
  for (let at = 0; at < entries.length; at += ENTRY) {
    const { slot, mark, minutes, revision } = readEntry(view, at);
    if (seriesOf(key, slot) >= dictionary.extent.series || mark >= dictionary.extent.marks) return 'names a series or a mark that is not there';
    if (minutes < 1 || minutes > 60 || revision < 1) return 'has a reading that cannot be';
  }
  return null;
}
