import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, link, textOf } from '../../server/journal/chain.ts';
import { KnownIds } from '../../server/journal/known.ts';
import { chained, empty } from './contract.ts';

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([name, field]) => [name, shuffled(field)]));
}

describe('the chain', () => {
  test('a fact has one text, in whatever order its fields were said', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(canonical(shuffled(value))).toBe(canonical(value));
      expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }));
  });

  test('what another program would compute from the words of the rule is the hash', () => {
    const [first, second] = chained(empty, 'a', 'b');
    const text = '{"actor":"system","air":"live","at":1643976000000,"by":"张三","id":"b","kind":"order-moved","note":null,"order":"b-单","recorded":1643976000005,"seq":2,"step":"received"}';
    expect(textOf(second!)).toBe(text);
    expect(second!.hash).toBe(createHash('sha256').update(`${first!.hash}${text}`, 'utf8').digest('hex'));
  });

  test('two facts that differ in one letter have different hashes, and so have all that follow', () => {
    const before = link('0', 'fact');
    expect(link('0', 'facts')).not.toBe(before);
    expect(link(before, 'next')).not.toBe(link(link('0', 'facts'), 'next'));
  });
});

describe('the ids of a long journal', () => {
  test('every id that was added is known and no other, however many there are', () => {
    const known = new KnownIds();
    const id = (i: number): string => `hour-exceeded:beijing:PM2.5:2022-02-04T${i}`;
    for (let i = 0; i < 20_000; i++) known.add(id(i));
    known.add(id(7));
    expect(known.size).toBe(20_000);
    for (let i = 0; i < 20_000; i++) if (!known.has(id(i))) throw new Error(`${id(i)} is forgotten`);
    for (let i = 20_000; i < 40_000; i++) if (known.has(id(i))) throw new Error(`${id(i)} was never added`);
  });
});
