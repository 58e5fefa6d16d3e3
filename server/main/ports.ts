/** What HTTP and the screens are handed: questions to the house, and staff's commands. */
import { createDesk } from '../desk/desk.ts';
import type { AskedBefore, ReviewPorts } from '../desk/ports.ts';
import type { CommandPorts, QueryPorts, Readiness } from '../http/ports.ts';
import type { Board } from '../board.ts';
import { suspectIn } from '../../shared/air.ts';
import type { EventInfo, Snapshot } from '../../shared/wire.ts';
import { alertsChosen } from './alerts.ts';
import { aqiNow } from './aqi.ts';
import { calendarOfEvent } from './calendar.ts';
import type { Begun, House } from './house.ts';
import { benchAsKnownAt } from './known.ts';
import { reportPage, summariseAside } from './summary.ts';
import { summaryJson } from '../reports/json.ts';
import { snapshotAt } from './past.ts';
import { seriesOf } from './series.ts';

export type Faces = {
  house: House; board: Board; epoch: string; info: EventInfo; readiness: () => Readiness; sockets: () => number;
};

export function snapshotOf({ house, board, epoch }: Faces): Snapshot {
  const { airSeq, air } = board.cells();
  const room = house.room.situation();
  return { epoch, seq: room.seq, airSeq, at: house.clock.now(), room, air };
}

/** Everything that may be looked at. */
export function queryPorts(faces: Faces, totals: { readings: number; facts: number }): QueryPorts {
  const { house } = faces;
  const { archive, bench, store, journal, config, keeper, sequencer } = house;
  const knows = ({ kind, id }: { kind: 'city' | 'station'; id: string }): boolean =>
    (kind === 'station' ? config.stationById(id) !== undefined : config.places.some((place) => place.id === id));
  return {
    situation: () => snapshotOf(faces), situationAt: (at) => snapshotAt(faces, at),
    event: () => faces.info,
    calendar: () => calendarOfEvent(config, house.clock.now()),
    aqi: (city) => aqiNow(house, city),
    alerts: (query) => alertsChosen(house, query),
    alert: async (id) => await archive.file(id) ?? null,
    series: (query) => seriesOf({ bench, store, knows, past: (asked) => benchAsKnownAt(house, asked) }, query),
    journal: (after, limit) => journal.read(after, limit),
    report: async (asked) => {
      const made = await summariseAside(house, asked);
      return made.ok ? { ok: true, json: summaryJson(made.summary) } : made;
    },
    reportHtml: async (asked) => {
      const made = await summariseAside(house, asked);
      return made.ok ? { ok: true, html: reportPage(house, made.summary) } : made;
    },
    readiness: faces.readiness, eventNow: house.clock.now,
    gauges: () => ({ ...totals, queued: keeper.owed() + sequencer.state().queued, sockets: faces.sockets() }),
  };
}

function reviewPorts({ house: { config, bench, keeper, store }, readiness }: Faces, apply: Begun['review']): ReviewPorts {
  return {
    knows: (station) => config.stationById(station) !== undefined, ledger: bench.ledger, revisions: store.revisions, apply,
    settled: async () => (await keeper.keep([])).ok, replaying: () => readiness().replay?.done === false,
  };
}

/** What the room remembers says where it is, the journal what it was. */
export function askedBefore({ room, machine, journal }: Pick<House, 'room' | 'machine' | 'journal'>): AskedBefore {
  return (by, key) => {
    const asked = room.asked(by, key, machine());
    return asked === null ? null : journal.read(asked.first - 1, asked.last - asked.first + 1);
  };
}

/** Everything that staff may do; after each command the watch looks again at what is due. */
export function commandPorts(faces: Faces, { watch, review }: Begun): CommandPorts {
  const { house } = faces;
  const { room, archive, clock, machine, sequencer, config } = house;
  const desk = createDesk({
    room: () => room.situation(), alert: (id) => room.alert(id), longClosed: (id) => archive.alert(id), doubts: () => ({ suspect: suspectIn(faces.board.cells().air) }), now: clock.now, machine, journal: sequencer, plan: config.plan,
    areas: config.areas.map(({ id }) => id), civil: config.civil, drillOn: config.calendar.drillOn, readings: reviewPorts(faces, review), asked: askedBefore(house), about: (of, id) => house.journal.about(of, [id]),
  });
  const then = <A, B>(command: (asked: A) => Promise<B>) => async (asked: A): Promise<B> => {
    const result = await command(asked);
    watch.arm();
    return result;
  };
  const { acknowledge, shelve, unshelve, comment, handle, setService, handOver, call, setLevel, moveOrder, review: word } = desk;
  return {
    acknowledge: then(acknowledge), shelve: then(shelve), unshelve: then(unshelve), comment: then(comment), handle: then(handle),
    setService: then(setService), handOver: then(handOver), call: then(call), setLevel: then(setLevel), moveOrder: then(moveOrder), review: then(word),
  };
}
