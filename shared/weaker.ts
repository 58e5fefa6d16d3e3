/** A period that is out of reach is still set to exceed: two alerts by their rules, one thing for whoever handles it. */
import type { Alert } from './situation.ts';

/** Whether the same is said more gravely of the same period by another open alert of the list. */
export function weakerIn(list: readonly Pick<Alert, 'id' | 'state'>[]): (alert: Pick<Alert, 'id'>) => boolean {
  const open = new Set(list.filter(({ state }) => state !== 'closed').map(({ id }) => id));
  return ({ id }) => open.has(graverId(id) ?? '');
}

const graverId = (id: string): string | null => (id.includes('-projected:') ? id.replace('-projected:', '-locked:') : null);

/** The list with each weaker alert right under the graver one of its period, where that stands above it in the same state. */
export function underGraver<A extends Pick<Alert, 'id' | 'state'>>(list: readonly A[]): A[] {
  const places = new Map(list.map((alert, at) => [alert.id, { at, state: alert.state }]));
  const moved = new Map(list.flatMap((alert, at) => {
    const graver = graverId(alert.id);
    const above = graver === null ? undefined : places.get(graver);
    return graver !== null && above !== undefined && above.at < at && above.state === alert.state ? [[graver, alert] as const] : [];
  }));
  const away = new Set(moved.values());
  return list.filter((alert) => !away.has(alert)).flatMap((alert) => { const under = moved.get(alert.id); return under === undefined ? [alert] : [alert, under]; });
}
