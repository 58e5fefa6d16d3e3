import { expect, test } from 'vitest';
import { replayClock } from '../../server/clock.ts';
import { memoryJournal } from '../../server/journal/memory.ts';
import { benchAsKnownAt } from '../../server/main/known.ts';
import { memoryReadings } from '../../server/readings/memory.ts';
import { HOUR, MINUTE } from '../../shared/time.ts';
import { configOf } from '../config/folder.ts';
import { kept } from '../readings/contract.ts';

const config = await configOf();
const station = config.stations[0]!.id;
const midnight = config.civil.at(config.event.period.from);
const DAY = 24 * HOUR;

test('what was known of an hour is not guessed where its single minutes were let go since, and told again where nothing can have come later', async () => {
  const store = memoryReadings();
  await store.keep(Array.from({ length: 60 }, (_, m) => kept({ station, start: midnight + m * MINUTE, minutes: 1, value: 40_000_000, arrived: midnight + HOUR })));
  const house = { config, air: 'live' as const, clock: replayClock(midnight + 30 * DAY, 1), store, journal: memoryJournal() };
  const at = (days: number) => benchAsKnownAt(house, { from: midnight, to: midnight + DAY, at: midnight + days * DAY });
  expect(await at(2)).toMatchObject({ ok: true });
  await store.compact(midnight + DAY, [{ station, pollutant: 'PM2.5', start: midnight, sum: 40_000_000 * 60, minutes: 60, suspect: 0, invalid: 0 }]);
  expect(await at(2)).toMatchObject({ ok: false, status: 409, code: 'no-longer-known' });
  const later = await at(9);
  expect(later.ok && later.known.ledger.series.get(`${station}|PM2.5`)?.hours.get(midnight)?.n).toBe(60);
  expect(await at(31), 'nobody knows the future').toMatchObject({ ok: false, status: 400, code: 'bad-request' });
});
