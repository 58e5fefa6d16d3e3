/** The doors of the house: the real room's faces, and beside them what is the house's own: exercises, accounts, the single sign-on. */
import { askingIn } from '../../shared/handover.ts';
import type { Sockets } from '../screens/feed.ts';
import { type Accounts, openAccounts } from './accounts.ts';
import { Exercises } from './exercise/exercises.ts';
import { open } from './faces.ts';
import type { House } from './house.ts';
import { openOutside, type Outside, type OutsideParts, type State } from './outside.ts';
import { signOnOf } from './sign-on.ts';

type Opening = { parts: Omit<OutsideParts, 'beside' | 'stand'>; house: House; state: State };
export type Doors = { outside: Outside; sockets: Sockets; exercises: Exercises; accounts: Accounts };

/** Opens them. The real room and an exercise are told of each other no more than they must know. */
export async function openDoors({ parts, house, state }: Opening): Promise<Doors> {
  const { listening, folder: { access } } = parts;
  const signOn = await signOnOf({ ...parts, access, env: process.env, url: listening.url });
  const made: { sockets: Sockets | null; board: Outside['board'] | null } = { sockets: null, board: null };
  const exercises = new Exercises({ parts, real: () => askingIn(house.room.situation()), changed: () => { made.board?.touched(); } });
  const accounts = openAccounts(house, access);
  const outside = openOutside({
    ...parts, beside: () => ({ exercise: exercises.header() }), elsewhere: exercises.sees,
    stand: ({ http, showing }) => {
      const { screens, sockets } = open(listening, { http: { ...http, exercises, accounts: accounts.commands, signOn }, showing });
      made.sockets = sockets;
      return screens;
    },
  }, house, state);
  made.board = outside.board;
  house.room.onShow(exercises.touched);
  if (made.sockets === null) throw new Error('the room stands nowhere');
  return { outside, sockets: made.sockets, exercises, accounts };
}
