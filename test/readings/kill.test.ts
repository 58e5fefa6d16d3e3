import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../setup/folder.ts';
import { killAgainAndAgain } from './kill.ts';

test('a server killed at any moment has every reading that it confirmed, each once', { timeout: 60_000 }, async () => {
  await killAgainAndAgain(path.join(emptyFolder(), 'readings.sqlite'), 4);
  expect.hasAssertions();
});
