/** `npm run verify`: is what is kept as it was written? Also while the server runs. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Air } from '../../shared/fact.ts';
import { airOf } from '../identity.ts';
import { checkBeside } from '../journal/beside.ts';
import { checkJournal } from '../journal/check.ts';
import { parseOptions, refusal, tell } from '../options.ts';
import { revisedReadings } from '../journal/revised.ts';
import { checkReadings } from '../readings/check.ts';
import { compareRevisions } from '../readings/compare.ts';

const SPEC = {
  usage: 'npm run verify -- --data DIR',
  options: { data: { kind: 'text', shows: 'DIR', default: './data', env: 'AIR_DATA', help: 'the data folder' } },
} as const;

/** More than this many complaints about one file say nothing new. */
const SHOWN = 20;

function complain(what: string, problems: string[]): void {
  for (const problem of problems.slice(0, SHOWN)) console.error(`${what}: ${problem}`);
  if (problems.length > SHOWN) console.error(`${what}: and ${problems.length - SHOWN} more`);
}

function verifyJournal(file: string, air: Air | null): boolean {
  const { facts, hash, problems } = existsSync(file) ? checkJournal(file, air) : { facts: 0, hash: '', problems: [`${file} is missing`] };
  if (problems.length === 0) console.log(`journal: ${facts} facts, the chain is unbroken, the last hash is ${hash}`);
  else complain('journal', problems);
  return problems.length === 0;
}

function verifyReadings(file: string): boolean {
  const { readings, days, problems } = existsSync(file) ? checkReadings(file) : { readings: 0, days: 0, problems: [`${file} is missing`] };
  if (problems.length === 0) console.log(`readings: ${readings} readings of ${days} days, all of them readable`);
  else complain('readings', problems);
  return problems.length === 0;
}

/** The readings store against the journal: what was revised is kept as the journal tells it. */
function verifyRevisions(journal: string, readings: string): boolean {
  if (!existsSync(journal) || !existsSync(readings)) return true;
  const { same, open, overtaken, dropped, problems } = compareRevisions(readings, revisedReadings(journal));
  complain('readings', problems);
  if (problems.length > 0 || same + open + overtaken + dropped === 0) return problems.length === 0;
  const besides = [open > 0 ? `${open} that were not kept before the server ended: sent again, or kept at the next start` : '', overtaken > 0 ? `${overtaken} that a newer value overtook` : '', dropped > 0 ? `${dropped} of minutes that were dropped since` : ''];
  console.log(`revisions: ${[`${same} are kept as the journal tells them`, ...besides.filter((each) => each !== '')].join(', ')}`);
  return true;
}

/** What a start goes by so that it need not read the whole journal. */
async function verifyBeside(journal: string): Promise<boolean> {
  const { said, problems } = await checkBeside(journal);
  for (const line of said) console.log(`journal: ${line}`);
  complain('journal', problems);
  return problems.length === 0;
}

async function run(args: string[]): Promise<number> {
  const parsed = parseOptions(SPEC, args);
  if (!parsed.ok) return tell(parsed, console);
  const { data } = parsed.options;
  const journal = path.join(data, 'journal.sqlite');
  const readings = path.join(data, 'readings.sqlite');
  if (!existsSync(journal) && !existsSync(readings)) {
    return tell(refusal(SPEC, `${data} holds neither journal.sqlite nor readings.sqlite: it is no data folder`), console);
  }
  const whole = [verifyJournal(journal, airOf(data)), verifyReadings(readings)];
  const sound = whole.every((each) => each) && [verifyRevisions(journal, readings), await verifyBeside(journal)].every((each) => each);
  if (!sound) console.error(`${data} is NOT as it was written`);
  return sound ? 0 : 1;
}

/** Exit 0: all is as it was written; 1: something is not, and what; 2: the options are wrong. */
export function main(args: string[]): Promise<number> {
  return run(args);
}
