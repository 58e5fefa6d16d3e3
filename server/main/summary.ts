/** The compliance summary of a house: the same for a report from files and for a running server. */
import { createHash } from 'node:crypto';
import { type DayRange, type Summary, summaryOf } from '../../shared/summary.ts';
import type { House } from './house.ts';
import { reportHtml } from '../reports/html.ts';
import { eventInfo, standardOf } from './info.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The summary of a range of civil days; the event's own period where an end is not given. */
export function summarise(house: House, { from, to }: { from: string | null; to: string | null }): Summary {
  const { config, bench, room, clock } = house;
  const { period } = config.event;
  const range: DayRange = { from: from ?? period.from, to: to ?? period.to };
  const alertFacts = [...room.alertFiles()].flatMap(({ history }) => history).sort((a, b) => a.seq - b.seq);
  return summaryOf({ calendar: config.calendar, ledger: bench.ledger, standard: standardOf(config).id, alertFacts, orders: room.orders(), now: clock.now(), sha256 }, range);
}

/** The summary as a page that prints. */
export function reportPage(house: House, range: { from: string | null; to: string | null }): string {
  const { config, air, clock } = house;
  return reportHtml({ summary: summarise(house, range), event: eventInfo(config, { air, build: '' }), at: clock.now() });
}
