/** `npm run verify`: is what is kept as it was written? Also while the server runs. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Air } from '../../shared/fact.ts';
import { airOf } from '../identity.ts';
import { checkBeside } from '../journal/beside.ts';
import { checkJournal } from '../journal/check.ts';
import { parseOptions, refusal, tell } from '../options.ts';
import { revisedReadings } from '../journal/revised.ts';
import { EXERCISES, exercisesIn, RECORD } from '../main/exercise/records.ts';
import { JOURNAL, READINGS } from '../main/files.ts';
import { checkReadings } from '../readings/check.ts';
import { compareRevisions } from '../readings/compare.ts';

const SPEC = {
  usage: 'npm run verify -- --data DIR',
  options: { data: { kind: 'text', shows: 'DIR', default: './data', env: 'AIR_DATA', help: 'the data folder' } },
} as const;

/** More than this many complaints about one file say nothing new. */
const SHOWN = 20;

/** Of which folder a line is: of an exercise it says so. */
type Of = { dir: string; about: string };

function complain(what: string, problems: string[]): void {
  for (const problem of problems.slice(0, SHOWN)) console.error(`${what}: ${problem}`);
  if (problems.length > SHOWN) console.error(`${what}: and ${problems.length - SHOWN} more`);
}

function verifyJournal({ dir, about }: Of, air: Air | null): boolean {
  const file = path.join(dir, JOURNAL);
  const { facts, hash, problems } = existsSync(file) ? checkJournal(file, air) : { facts: 0, hash: '', problems: [`${file} is missing`] };
  if (problems.length === 0) console.log(`${about}journal: ${facts} facts, the chain is unbroken, the last hash is ${hash}`);
  else complain(`${about}journal`, problems);
  return problems.length === 0;
}

function verifyReadings({ dir, about }: Of): boolean {
  const file = path.join(dir, READINGS);
  const { readings, days, problems } = existsSync(file) ? checkReadings(file) : { readings: 0, days: 0, problems: [`${file} is missing`] };
  if (problems.length === 0) console.log(`${about}readings: ${readings} readings of ${days} days, all of them readable`);
  else complain(`${about}readings`, problems);
  return problems.length === 0;
}

/** The readings store against the journal: what was revised is kept as the journal tells it. */
function verifyRevisions({ dir, about }: Of): boolean {
  const [journal, readings] = [path.join(dir, JOURNAL), path.join(dir, READINGS)];
  if (!existsSync(journal) || !existsSync(readings)) return true;
  const { same, open, overtaken, dropped, problems } = compareRevisions(readings, revisedReadings(journal));
  complain(`${about}readings`, problems);
  if (problems.length > 0 || same + open + overtaken + dropped === 0) return problems.length === 0;
  const besides = [open > 0 ? `${open} that were not kept before the server ended: sent again, or kept at the next start` : '', overtaken > 0 ? `${overtaken} that a newer value overtook` : '', dropped > 0 ? `${dropped} of minutes that were dropped since` : ''];
  console.log(`${about}revisions: ${[`${same} are kept as the journal tells them`, ...besides.filter((each) => each !== '')].join(', ')}`);
  return true;
}

/** What a start goes by so that it need not read the whole journal. */
async function verifyBeside({ dir, about }: Of): Promise<boolean> {
  const { said, problems } = await checkBeside(path.join(dir, JOURNAL));
  for (const line of said) console.log(`${about}journal: ${line}`);
  complain(`${about}journal`, problems);
  return problems.length === 0;
}

async function verifyFolder(of: Of, air: Air | null): Promise<boolean> {
  const whole = [verifyJournal(of, air), verifyReadings(of)];
  return whole.every((each) => each) && [verifyRevisions(of), await verifyBeside(of)].every((each) => each);
}

/** Each exercise is a folder of its own, of its own air: nothing of it is looked at together with the real room's. */
async function verifyExercises(data: string): Promise<boolean> {
  const checked: boolean[] = [];
  for (const { id, dir, record } of exercisesIn(data)) {
    const about = `${EXERCISES}/${id}: `;
    // One whose room the disk refused never held anything, and may not even have been written down.
    const held = existsSync(path.join(dir, JOURNAL)) || existsSync(path.join(dir, READINGS));
    const told = record !== null || (!held && !existsSync(path.join(dir, RECORD)));
    if (!told) complain(`${EXERCISES}/${id}`, [`${RECORD} is missing, or not what a server wrote there`]);
    checked.push(told && (!held || await verifyFolder({ dir, about }, 'exercise')));
  }
  return checked.every((each) => each);
}

async function run(args: string[]): Promise<number> {
  const parsed = parseOptions(SPEC, args);
  if (!parsed.ok) return tell(parsed, console);
  const { data } = parsed.options;
  if (![JOURNAL, READINGS].some((name) => existsSync(path.join(data, name)))) {
    return tell(refusal(SPEC, `${data} holds neither ${JOURNAL} nor ${READINGS}: it is no data folder`), console);
  }
  const sound = [await verifyFolder({ dir: data, about: '' }, airOf(data)), await verifyExercises(data)].every((each) => each);
  if (!sound) console.error(`${data} is NOT as it was written`);
  return sound ? 0 : 1;
}

/** Exit 0: all is as it was written; 1: something is not, and what; 2: the options are wrong. */
export function main(args: string[]): Promise<number> {
  return run(args);
}
