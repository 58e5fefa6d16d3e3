/** A verdict by hand: on one reading, or on all of a station and pollutant in a stretch of time. */
import { decideReview, type ReviewDecided } from '../../shared/by-hand.ts';
import type { KeptReading } from '../../shared/reading.ts';
import { DAY } from '../../shared/time.ts';
import type { CommandResult, Refused, ReviewAsked, ReviewSet } from '../http/ports.ts';
import { notDurable, type DeskPorts } from './ports.ts';
import { lacks } from './rights.ts';
import type { Turns } from './turns.ts';

/** Longer stretches are reviewed in pieces. */
const LONGEST = 7 * DAY;

const bad = (code: 'bad-request' | 'unknown-place' | 'replaying', detail: string): Refused =>
  ({ ok: false, status: code === 'bad-request' ? 400 : code === 'unknown-place' ? 404 : 409, code, detail });

/** To doubt a reading is for whoever watches; to accept, to refuse or to sign one is a leader's word. */
const barred = ({ role, verdict, level }: ReviewAsked): Refused | null => lacks(role, verdict === 'suspect' && level === 'reviewed' ? 'doubt' : 'review');

function checked({ readings }: DeskPorts, asked: ReviewAsked): Refused | null {
  const refused = barred(asked);
  if (refused !== null) return refused;
  const { station, from, to } = asked;
  if (!readings.knows(station)) return bad('unknown-place', `the network has no station "${station}"`);
  if (to - from > LONGEST) return bad('bad-request', 'from and to are more than seven days apart; review a longer stretch in pieces');
  return readings.replaying() ? bad('replaying', 'recorded readings are being played; ask again once /readyz says that the replay is done') : null;
}

/** The last revision of each key that is asked for. */
function lastOf(revisions: readonly KeptReading[], minutes: number | null): KeptReading[] {
  const last = new Map<string, KeptReading>();
  for (const reading of revisions) if (minutes === null || reading.minutes === minutes) last.set(`${reading.start}/${reading.minutes}`, reading);
  return [...last.values()];
}

const SAID = {
  'nothing-to-review': 'no reading with a value is kept there that this verdict could be about', 'already-verified': 'this is verified already: a leader can change it',
} as const;

function decide({ readings: { ledger }, now }: DeskPorts, { verdict, level, reason, by, role }: ReviewAsked, kept: readonly KeptReading[]): ReviewDecided {
  return decideReview(ledger, kept, { verdict, level, reason, by, at: now(), signs: lacks(role, 'review') === null });
}

async function inTurn(ports: DeskPorts, asked: ReviewAsked): Promise<CommandResult<ReviewSet>> {
  const refused = checked(ports, asked);
  if (refused !== null) return refused;
  const { station, pollutant, from, to, minutes, verdict, level, by } = asked;
  // What is averaged and not yet kept is waited for: a verdict is about readings that are there to stay.
  if (!(await ports.readings.settled())) return notDurable;
  const decided = decide(ports, asked, lastOf(await ports.readings.revisions({ station, pollutant, from, to }), minutes));
  if (!decided.ok) return { ok: false, status: 409, code: decided.code, detail: SAID[decided.code] };
  const written = await ports.journal.command(decided.drafts);
  if (!written.ok) return notDurable;
  const { readings, overtaken } = await ports.readings.apply(written.facts);
  const at = decided.drafts[0]?.at ?? ports.now();
  return { ok: true, status: 200, body: { station, pollutant, verdict, level: verdict === 'automatic' ? 'automatic' : level, by, at, readings, overtaken } };
}

/** Reviews of one station and pollutant come one after the other: the second sees what the first made of the readings. */
export const review = (ports: DeskPorts, turns: Turns) => (asked: ReviewAsked): Promise<CommandResult<ReviewSet>> =>
  turns(`review:${asked.station}:${asked.pollutant}`, () => inTurn(ports, asked));
