/** The ways out to people, as `duty.yaml` has them, put beside a house. */
import type { Channel } from '../../shared/channels.ts';
import type { Air } from '../../shared/fact.ts';
import type { Config } from '../config.ts';
import type { Log } from '../http/ports.ts';
import type { Requests } from '../notify/allowance.ts';
import { openBox } from '../notify/box.ts';
import { levelCapOf } from '../notify/cap-levels.ts';
import { capFeed, capOf, type CapSetting } from '../notify/cap.ts';
import { type Notifier, openNotifier } from '../notify/notifier.ts';
import type { Way } from '../notify/way.ts';
import { openWay, unset } from '../notify/ways.ts';
import { EXERCISE_BASE } from '../../shared/exercises.ts';
import { LATELY } from '../../shared/memory.ts';
import type { TellingsBody } from '../../shared/tellings.ts';
import type { House } from './house.ts';
import type { StartOptions } from './options.ts';
import { publicAddress } from './sign-on.ts';

type Env = Readonly<Record<string, string | undefined>>;

const usedUnder = ({ duty }: Pick<Config, 'duty'>, air: Air): Channel[] => duty.channels.filter(({ airs }) => airs.includes(air));

/** What the environment has to hold for the channels of this start and does not. */
export const channelsLacking = (config: Pick<Config, 'duty'>, air: Air, env: Env): string[] =>
  usedUnder(config, air).flatMap((channel) => unset(channel, env).map((name) => `duty.yaml: channel ${channel.id} needs the environment variable ${name}`));

/** Nobody is told; what was owed before stands. */
export const nobody = (calls: () => number, silenced = false): Notifier => ({ take: () => undefined, state: (): TellingsBody => ({ channels: [], ...(silenced ? { silenced } : {}), queued: 0, failed: calls(), messages: [] }), stop: () => Promise.resolve() });

/** Names and clocks as messages say them. */
function settingOf({ config, air, partition }: Pick<House, 'config' | 'air' | 'partition'>, env: Env): CapSetting {
  const unknown = (id: string) => ({ zh: id, en: id });
  const place = (id: string) => {
    const station = config.stationById(id);
    return station === undefined ? config.areaById(id)?.name ?? unknown(id) : unknown(station.name);
  };
  const address = publicAddress(env);
  return {
    civil: config.civil, air, event: config.event, place, desk: address === null ? null : `${address}${air === 'exercise' ? EXERCISE_BASE : ''}/desk`,
    area: (id) => config.areaById(config.stationById(id)?.area ?? id), partition: partition ?? null,
  };
}

/** How far back the feed of CAP messages reaches, event time. */
const FED = LATELY;

/** The room's alerts and response levels as CAP: the feed, and one message by its id. */
export function capPorts(house: House, env: Env): { feed: () => Promise<string>; message: (id: string) => Promise<string | null> } {
  const { room, archive, clock, journal } = house;
  const setting = settingOf(house, env);
  const messages = async () => {
    const from = clock.now() - FED;
    const levels = (await journal.about('kind', ['level-changed'])).filter((fact) => fact.kind === 'level-changed');
    return [...(await archive.files(room.movedSince(from))).flatMap(({ history }) => capOf(history, setting)), ...levelCapOf(levels, setting, from)];
  };
  return {
    feed: async () => capFeed(await messages(), setting, (await journal.read(0, 1))[0]?.at ?? clock.now()),
    message: async (id) => (await messages()).find((message) => message.id === id)?.xml ?? null,
  };
}

/** A message of an exercise is never taken for one of the real room, nor for one of another exercise: by its key, and in its body. */
export function apart(way: Way, partition: string): Way {
  const named = (id: string): string => `${partition}|${id}`;
  return { ...way, send: (message) => {
    const { id = '', references } = message.payload as { id?: string; references?: string[] };
    // Its messages are named as its keys are: by fact and channel.
    const channel = message.key.startsWith(id) ? message.key.slice(id.length) : '';
    const referring = references === undefined ? {} : { references: references.map((each) => named(`${each}${channel}`)) };
    return way.send({ ...message, key: named(message.key), payload: { ...message.payload, id: named(message.key), ...referring, exercise: partition } });
  } };
}

type Parts = { config: Config; house: House; dir: string; log: Log; env: Env; tell: StartOptions['tell']; /** Of another room, with which the channels' budgets are shared. */ requests?: Requests | undefined };

/** Opens the box and every channel that is used under this air; without any there is nobody to tell. */
export async function openTelling({ config, house, dir, log, env, tell, requests }: Parts): Promise<Notifier> {
  const { air, room, archive, clock, journal, sequencer, partition } = house;
  const open = (channel: Channel): Way => { const way = openWay(channel, env, Date.now); return partition === undefined ? way : apart(way, partition); };
  const channels = usedUnder(config, air);
  const unused = config.duty.channels.flatMap(({ id, airs }) => (airs.includes(air) ? [] : [{ id, airs }]));
  if (unused.length > 0) log.info({ air, unused }, 'channels of duty.yaml that nobody is told by under this air, for their airs do not name it');
  const calls = (): number => Object.keys(room.situation().calls).length;
  if (tell === 'nobody') log.info({}, 'nobody is told by any channel, as this start was asked (--tell nobody)');
  if (channels.length === 0 || tell === 'nobody') return nobody(calls, tell === 'nobody');
  return openNotifier({
    duty: config.duty, air, box: openBox(dir), ways: new Map(channels.map((channel) => [channel.id, open(channel)])), ...(requests === undefined ? {} : { requests }), now: Date.now, eventNow: clock.now,
    setting: settingOf(house, env),
    alert: (id) => room.alert(id), closed: async (ids) => (await archive.files(ids)).map(({ alert }) => alert), calls, append: (drafts) => room.append(drafts), journal: (after, limit) => journal.read(after, limit), log,
  }, sequencer.head().seq);
}
