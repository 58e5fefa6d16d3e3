import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sequencer } from '../../server/journal/sequencer.ts';
import { chained, empty } from './contract.ts';
import { air, Played, staff } from './played.ts';

let played: Played;
let sequencer: Sequencer;
beforeEach(async () => {
  played = new Played();
  sequencer = await played.open();
});
afterEach(async () => {
  played.refusal = null;
  await sequencer.close();
});

describe('the sequencer', () => {
  test('a fact of the air is shown before the disk has it, and kept word for word', async () => {
    const release = played.holdWrites();
    const facts = sequencer.append([air('a'), air('b')]);
    expect(facts).toEqual(chained(empty, 'a', 'b'));
    expect(played.shown).toEqual(facts);
    expect(sequencer.state()).toMatchObject({ durable: true, queued: 2 });
    release();
    expect(await sequencer.durable(2)).toEqual({ ok: true });
    expect(await played.journalled()).toEqual(facts);
  });

  test('nobody is told of an acknowledgement before it is durable', async () => {
    const release = played.holdWrites();
    const answer = sequencer.command([staff('acknowledged')]);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    expect(played.shown).toEqual([]);
    expect(sequencer.pending().map(({ id }) => id)).toEqual(['acknowledged']);
    release();
    const answered = await answer;
    expect(answered).toMatchObject({ ok: true, facts: [{ id: 'acknowledged', seq: 1, actor: 'person:张三' }] });
    expect(played.idsShown()).toEqual(['acknowledged']);
    expect(await played.journalled()).toEqual(played.shown);
  });

  test('what is decided after an acknowledgement that waits is shown after it, in order of number', async () => {
    const release = played.holdWrites();
    sequencer.append([air('before')]);
    const answer = sequencer.command([staff('acknowledged')]);
    sequencer.append([air('after')]);
    expect(played.idsShown()).toEqual(['before']);
    release();
    await answer;
    await sequencer.durable(3);
    expect(played.shown.map(({ seq, id }) => `${seq} ${id}`)).toEqual(['1 before', '2 acknowledged', '3 after']);
  });

  test('what happened once cannot happen again, not after a restart either', async () => {
    expect(sequencer.append([air('a'), air('a'), air('b')])).toHaveLength(2);
    expect(sequencer.append([air('b')])).toEqual([]);
    await sequencer.durable(2);
    expect(sequencer.append([air('a')])).toEqual([]);
    expect(await sequencer.command([staff('a')])).toEqual({ ok: true, facts: [] });
    const again = await played.open();
    expect(again.append([air('b'), air('c')]).map(({ seq, id }) => `${seq} ${id}`)).toEqual(['3 c']);
    expect(await again.durable(3)).toEqual({ ok: true });
  });

  test('the same click twice is answered twice, once it is durable, and happens once', async () => {
    const release = played.holdWrites();
    const answers = [sequencer.command([staff('acknowledged')]), sequencer.command([staff('acknowledged')])];
    const early = await Promise.race([...answers, new Promise((resolve) => { setTimeout(resolve, 20, 'nobody'); })]);
    expect(early).toBe('nobody');
    release();
    expect(await Promise.all(answers)).toMatchObject([{ ok: true, facts: [{ id: 'acknowledged' }] }, { ok: true, facts: [] }]);
    expect(await played.journalled()).toHaveLength(1);
  });

  test('many facts that wait together share a write, and what one command decided is never split', async () => {
    const release = played.holdWrites();
    sequencer.append([air('first')]);
    sequencer.append(Array.from({ length: 998 }, (_, i) => air(`air${i}`)));
    const answer = sequencer.command(Array.from({ length: 10 }, (_, i) => staff(`order${i}`)));
    sequencer.append(Array.from({ length: 200 }, (_, i) => air(`later${i}`)));
    release();
    expect(await answer).toMatchObject({ ok: true });
    await sequencer.durable(1_209);
    expect(played.writes).toEqual([1, 1_008, 200]);
  });

  test('a listener may decide what follows, and everybody still sees it in order', async () => {
    const seen: number[] = [];
    sequencer.onShow((facts) => { if (facts.some(({ id }) => id === 'a')) sequencer.append([air('from-a')]); });
    sequencer.onShow((facts) => { seen.push(...facts.map(({ seq }) => seq)); });
    sequencer.append([air('a'), air('b')]);
    expect(seen).toEqual([1, 2, 3]);
    expect(played.idsShown()).toEqual(['a', 'b', 'from-a']);
    await sequencer.durable(3);
  });

  test('who judges knows a decision at once, before it may be shown', async () => {
    const decided: string[] = [];
    sequencer.onDecide((facts) => { decided.push(...facts.map(({ id }) => id)); });
    const answer = sequencer.command([staff('acknowledged')]);
    sequencer.append([air('after')]);
    expect(decided).toEqual(['acknowledged', 'after']);
    expect(sequencer.head().seq).toBe(2);
    await answer;
  });
});
