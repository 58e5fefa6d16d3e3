/** What a recorded file's layout is: how its header is understood, and what each of its rows says. */
import { microOfText } from '../../shared/decimal.ts';
import type { Reading, RejectCode } from '../../shared/reading.ts';
import type { Civil } from '../../shared/time.ts';

/** Why something of a file was left out: the interface's own words, and a row that has too few or too many columns. */
export type SkipReason = Extract<RejectCode, 'unknown-station' | 'unknown-pollutant' | 'bad-start' | 'bad-period' | 'bad-value'> | 'bad-row';

/** What a decoder is handed. `skip` leaves out a part of the row (or header) being read. */
export type Reader = {
  /** A station's id by the name a file uses for it (its id too); null where the event has none such. */
  station: (alias: string) => string | null;
  civil: Civil;
  take: (reading: Reading) => void;
  skip: (part: Refused) => void;
  /** Names of what the layout knows and leaves alone, so that the operator is told. */
  ignore: (name: string) => void;
};

/** Why a row, or a part of it, was left out, and the text that is to blame. */
export type Refused = { reason: SkipReason; detail: string };
export const refused = (reason: SkipReason, detail: string): Refused => ({ reason, detail });

/** Decodes one row, of as many cells as the header; says why where the whole row is left out. */
export type DecodeRow = (cells: string[]) => Refused | null;

export type Layout = {
  /** The header as it should be, for the message when it is not. */
  expects: string;
  /** Columns without which a file is not of this layout. */
  needs: readonly string[];
  /** A table without a header, and what stands between its cells. */
  headless?: { mark: string; cells: number };
  open: (header: string[], reader: Reader) => DecodeRow;
};

/** Where each column of a header stands; for columns in `needs`, which the caller has checked. */
export function columnsOf<Name extends string>(header: string[], names: readonly Name[]): Record<Name, number> {
  const found = names.map((name) => [name, header.indexOf(name)]);
  return Object.fromEntries(found) as Record<Name, number>;
}

/** What a cell says: millionths, null where it is empty or `NA`, `undefined` where it is no value at all. */
export function valueOf(cell: string): number | null | undefined {
  if (cell === '' || cell === 'NA') return null;
  return microOfText(cell) ?? undefined;
}

/** The instant of a civil day and hour (0 to 24); null where there is no such day or hour. */
export function instantOf(civil: Civil, day: string, hour: number): number | null {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return null;
  if (!Number.isInteger(hour) || hour < 0 || hour > 24) return null;
  return civil.at(day, `${hour}:00`);
}
