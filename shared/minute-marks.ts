/** A station's minutes upon its city's: what each of them adds to the recent mean of the hour. */
import { markMinutes } from './city.ts';
import { eachPart, type Known, type StationHour } from './hour.ts';
import type { Ledger } from './ledger.ts';
import type { Worth } from './quality.ts';
import type { Reading } from './reading.ts';
import type { Series } from './series.ts';
import { MINUTE } from './time.ts';

/** Of a station that sends minutes of several periods, those that make its hour count once, and the others not. */
export function markAll(ledger: Ledger, { airs, station }: Series, { hour, sign }: { hour: StationHour; sign: 1 | -1 }): void {
  for (const air of airs) {
    const cityHour = ledger.hour(air, hour.start);
    if (cityHour.day.evaluators.has(station.id)) eachPart(hour, (part) => { markMinutes(cityHour, part, sign); });
  }
}

/** One reading of minutes, in place of what was known of its key. */
export function markOne(ledger: Ledger, { airs, station }: Series, { reading, worth, was }: { reading: Reading; worth: Worth; was: Known | null }): void {
  const start = ledger.setup.civil.hour(reading.start);
  const from = (reading.start - start) / MINUTE;
  const { minutes, value } = reading;
  for (const air of airs) {
    const hour = ledger.hour(air, start);
    if (!hour.day.evaluators.has(station.id)) continue;
    if (was !== null && was.value !== null && was.validity !== 'invalid') markMinutes(hour, { from, minutes, value: was.value }, -1);
    if (value !== null && worth.validity !== 'invalid') markMinutes(hour, { from, minutes, value }, 1);
  }
}
