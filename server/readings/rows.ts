/** Which rows a batch goes into, and what a row then holds. */
import { dayOf, ENTRY, entryName, familyOf, FAMILIES, keyOf, saysTheSame, viewOf, type Batch, type Family } from './packing.ts';

/** Refused for its own sake, whatever the disk does. */
export class Refused extends Error {}

/** The readings of a batch that go into one row: which of them, by their place in the batch. */
export type Row = { family: Family; day: number; key: number; places: number[] };

/** A batch by the rows it goes into, in the order of their keys, so that a day's table grows at its end. */
export function rowsOfBatch({ starts, series, entries }: Batch): Row[] {
  const rows = new Map<string, Row>();
  let last: Row = { family: 'part', day: NaN, key: NaN, places: [] };
  for (const [i, start] of starts.entries()) {
    const row = { family: familyOf(entries[i * ENTRY + 23] ?? 0), day: dayOf(start), key: keyOf(start, series[i] ?? 0) };
    // Nearly always the row of the reading before: worth a look before the longer way.
    if (last.key !== row.key || last.day !== row.day || last.family !== row.family) {
      const name = `${row.family}${row.day}/${row.key}`;
      last = rows.get(name) ?? { ...row, places: [] };
      rows.set(name, last);
    }
    last.places.push(i);
  }
  return [...rows.values()].sort((a, b) => a.day - b.day || FAMILIES.indexOf(a.family) - FAMILIES.indexOf(b.family) || a.key - b.key);
}

/** A row's entries with those of the batch that it does not have yet; the same revision with other words is refused. */
export function joined(kept: Uint8Array | null, batch: Batch, places: number[]): Uint8Array {
  const before = kept?.length ?? 0;
  const all = new Uint8Array(before + places.length * ENTRY);
  if (kept !== null) all.set(kept);
  const view = viewOf(all);
  const from = viewOf(batch.entries);
  const known = new Map<number, number>();
  for (let at = 0; at < before; at += ENTRY) known.set(entryName(view, at), at);
  let end = before;
  for (const place of places) {
    const name = entryName(from, place * ENTRY);
    const twin = known.get(name);
    if (twin === undefined) {
      all.set(batch.entries.subarray(place * ENTRY, (place + 1) * ENTRY), end);
      known.set(name, end);
      end += ENTRY;
    } else if (!saysTheSame({ view, at: twin }, { view: from, at: place * ENTRY })) {
      throw new Refused(`revision ${name % 65_536} of the reading that starts at ${new Date(batch.starts[place] ?? 0).toISOString()} is already kept with other words`);
    }
  }
  return end === all.length ? all : all.slice(0, end);
}
