/** The compliance summary of a house: the same for a report from files and for a running server. */
import { createHash } from 'node:crypto';
import { type DayRange, type Summary, type SummaryInput, summaryOf, summarySteps } from '../../shared/summary.ts';
import { addDays } from '../../shared/time.ts';
import type { Refused } from '../http/ports.ts';
import type { House } from './house.ts';
import { Archive } from '../archive.ts';
import { benchAsKnownAt } from './known.ts';
import { reportHtml } from '../reports/html.ts';
import { eventInfo } from './info.ts';

const sha256 = () => createHash('sha256');

/** Civil days; null: the event's own first or last one. */
type Days = { from: string | null; to: string | null };
/** `knownAt`: a past moment to be summed up as it was known then, UTC ms; null: now. */
type Asked = Days & { knownAt: number | null };

export function rangeOf({ config: { event: { period } } }: Pick<House, 'config'>, { from, to }: Days): DayRange {
  return { from: from ?? period.from, to: to ?? period.to };
}

/** A year of days: more is asked for in pieces. */
const MOST_DAYS = 366;

/** Why a range cannot be summed up, or null. */
export function badRange(house: Pick<House, 'config'>, asked: Days): Refused | null {
  const { from, to } = rangeOf(house, asked);
  const { period } = house.config.event;
  const refused = (detail: string): Refused => ({ ok: false, status: 400, code: 'bad-request', detail });
  if (from > to) return refused(`from ${from} is after to ${to}; the event is from ${period.from} to ${period.to}`);
  return addDays(from, MOST_DAYS) <= to ? refused(`from ${from} to ${to} is more than ${MOST_DAYS} days; ask for a year at a time`) : null;
}

/** What a summary rests on: the house as it is, or as it was known at `now`. */
type Rests = Pick<House, 'config' | 'bench' | 'archive'> & { now: number };

async function inputOf({ config: { calendar, civil, standards }, bench: { ledger }, archive, now }: Rests, { from, to }: DayRange): Promise<SummaryInput> {
  const span = { from: civil.at(from), to: civil.at(addDays(to, 1)) };
  return { calendar, ledger, standards, alertFacts: await archive.alertFacts(span), orders: await archive.orders(span), now, sha256 };
}

const asItIs = (house: House, range: DayRange): Promise<SummaryInput> => inputOf({ ...house, now: house.clock.now() }, range);

/** The summary of a range of civil days. */
export async function summarise(house: House, asked: Days): Promise<Summary> {
  const range = rangeOf(house, asked);
  return summaryOf(await asItIs(house, range), range);
}

/** Milliseconds at a stretch, and how often it is begun again where closed hours move meanwhile. */
const SLICE = 10;
const ATTEMPTS = 3;

/** The same beside a room that goes on: whoever reads a report never holds up a wall. */
export async function summariseAside(house: House, asked: Asked): Promise<{ ok: true; summary: Summary } | Refused> {
  const bad = badRange(house, asked);
  if (bad !== null) return bad;
  return asked.knownAt === null ? { ok: true, summary: await asideNow(house, asked) } : await asideThen(house, asked, asked.knownAt);
}

/** As it was known at a past moment, which stands still. */
async function asideThen(house: House, asked: Days, at: number): Promise<{ ok: true; summary: Summary } | Refused> {
  const { civil } = house.config;
  const range = rangeOf(house, asked);
  const then = await benchAsKnownAt(house, { from: civil.at(range.from), to: civil.at(addDays(range.to, 1)), at });
  if (!then.ok) return then;
  const input = await inputOf({ config: house.config, bench: then.known, archive: new Archive({ journal: house.journal, until: at }), now: at }, range);
  const summary = await inSlices(summarySteps({ ...input, asKnownAt: at }, range), () => true) ?? summaryOf(input, range);
  return { ok: true, summary };
}

async function asideNow(house: House, asked: Days): Promise<Summary> {
  const { ledger } = house.bench;
  const range = rangeOf(house, asked);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const input = await asItIs(house, range);
    const { settled } = ledger;
    const summary = await inSlices(summarySteps(input, range), () => ledger.settled === settled);
    if (summary !== null) return summary;
  }
  return summarise(house, asked);
}

/** Runs steps in slices; null as soon as what they rest on does not hold any more. */
async function inSlices<T>(steps: Generator<undefined, T>, holds: () => boolean): Promise<T | null> {
  while (holds()) {
    const until = performance.now() + SLICE;
    while (performance.now() < until) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  return null;
}

/** A summary as a page that prints. */
export function reportPage({ config, air, clock }: House, summary: Summary): string {
  return reportHtml({ summary, event: eventInfo(config, { air, build: '' }), at: clock.now() });
}
