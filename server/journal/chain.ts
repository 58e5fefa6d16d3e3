/** The chain that makes the journal its own audit trail: each fact's hash covers its text and the hash before it. */
import { createHash } from 'node:crypto';
import type { Fact } from '../../shared/fact.ts';

/** JSON with the keys of every object sorted and no space: one text for one meaning, so that a hash of it is too. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each === undefined ? null : each)).join(',')}]`;
  const fields = value as Record<string, unknown>;
  let text = '';
  for (const name of Object.keys(fields).sort()) {
    const field = fields[name];
    if (field !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonical(field)}`;
  }
  return `{${text}}`;
}

/** A fact as it is hashed and kept: all of it but the hash, and but `durable`, which only says how it was shown. */
export function textOf(fact: Fact | Omit<Fact, 'hash'>): string {
  return canonical({ ...fact, hash: undefined, durable: undefined });
}

/** The hash, in hex, of a fact's text after the fact that has the hash `before`. */
export const link = (before: string, text: string): string => createHash('sha256').update(before).update(text).digest('hex');
