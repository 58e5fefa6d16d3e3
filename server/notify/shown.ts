/** What the desk is shown of channels and messages. */
import type { TellingsBody } from '../../shared/tellings.ts';
import type { Listed } from './box.ts';
import type { Again, Failing } from './health.ts';

export const healthShown = (failing: Failing | null, next: Again | null) => (failing === null ? { state: 'fine' as const, since: null, reason: null, next: null } : { state: 'failing' as const, ...failing, next });

export const messageShown = ({ id, channel, what, alert, drill, said: { zh, en }, to, person, created, state, attempts, reason, settled }: Listed): TellingsBody['messages'][number] =>
  ({ id, channel, what, alert, drill, title: { zh: zh.title, en: en.title }, to, created, state, attempts, reason, settled, ...(person === undefined ? {} : { person }) });
