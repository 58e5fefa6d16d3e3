/** Plays a test of a deployment's rules through the very path of the server, with stores that forget and a clock that it sets. */
import type { Config } from '../config.ts';
import { replayClock } from '../clock.ts';
import { memoryJournal } from '../journal/memory.ts';
import { memoryReadings } from '../readings/memory.ts';
import { alertDiffers, type Difference, quietDiffers, verdictDiffers } from '../../shared/expected.ts';
import type { Rehearsal } from '../../shared/rehearsal.ts';
import { type Arriving, arrivals, beginOf, instantOf } from '../../shared/rehearsing.ts';
import { begin, type Begun, type House, NOBODY, openHouse } from './house.ts';

/** What is not as expected: `path` within the test, `about` what it is about. */
export type Failing = { path: (string | number)[]; about: string; differences: Difference[] };

const SOURCE = 'rehearsal';

async function deliver({ take }: Begun, { readings, rows }: Arriving): Promise<Failing[]> {
  const receipt = await take({ source: SOURCE, readings, indexes: rows, rejected: [] });
  if (!receipt.ok) throw new Error(`a store that forgets has refused: ${receipt.detail}`);
  return receipt.rejected.map(({ index, code, detail }) =>
    ({ path: ['readings', index], about: `readings[${index}]`, differences: [{ field: 'reading', expected: 'accepted', actual: `${code}: ${detail}` }] }));
}

async function look({ bench, archive, clock }: House, { at, verdicts, alerts }: Rehearsal['expect'][number], index: number): Promise<Failing[]> {
  const known = (await archive.files(await archive.begun())).map(({ alert }) => alert);
  const path = ['expect', index];
  const found: Failing[] = verdicts.map((wanted, i) => ({
    path: [...path, 'verdicts', i], about: `${at} verdict ${wanted.place} ${wanted.pollutant} ${wanted.average} ${wanted.start}`, differences: verdictDiffers(bench, wanted, clock.now()),
  }));
  for (const [i, wanted] of (alerts ?? []).entries()) {
    found.push({ path: [...path, 'alerts', i], about: `${at} alert ${wanted.kind} ${wanted.place} ${wanted.pollutant} ${wanted.start ?? ''}`.trimEnd(), differences: alertDiffers(bench, known, wanted) });
  }
  if (alerts?.length === 0) found.push({ path: [...path, 'alerts'], about: `${at} alerts`, differences: quietDiffers(known) });
  return found.filter(({ differences }) => differences.length > 0);
}

/** Plays one test to its last instant; answers with everything that is not as expected, in its order. */
export async function rehearse(config: Config, rehearsal: Rehearsal): Promise<Failing[]> {
  const ground = { civil: config.civil, network: config };
  const clock = replayClock(beginOf(ground, rehearsal), Infinity);
  const house = await openHouse({ config, air: 'replay', clock, store: memoryReadings(), journal: memoryJournal(), machine: () => 0 });
  const begun = begin(house, NOBODY);
  const failing: Failing[] = [];
  const coming = arrivals(ground, rehearsal);
  const asked = rehearsal.expect.map((expectation, index) => ({ at: instantOf(config.civil, expectation.at), expectation, index })).sort((a, b) => a.at - b.at);
  for (const { at, expectation, index } of asked) {
    while (coming[0] !== undefined && coming[0].at <= at) {
      const arriving = coming.shift() as Arriving;
      if (arriving.at > clock.now()) await clock.set(arriving.at);
      failing.push(...await deliver(begun, arriving));
    }
    // What is due at the very instant has happened when it is looked at.
    if (at >= clock.now()) await clock.set(at + 1);
    failing.push(...await look(house, expectation, index));
  }
  clock.stop();
  return failing;
}
