/** The compliance summary of a house: the same for a report from files and for a running server. */
import { createHash } from 'node:crypto';
import { type DayRange, type Summary, type SummaryInput, summaryOf, summarySteps } from '../../shared/summary.ts';
import { addDays } from '../../shared/time.ts';
import type { Refused } from '../http/ports.ts';
import type { House } from './house.ts';
import { reportHtml } from '../reports/html.ts';
import { eventInfo } from './info.ts';

const sha256 = () => createHash('sha256');

/** Civil days; null: the event's own first or last one. */
type Asked = { from: string | null; to: string | null };

export function rangeOf({ config: { event: { period } } }: Pick<House, 'config'>, { from, to }: Asked): DayRange {
  return { from: from ?? period.from, to: to ?? period.to };
}

/** A year of days: more is asked for in pieces. */
const MOST_DAYS = 366;

/** Why a range cannot be summed up, or null. */
export function badRange(house: Pick<House, 'config'>, asked: Asked): Refused | null {
  const { from, to } = rangeOf(house, asked);
  const { period } = house.config.event;
  const refused = (detail: string): Refused => ({ ok: false, status: 400, code: 'bad-request', detail });
  if (from > to) return refused(`from ${from} is after to ${to}; the event is from ${period.from} to ${period.to}`);
  return addDays(from, MOST_DAYS) <= to ? refused(`from ${from} to ${to} is more than ${MOST_DAYS} days; ask for a year at a time`) : null;
}

/** No 8-hour means of ozone are kept here: an AQI names them as missing. */
const noOzone: SummaryInput['ozone'] = () => null;

function inputOf({ config, bench, room, clock }: House): SummaryInput {
  const alertFacts = [...room.alertFiles()].flatMap(({ history }) => history).sort((a, b) => a.seq - b.seq);
  return { calendar: config.calendar, ledger: bench.ledger, standards: config.standards, ozone: noOzone, alertFacts, orders: room.orders(), now: clock.now(), sha256 };
}

/** The summary of a range of civil days. */
export const summarise = (house: House, asked: Asked): Summary => summaryOf(inputOf(house), rangeOf(house, asked));

/** Milliseconds at a stretch, and how often it is begun again where closed hours move meanwhile. */
const SLICE = 10;
const ATTEMPTS = 3;

/** The same beside a room that goes on: whoever reads a report never holds up a wall. */
export async function summariseAside(house: House, asked: Asked): Promise<Summary> {
  const { ledger } = house.bench;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { settled } = ledger;
    const summary = await inSlices(summarySteps(inputOf(house), rangeOf(house, asked)), () => ledger.settled === settled);
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
