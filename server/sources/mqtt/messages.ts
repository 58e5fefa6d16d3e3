/** What comes of a message: its readings, taken by the room, or kept raw with the reason. */
import { decodeReadings, type Reject } from '../../../shared/decode.ts';
import { deliveriesOf, type Take } from '../../../shared/delivery.ts';
import type { Station } from '../../../shared/event.ts';
import { stationNames } from '../../../shared/network.ts';
import type { Reading } from '../../../shared/reading.ts';
import type { MqttSource } from '../../../shared/sources.ts';
import { type Civil, durationMs, MINUTE } from '../../../shared/time.ts';
import { scaled, type Scales, scalesOf } from '../../../shared/units.ts';
import { rowsOf, type Topic, topicOf } from './message.ts';

export type MessageParts = {
  source: MqttSource; stations: readonly Station[]; civil: Civil; now: () => number; take: Take;
  /** Keeps a message of which something is no reading. */
  keepFailed: (failed: { topic: string; detail: string; raw: Buffer }) => void;
};
export type MqttState = { id: string; connected: boolean; messages: number; failed: number; withheld: number };

export class Messages {
  readonly state: MqttState;
  readonly topic: Topic;
  private readonly parts: MessageParts;
  private readonly stationOf: (name: string) => string;
  private readonly scales: Scales;
  private readonly minutes: number;

  constructor(parts: MessageParts) {
    const { source, stations } = parts;
    this.parts = parts;
    const known = stationNames(stations);
    this.stationOf = (name) => known.get(name) ?? name;
    this.topic = topicOf(source.topic);
    this.scales = scalesOf(source);
    this.minutes = Math.min(60, (durationMs(source.interval) ?? 0) / MINUTE);
    this.state = { id: source.id, connected: false, messages: 0, failed: 0, withheld: 0 };
  }

  /** Whether it may be confirmed: what it held is durable, or nothing of it ever will be. */
  async handle(topic: string, raw: Buffer): Promise<boolean> {
    const { parts: { source, civil }, state, minutes } = this;
    const read = this.topic.read(topic);
    if (read === null) return true;
    state.messages += 1;
    const rows = rowsOf(raw, { ...read, station: this.stationOf(read.station), names: source.names, period: minutes === 60 ? 'PT1H' : `PT${minutes}M`, start: new Date(this.periodNow()).toISOString() });
    if (typeof rows === 'string') return this.failed(topic, rows, raw);
    const { readings, rejected } = decodeReadings(rows, { hourOf: civil.hour, values: 'json' });
    if (rejected.length > 0) this.failed(topic, rejected.map(({ code, detail }) => `${code}: ${detail}`).join('; '), raw);
    return this.deliver(readings, rejected);
  }

  private async deliver(readings: readonly Reading[], rejected: readonly Reject[]): Promise<boolean> {
    const { parts: { source, take }, scales } = this;
    const kept = readings.flatMap((reading) => {
      const value = reading.value === null ? null : scaled(reading.value, scales(reading.pollutant));
      return value === undefined ? [] : [{ ...reading, value }];
    });
    const [delivery] = deliveriesOf(source.id, { readings: kept, rejected });
    const taken = delivery === undefined ? { ok: true } : await take(delivery);
    if (!taken.ok) this.state.withheld += 1;
    return taken.ok;
  }

  private failed(topic: string, detail: string, raw: Buffer): true {
    this.state.failed += 1;
    this.parts.keepFailed({ topic, detail, raw });
    return true;
  }

  /** Where a message's own words say no time: the running period, or the one before it where labels mean the end. */
  private periodNow(): number {
    const { civil, now, source } = this.parts;
    const length = this.minutes * MINUTE;
    const at = source.label === 'end' ? now() - length : now();
    const hour = civil.hour(at);
    return hour + Math.floor((at - hour) / length) * length;
  }
}
