/** The chain that makes the journal its own audit trail: each fact's hash covers its text and the hash before it. */
import { hash } from 'node:crypto';
import type { Fact } from '../../shared/fact.ts';

type Field = { name: string; quoted: string };
/** An object's fields in order, by their names as they come: facts have few shapes, and sorting and quoting is what costs. */
const orders = new Map<string, readonly Field[]>();
const MOST_SHAPES = 1_000;

function inOrder(fields: object): readonly Field[] {
  const names = Object.keys(fields);
  const shape = names.join('\n');
  let order = orders.get(shape);
  if (order === undefined) {
    order = names.sort().map((name) => ({ name, quoted: JSON.stringify(name) }));
    if (orders.size >= MOST_SHAPES) orders.clear();
    orders.set(shape, order);
  }
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
