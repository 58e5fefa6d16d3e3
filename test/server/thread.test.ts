import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { project } from '../../server/built.ts';
import { Thread, ThreadLost } from '../../server/thread.ts';

type Asks = { echo: [string, string]; fail: [null, null]; die: [null, null] };

/** A thread that answers, fails or dies, as it is asked. */
function mortal(): Thread<Asks> {
  const file = path.join(project, '.build/test/mortal.mjs');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `import { serve } from '../server/thread.mjs'
    serve({ echo: (text) => text, fail: () => { throw new Error('no such thing') }, die: () => process.exit(3) })`);
  const thread = new Thread<Asks>(pathToFileURL(file), null);
  onTestFinished(() => thread.end());
  return thread;
}

test('a thread answers what it was asked, each question its own answer', async () => {
  const thread = mortal();
  expect(await Promise.all(['a', 'b', 'c'].map((text) => thread.ask('echo', text)))).toEqual(['a', 'b', 'c']);
});

test('a question that fails costs no other', async () => {
  const thread = mortal();
  const answers = await Promise.allSettled([thread.ask('fail', null), thread.ask('echo', 'b')]);
  expect(answers).toMatchObject([{ status: 'rejected', reason: { message: 'no such thing' } }, { status: 'fulfilled', value: 'b' }]);
});

test('a thread that dies leaves no question waiting, and is started again by the next', async () => {
  const thread = mortal();
  const answers = await Promise.allSettled([thread.ask('die', null), thread.ask('echo', 'never read')]);
  for (const answer of answers) expect(answer.status === 'rejected' && answer.reason instanceof ThreadLost).toBe(true);
  expect(await thread.ask('echo', 'again')).toBe('again');
});
