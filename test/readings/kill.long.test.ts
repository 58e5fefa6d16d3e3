import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../setup/folder.ts';
import { killAgainAndAgain } from './kill.ts';

test('a server killed fifty times over has every reading that it confirmed, each once', { timeout: 600_000 }, async () => {
  await killAgainAndAgain(path.join(emptyFolder(), 'readings.sqlite'), 50);
  expect.hasAssertions();
});
