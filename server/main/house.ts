/** The rooms of one event put together: what was on the disk, the averages, the journal, the path, the watch. */
import { CANARY_SOURCE } from '../../shared/canary.ts';
import { unkeptReviews } from '../../shared/by-hand.ts';
import type { Air, Fact } from '../../shared/fact.ts';
import { recall } from '../../shared/closing.ts';
import type { Bench } from '../../shared/judge.ts';
import type { KeptReading } from '../../shared/reading.ts';
import { Archive } from '../archive.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { benchOf, canaryGate, gates, openGate } from '../engine.ts';
import type { Delivery, Receipt } from '../http/ports.ts';
import type { JournalStore } from '../journal/journal.ts';
import { Sequencer } from '../journal/sequencer.ts';
import { createKeeper, type Keeper } from '../keeper.ts';
import type { ReadingsStore } from '../readings/store.ts';
import { receive, type ReceiveParts } from '../receive.ts';
import { Room } from '../room.ts';
import { applyReview, type Reviewed } from '../review.ts';
import { watch, type Watch } from '../watch.ts';
import { REPLAYED } from './folder.ts';
import { loadAll, openedAt } from './rebuild.ts';
import { type Keeping, remember } from './remember.ts';

export type HouseParts = {
  config: Config; air: Air; clock: Clock; store: ReadingsStore; journal: JournalStore;
  /** Machine time, UTC ms. */
  machine: () => number;
  /** The id of the exercise that it is the room of; absent: it is the real one. */
  partition?: string;
  /** Where the journal's checkpoints are; absent: every start takes back the whole journal. */
  keeping?: Keeping;
};

/** What the path and the watch tell the screens; a house without screens says nothing. */
export type Shown = ReceiveParts['screens'] & Parameters<typeof watch>[0]['screens'];
export const NOBODY: Shown = { moved: () => undefined, passed: () => undefined };

export type House = HouseParts & {
  bench: Bench; room: Room; archive: Archive; sequencer: Sequencer; keeper: Keeper;
  /** The fact up to which a checkpoint was found: the start had to take back only those after it. */
  checkpoint: number;
  /** Readings taken back from the disk at the start. */
  loaded: number;
  /** A replay that goes on: what is durable was judged, and what was being delivered is delivered again. */
  resumed: boolean;
};

/** Takes back what the disk has. Nothing is judged and nothing is received before `begin`. */
export async function openHouse(parts: HouseParts): Promise<House> {
  const { config, air, clock, store, journal, machine } = parts;
  const replayed = air === 'replay' ? Number(await store.noted(REPLAYED)) : null;
  const told = await journal.about('kind', ['journal-opened', 'readings-revised', 'readings-reviewed']);
  const bench = benchOf(config, { air, now: clock.now(), opened: openedAt(told) });
  const owed: KeptReading[] = [];
  const review = unkeptReviews(bench.ledger, told);
  const loaded = await loadAll(bench.ledger, store, { upTo: replayed ?? Infinity, sides: bench.sides, lacks: (kept) => lastOwed(owed, review(kept)) });
  recall(bench.ledger, told);
  const { memory, ids, head, checkpoint } = await remember(journal, parts.keeping);
  const sequencer = new Sequencer({ journal, air, now: machine }, head, ids);
  const room = new Room(sequencer, memory);
  const archive = new Archive({ journal, shownOnly: sequencer.shownOnly });
  const keeper = createKeeper(store);
  if (owed.length > 0) await keeper.keep(owed);
  const house = { ...parts, bench, room, archive, sequencer, keeper, checkpoint, loaded, resumed: replayed !== null && replayed > 0 };
  room.append([{ id: 'journal-opened', at: clock.now(), actor: 'system', body: { kind: 'journal-opened', event: config.event.id } }]);
  return house;
}

export type Begun = { watch: Watch; take: (delivery: Delivery) => Promise<Receipt>; review: (facts: readonly Fact[]) => Promise<Reviewed> };

/** A killed server had told of these reviews and not kept them: they are kept now, and the last of them holds. */
function lastOwed(owed: KeptReading[], lacking: readonly KeptReading[]): KeptReading | null {
  owed.push(...lacking);
  return lacking.at(-1) ?? null;
}

/** The source of the first start's token, which may write every station of the event. */
export const EVENT_SOURCE = 'event';
/** The source under which simulated stations send. */
export const SIMULATED_SOURCE = 'simulated';

/** Judges everything current once, then watches and receives. */
export function begin(house: House, screens: Shown): Begun {
  const { bench, clock, room, config, air, resumed } = house;
  const open = openGate(config);
  const own = gates(config, [EVENT_SOURCE, SIMULATED_SOURCE]);
  const canary = canaryGate(config);
  const gate = air === 'replay' ? () => open : (source: string) => (source === CANARY_SOURCE ? canary : own(source));
  const watching = watch({ bench, clock, room, screens, resumed });
  const parts: ReceiveParts = {
    bench, now: clock.now, gate, screens, keep: (readings) => keepAll(house, readings),
    room: {
      alerts: () => room.alerts(),
      // What readings bring may be due for more sooner than anything was before: an alert goes up after minutes.
      append: (drafts) => {
        const facts = room.append(drafts);
        if (facts.length > 0) watching.arm();
        return facts;
      },
    },
  };
  return {
    watch: watching,
    take: (delivery) => (house.keeper.hasRoom() ? receive(parts, delivery) : Promise.resolve(full)),
    review: (facts) => applyReview(parts, facts),
  };
}

const full: Receipt = { ok: false, code: 'not-durable', detail: 'the disk has refused for long and no more can be held; send again later', retryAfterSeconds: 10 };

/** Readings, and every fact that was decided with them or before. */
async function keepAll({ keeper, sequencer }: House, readings: Parameters<Keeper['keep']>[0]): ReturnType<Keeper['keep']> {
  const [kept, written] = await Promise.all([keeper.keep(readings), sequencer.durable(sequencer.head().seq)]);
  return kept.ok ? written : kept;
}
