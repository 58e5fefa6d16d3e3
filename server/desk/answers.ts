/**
 * What each command answered, told from the facts that it made: whoever asks again after a start is answered as before, with the alert
 * or the order as it was right after them.
 */
import { waitsFor } from '../../shared/acknowledge.ts';
import { AlertBook } from '../../shared/book.ts';
import type { Fact, FactKind, FactOf } from '../../shared/fact.ts';
import { foldResponse } from '../../shared/response.ts';
import type { Alert } from '../../shared/situation.ts';
import type { AcknowledgeAsked, Acknowledged, AlertAsked, AlertSet, CallAsked, CallSet, HandoverAsked, HandoverSet, LevelAsked, LevelSet, OrderAsked, OrderMoved, ReviewAsked, ReviewSet, ServiceAsked, ServiceSet } from '../http/ports.ts';
import type { DeskPorts } from './ports.ts';
import type { Answer } from './lasting.ts';

type Ports = Pick<DeskPorts, 'about'>;

function ofKind<K extends FactKind>(facts: readonly Fact[], kind: K): (Fact & FactOf<K>)[] {
  return facts.filter((fact): fact is Fact & FactOf<K> => fact.kind === kind);
}

/** Facts about it up to the last of these. */
async function until(ports: Ports, about: { of: 'alert' | 'order'; id: string }, facts: readonly Fact[]): Promise<Fact[]> {
  const last = facts.at(-1)?.seq ?? 0;
  return (await ports.about(about.of, about.id)).filter(({ seq }) => seq <= last);
}

async function alertThen(ports: Ports, id: string, facts: readonly Fact[]): Promise<Alert | undefined> {
  const book = new AlertBook({}, { forgets: false });
  book.take(await until(ports, { of: 'alert', id }, facts));
  return book.of(id);
}

export const alertAnswer = (ports: Ports): Answer<AlertAsked, AlertSet> => async ({ alert: id }, facts) => {
  const alert = await alertThen(ports, id, facts);
  return alert === undefined ? null : { alert };
};

export const acknowledgeAnswer = (ports: Ports): Answer<AcknowledgeAsked, Acknowledged> => async ({ alert: id }, facts) => {
  const [said] = ofKind(facts, 'alert-acknowledged');
  const alert = await alertThen(ports, id, facts);
  if (said === undefined || alert === undefined) return null;
  return { alert: id, occurrence: said.occurrence, version: alert.version, by: said.by, at: said.at, note: said.note, waits: waitsFor(alert) };
};

export const orderAnswer = (ports: Ports): Answer<OrderAsked, OrderMoved> => async ({ order: id }, facts) => {
  const [moved] = ofKind(facts, 'order-moved');
  const { orders } = (await until(ports, { of: 'order', id }, facts)).reduce(foldResponse, { orders: {}, levels: {} });
  const order = orders[id];
  return moved === undefined || order === undefined ? null : { id, state: order.state, version: order.version, by: moved.by, at: moved.at };
};

export const levelAnswer: Answer<LevelAsked, LevelSet> = (_, facts) => {
  const [changed] = ofKind(facts, 'level-changed');
  return changed === undefined ? null : { level: changed.level, orders: ofKind(facts, 'order-issued').map(({ order }) => ({ id: order })) };
};

export const handoverAnswer: Answer<HandoverAsked, HandoverSet> = (_, facts) => {
  const [said] = [...ofKind(facts, 'handover-offered'), ...ofKind(facts, 'handover-signed')];
  return said === undefined ? null : { handover: said.handover, by: said.by, at: said.at, signed: said.kind === 'handover-signed' };
};

export const callAnswer: Answer<CallAsked, CallSet> = (_, facts) => {
  const [made] = ofKind(facts, 'call-made');
  return made === undefined ? null : { calls: made.calls.length, by: made.by, at: made.at, spoke: made.spoke };
};

export const serviceAnswer: Answer<ServiceAsked, ServiceSet> = ({ by }, facts) => {
  const [said] = [...ofKind(facts, 'station-out-of-service'), ...ofKind(facts, 'station-in-service')];
  return said === undefined ? null : { station: said.station, outOfService: said.kind === 'station-out-of-service', by, at: said.at };
};

/** A value of their station that overtook some of the readings in that very moment is not in the facts. */
export const reviewAnswer: Answer<ReviewAsked, ReviewSet> = (_, facts) => {
  const said = ofKind(facts, 'readings-reviewed');
  const [first] = said;
  if (first === undefined) return null;
  const { station, pollutant, verdict, level, by, at } = first;
  return { station, pollutant, verdict, level: level ?? 'automatic', by, at, readings: said.reduce((sum, { readings }) => sum + readings.length, 0), overtaken: 0 };
};
