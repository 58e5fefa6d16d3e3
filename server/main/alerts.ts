/** Which alerts a question chooses: what has not closed is at hand, what has is looked for in the journal, a page at a time. */
import { choosesAlert } from '../../shared/api.ts';
import { type Listed, MOST_LISTED, pageOf } from '../../shared/page.ts';
import type { Alert } from '../../shared/situation.ts';
import type { AlertQuery, AlertsFound } from '../http/ports.ts';
import type { House } from './house.ts';

const placeOf = ({ id, period: { start } }: Alert): Listed => ({ id, start });

export async function alertsChosen({ room, archive }: Pick<House, 'room' | 'archive'>, query: AlertQuery): Promise<AlertsFound> {
  const { from, to, state, limit, before } = query;
  const { seq, alerts } = room.situation();
  const everywhere = state === 'all' || state === 'closed' || (state === null && (from !== null || to !== null));
  if (everywhere) return { seq, ...await everChosen(archive, query) };
  const chosen = Object.values(alerts).filter((alert) => choosesAlert(query, alert));
  if (limit === undefined && before === undefined) return { seq, alerts: chosen, next: null };
  const most = limit ?? MOST_LISTED;
  const page = pageOf(chosen.map(placeOf), { from: -Infinity, to: Infinity, before: before ?? null, limit: most + 1 });
  return { seq, ...cut(page.flatMap(({ id }) => alerts[id] ?? []), most) };
}

const cut = (found: readonly Alert[], limit: number): Omit<AlertsFound, 'seq'> => {
  const alerts = found.slice(0, limit);
  const last = alerts.at(-1);
  return { alerts, next: found.length > limit && last !== undefined ? placeOf(last) : null };
};

async function everChosen(archive: House['archive'], query: AlertQuery): Promise<Omit<AlertsFound, 'seq'>> {
  const limit = query.limit ?? MOST_LISTED;
  const found: Alert[] = [];
  // One more than is answered: so it is known whether there is one.
  for (let before = query.before ?? null; found.length <= limit;) {
    const page = await archive.latest({ from: query.from ?? -Infinity, to: query.to ?? Infinity, before, limit: limit + 1 - found.length });
    const last = page.at(-1);
    if (last === undefined) break;
    found.push(...(await archive.files(page.map(({ id }) => id))).map(({ alert }) => alert).filter((alert) => choosesAlert(query, alert)));
    before = last;
  }
  return cut(found, limit);
}
