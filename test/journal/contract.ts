/** What every journal does, whatever it is made of. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { link, textOf } from '../../server/journal/chain.ts';
import { type Chained, GENESIS, type Head, type JournalStore } from '../../server/journal/journal.ts';
import type { Draft, Fact } from '../../shared/fact.ts';

export const T0 = Date.UTC(2022, 1, 4, 12);

/** An order that somebody received: as good a fact as any. */
export const draft = (id: string, actor = 'system'): Draft =>
  ({ id, at: T0, actor, body: { kind: 'order-moved', order: `${id}-单`, step: 'received', by: '张三', note: null } });

/** Facts chained to the head, one for each id. */
export function chained(head: Head, ...ids: string[]): Fact[] {
  let last = head;
  return ids.map((id) => {
    const { body, ...rest } = draft(id);
    const fact: Fact = { ...body, ...rest, seq: last.seq + 1, recorded: T0 + 5, air: 'live', hash: '' };
    last = { seq: fact.seq, hash: link(last.hash, textOf(fact)) };
    return { ...fact, hash: last.hash };
  });
}

/** Facts as a journal is given them. */
export const texts = (facts: readonly Fact[]): Chained[] => facts.map((fact) => ({ fact, text: textOf(fact) }));

export const empty: Head = { seq: 0, hash: GENESIS };
const names = (count: number, prefix = 'f'): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

export async function idsOf(journal: JournalStore): Promise<string[]> {
  const found: string[] = [];
  for await (const chunk of journal.ids()) found.push(...chunk);
  return found;
}

export function journalContract(name: string, open: () => Promise<JournalStore>): void {
  let journal: JournalStore;

  describe(name, () => {
    beforeEach(async () => { journal = await open(); });
    afterEach(async () => { await journal.close(); });

    test('an empty journal ends at nothing', async () => {
      expect(await journal.head()).toEqual(empty);
      expect(await journal.read(0, 10)).toEqual([]);
      expect(await idsOf(journal)).toEqual([]);
      expect(await journal.write([])).toEqual({ ok: true });
    });

    test('facts are read as they were written, in their order, from any of them on', async () => {
      const written = chained(empty, 'a', 'b', 'c', 'd');
      expect(await journal.write(texts(written.slice(0, 1)))).toEqual({ ok: true });
      expect(await journal.write(texts(written.slice(1)))).toEqual({ ok: true });
      expect(await journal.read(0, 10)).toEqual(written);
      expect(await journal.read(1, 2)).toEqual(written.slice(1, 3));
      expect(await journal.head()).toEqual({ seq: 4, hash: written[3]?.hash });
      expect(await idsOf(journal)).toEqual(['a', 'b', 'c', 'd']);
    });

    test('a fact that skips a number is refused, and all that came with it', async () => {
      const written = chained(empty, 'a', 'b', 'c');
      expect(await journal.write(texts([written[0]!, written[2]!]))).toEqual({ ok: false, reason: 'fact 3 does not follow fact 1' });
      expect(await journal.head()).toEqual(empty);
    });

    test('a fact that does not chain to the one before is refused', async () => {
      const [first, second] = chained(empty, 'a', 'b');
      expect(await journal.write(texts([first!, { ...second!, at: T0 + 1 }]))).toEqual({ ok: false, reason: 'fact 2 does not chain to fact 1' });
      expect(await journal.write(texts([{ ...first!, hash: GENESIS }]))).toMatchObject({ ok: false });
    });

    test('a second fact of the same id is refused', async () => {
      const [first] = chained(empty, 'a');
      await journal.write(texts([first!]));
      expect(await journal.write(texts(chained({ seq: 1, hash: first!.hash }, 'a')))).toEqual({ ok: false, reason: 'a fact with the id a is already there' });
      expect(await journal.write(texts(chained({ seq: 1, hash: first!.hash }, 'b', 'b')))).toEqual({ ok: false, reason: 'a fact with the id b is already there' });
    });

    test('facts written already are passed over when asked again, but not if they say something else', async () => {
      const written = chained(empty, 'a', 'b', 'c');
      await journal.write(texts(written.slice(0, 2)));
      expect(await journal.write(texts(written))).toEqual({ ok: true });
      expect(await journal.read(0, 10)).toEqual(written);
      expect(await journal.write(texts(chained(empty, 'other')))).toMatchObject({ ok: false });
    });

    test('how a fact was shown is not kept', async () => {
      const [fact] = chained(empty, 'a');
      expect(await journal.write(texts([{ ...fact!, durable: false }]))).toEqual({ ok: true });
      expect(await journal.read(0, 1)).toEqual([fact]);
    });

    test('many facts are read in pages that fit together', async () => {
      const written = chained(empty, ...names(2_500));
      expect(await journal.write(texts(written))).toEqual({ ok: true });
      const read: Fact[] = [];
      for (let page = await journal.read(0, 999); page.length > 0; page = await journal.read(read.length, 999)) read.push(...page);
      expect(read).toEqual(written);
      expect(await idsOf(journal)).toEqual(names(2_500));
    });
  });
}
