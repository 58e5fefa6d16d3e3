import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { identify, type Identity } from '../../server/identity.ts';
import { emptyFolder } from '../setup/folder.ts';

const games: Identity = { event: 'beijing-2022', air: 'live' };

test('a new data folder takes its event and air from the first start, and knows them at the next', () => {
  const dir = path.join(emptyFolder(), 'data');
  expect(identify(dir, games)).toEqual({ ok: true, fresh: true });
  expect(identify(dir, games)).toEqual({ ok: true, fresh: false });
  expect(JSON.parse(readFileSync(path.join(dir, 'identity.json'), 'utf8'))).toEqual(games);
  expect(readdirSync(dir)).toEqual(['identity.json']);
});

test.each<[string, Identity, string]>([
  ['another event', { event: 'apec-2014', air: 'live' }, 'belongs to the event beijing-2022 with live air, not to the event apec-2014 with live air'],
  ['another kind of air', { ...games, air: 'simulated' }, 'with live air, not to the event beijing-2022 with simulated air'],
  ['a replay', { ...games, air: 'replay', replayHash: 'abcdef0123456789' }, 'with replay air of the files abcdef012345'],
])('a data folder is never mixed with %s', (_, other, reason) => {
  const dir = emptyFolder();
  identify(dir, games);
  expect(identify(dir, other)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) as string });
  expect(identify(dir, games)).toEqual({ ok: true, fresh: false });
});

test('replays of other files need other folders', () => {
  const dir = emptyFolder();
  const replay: Identity = { ...games, air: 'replay', replayHash: 'one' };
  identify(dir, replay);
  expect(identify(dir, { ...replay, replayHash: 'two' })).toMatchObject({ ok: false });
  expect(identify(dir, replay)).toMatchObject({ ok: true });
});

test.each([['no JSON', '{'], ['something else', '{"event":"beijing-2022","air":"fresh"}']])('an identity that is %s is refused, not replaced', (_, text) => {
  const dir = emptyFolder();
  writeFileSync(path.join(dir, 'identity.json'), text);
  expect(identify(dir, games)).toMatchObject({ ok: false, reason: expect.stringContaining('is not what a server wrote there') as string });
  expect(readFileSync(path.join(dir, 'identity.json'), 'utf8')).toBe(text);
});

test('a folder that cannot be written is a reason, not a crash', () => {
  const file = path.join(emptyFolder(), 'file');
  writeFileSync(file, '');
  expect(identify(path.join(file, 'data'), games)).toMatchObject({ ok: false });
});
