/** The chain that makes the journal its own audit trail: each fact's hash covers its text and the hash before it. */
import { hash } from 'node:crypto';
import type { Fact } from '../../shared/fact.ts';

type Field = { name: string; quoted: string };
type Shape = { names: readonly string[]; order: readonly Field[] };
/** An object's fields in order, by their names as they come: facts have few shapes, and sorting and quoting is what costs. */
const shapes = new Map<string, Shape>();
const MOST_SHAPES = 1_000;

function inOrder(fields: object): readonly Field[] {
  const names = Object.keys(fields);
  const key = names.join('\n');
  const known = shapes.get(key);
  // Two shapes may have one key, where a name has a line break in it.
  if (known?.names.length === names.length && known.names.every((name, i) => name === names[i])) return known.order;
  const order = names.toSorted().map((name) => ({ name, quoted: JSON.stringify(name) }));
  if (shapes.size >= MOST_SHAPES) shapes.clear();
  shapes.set(key, { names, order });
  return order;
}

/** JSON with the keys of every object sorted and no space: one text for one meaning, so that a hash of it is too. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each === undefined ? null : each)).join(',')}]`;
  return canonicalFields(value as Record<string, unknown>, NONE);
}

const NONE: readonly string[] = [];

function canonicalFields(fields: Record<string, unknown>, without: readonly string[]): string {
  let text = '';
  for (const { name, quoted } of inOrder(fields)) {
    const field = fields[name];
    if (field !== undefined && !without.includes(name)) text += `${text === '' ? '' : ','}${quoted}:${canonical(field)}`;
  }
  return `{${text}}`;
}

const NOT_CHAINED = ['hash', 'durable'] satisfies (keyof Fact)[];

/** A fact as it is hashed and kept: all of it but the hash, and but `durable`, which only says how it was shown. */
export const textOf = (fact: Fact): string => canonicalFields(fact, NOT_CHAINED);

/** The hash, in hex, of a fact's text after the fact that has the hash `before`. */
export const link = (before: string, text: string): string => hash('sha256', before + text, 'hex');
