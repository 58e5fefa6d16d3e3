/**
 * Under which key a person asked for what a fact says (`Idempotency-Key`), so that the same thing asked again gets the first answer
 * also after the room was started anew. It stands on every fact of the command; facts of before there was such have none.
 */
import { z } from 'zod';

/** `of`: a print of what was asked for, by which something else under the same key is told apart. */
export const Once = z.object({ by: z.string(), key: z.string(), of: z.string() });
export type Once = z.infer<typeof Once>;

/** Where the facts of a command are in the journal, and when they were written, machine time. */
export type Asked = { first: number; last: number; at: number };
/** As JSON keeps it, the oldest first. */
export type KeptKeys = readonly (readonly [name: string, first: number, last: number, at: number, id: string])[];

/** For how long a key is remembered, machine milliseconds, and how many of the last are. */
export const REMEMBERED = 24 * 3_600_000;
export const MOST_KEYS = 10_000;
/** So many more are let come before the oldest go, all at once: a journal is folded a million facts at a time. */
const MORE = MOST_KEYS / 10;

/** A key has no blank. */
const nameOf = (by: string, key: string): string => `${key} ${by}`;

/** The part of a fact that is of interest here. */
type Told = { seq: number; id: string; recorded: number; once?: Once | undefined };

/** Which keys have been used lately, in whatever order people asked. */
export class Keys {
  private readonly known: Map<string, Asked & { id: string }>;

  constructor(kept: KeptKeys = []) {
    this.known = new Map(kept.map(([name, first, last, at, id]) => [name, { first, last, at, id }]));
  }

  take({ seq, id, recorded: at, once }: Told): void {
    if (once === undefined) return;
    const name = nameOf(once.by, once.key);
    const known = this.known.get(name);
    // Facts of one command stand together; what is further on was asked once the first was forgotten.
    if (known?.last === seq - 1) { known.last = seq; return; }
    if (known !== undefined) this.known.delete(name);
    this.known.set(name, { first: seq, last: seq, at, id });
    if (this.known.size > MOST_KEYS + MORE) this.forget();
  }

  /** What a fact told did not come about: its key is free. */
  voided(id: string): void {
    for (const [name, known] of this.known) if (known.id === id) this.known.delete(name);
  }

  /** Null: it is not known that this person has used it. `now`: machine time. */
  of(by: string, key: string, now: number): Asked | null {
    const known = this.known.get(nameOf(by, key));
    return known === undefined || now - known.at >= REMEMBERED ? null : { first: known.first, last: known.last, at: known.at };
  }

  kept(): KeptKeys {
    return [...this.known].map(([name, { first, last, at, id }]) => [name, first, last, at, id]);
  }

  private forget(): void {
    for (const name of this.known.keys()) {
      if (this.known.size <= MOST_KEYS) return;
      this.known.delete(name);
    }
  }
}
