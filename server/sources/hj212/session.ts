/** One connection: frames in, readings on, answers out. An answer goes only once what it answers is durable. */
import type { Hj212Fault } from '../../../shared/sources.ts';
import type { Civil } from '../../../shared/time.ts';
import type { Device, Devices } from './devices.ts';
import { answer, instantOf, qnOf, request, stamp, type To } from '../../../shared/hj212/frame.ts';
import { Framer, type Piece } from './framer.ts';
import { gapOf, History } from './history.ts';
import type { Intake } from './intake.ts';
import { packetOf, type Packet } from './packet.ts';
import { type DataCommand, isData, readingsOf } from './readings.ts';
import type { FailedFrame, Failure, Tally } from './tally.ts';

export type SessionParts = {
  devices: Devices; civil: Civil; intake: Intake; tally: Tally;
  /** Event time, and machine time. */
  now: () => number; machine: () => number;
  /** Until when a station was heard; null: never. */
  heard: (station: string) => number | null;
  /** Keeps a frame that failed. */
  keepFailed: (frame: FailedFrame) => void;
};
export type Line = { peer: string; send: (frame: Uint8Array) => void };

/** What devices tell besides readings: taken note of, and answered. 9015 is their heartbeat. */
const TOLD: ReadonlySet<string> = new Set(['1011', '2021', '2022', '2031', '2041', '2062', '2081', '3019', '3020', '3022', '3024', '9015']);
const ANSWERS: ReadonlySet<string> = new Set(['9011', '9012', '9013', '9014']);
const SYSTEM = '91';

type From = { packet: Packet; device: Device; raw: Buffer };

export class Session {
  /** Frames in a row that were none of ours. */
  strange = 0;
  private readonly framer = new Framer();
  private readonly parts: SessionParts;
  private readonly line: Line;
  private readonly history: History;
  private readonly known = new Set<Device>();
  /** The period that an instantaneous value last stood for, by device and pollutant. */
  private readonly samples = new Map<string, { start: number; time: string }>();

  constructor(parts: SessionParts, line: Line) {
    this.parts = parts;
    this.line = line;
    this.history = new History({ ...parts, send: line.send });
  }

  /** Whether a part of a frame waits for the rest. */
  get waiting(): boolean {
    return this.framer.waiting > 0;
  }

  /** Takes bytes; resolves when all that was whole is answered, or will never be. `last`: see `Framer.push`. */
  async push(chunk: Uint8Array, last = false): Promise<void> {
    await Promise.all(this.framer.push(chunk, last).map((piece) => this.take(piece)));
  }

  close(): void {
    this.history.stop();
    for (const device of this.known) this.parts.tally.line(device, -1);
  }

  private async take(piece: Piece): Promise<void> {
    if (!piece.ok) { this.fail(null, piece.reason, { detail: `${piece.raw.length} bytes`, raw: piece.raw }); return; }
    const { raw } = piece;
    const parsed = packetOf(piece.segment);
    if (!parsed.ok) { this.fail(parsed.mn, parsed.reason, { detail: parsed.detail, raw }); return; }
    const { packet } = parsed;
    const device = this.admit(packet, raw);
    if (device === null || !this.allows({ packet, device, raw }, [...piece.faults, ...packet.faults])) return;
    this.hear(device, packet);
    await this.act({ packet, device, raw });
  }

  /** The device that a packet is from, if it may send at all. */
  private admit({ mn, pw, st }: Packet, raw: Buffer): Device | null {
    const device = this.parts.devices.get(mn);
    if (device === undefined) return this.fail(mn, 'unknown-device', { detail: 'no station has this number', raw });
    if (pw !== device.password) return this.fail(mn, 'password', { detail: 'PW is not the password of this device', raw });
    if (st !== SYSTEM && !device.systems.has(st)) return this.fail(mn, 'system', { detail: `ST=${st} is none of ${[...device.systems].join(', ')}`, raw });
    return device;
  }

  private allows({ packet: { mn }, device, raw }: From, faults: readonly Hj212Fault[]): boolean {
    const strict = faults.filter((fault) => !device.lenient.has(fault));
    if (strict.length === 0) return true;
    this.fail(mn, 'fault', { detail: `${strict.join(', ')} (allowed only where sources.yaml lists it under lenient)`, raw });
    return false;
  }

  private hear(device: Device, { qn, st }: Packet): void {
    const { tally, civil, now, heard } = this.parts;
    const at = now();
    const told = tally.of(device);
    const sent = qn === null ? null : instantOf(civil, qn.slice(0, 14));
    Object.assign(told, { frames: told.frames + 1, heardAt: at }, sent === null ? {} : { skew: sent - at });
    tally.frames += 1;
    this.strange = 0;
    if (this.known.has(device)) return;
    this.known.add(device);
    tally.line(device, 1);
    const gap = gapOf(civil, { now: at, heard: heard(device.station), history: device.history });
    if (gap !== null && st !== SYSTEM) this.history.ask(device, st, gap);
  }

  private async act(from: From): Promise<void> {
    const { packet, device, raw } = from;
    const { cn } = packet;
    if (isData(cn)) return this.data(from, cn);
    if (ANSWERS.has(cn)) this.history.answered(packet);
    else if (cn === '1013') this.setTime(packet, device);
    else if (TOLD.has(cn)) this.reply(packet);
    else this.fail(packet.mn, 'command', { detail: `CN=${cn} is nothing that a device tells`, raw });
  }

  private async data({ packet, device, raw }: From, cn: DataCommand): Promise<void> {
    const { civil, intake, tally } = this.parts;
    const told = readingsOf(civil, { ...packet, cn }, device);
    if (!told.ok) { this.fail(packet.mn, told.reason, { detail: told.detail, raw }); return; }
    if (!this.allows({ packet, device, raw }, told.faults)) return;
    if (told.unread.length > 0) this.fail(packet.mn, 'value', { detail: told.unread.map(({ factor, detail }) => `${factor}: ${detail}`).join('; '), raw });
    const fresh = this.sampled(told.readings, packet, device);
    if (fresh.length > 0) {
      const taken = await intake(device.source, fresh);
      if (!taken.ok) { tally.withheld += 1; return; }
      if (taken.refused.length > 0) this.fail(packet.mn, 'refused', { detail: taken.refused.map(({ code, detail }) => `${code}: ${detail}`).join('; '), raw });
      const kept = fresh.length - taken.refused.length;
      tally.readings += kept;
      tally.of(device).readings += kept;
    }
    this.reply(packet);
  }

  /** Of instantaneous values the first in a period stands for it; the same one sent again goes through, to be found unchanged. */
  private sampled<R extends { pollutant: string; start: number }>(readings: readonly R[], { cn, mn, fields }: Packet, device: Device): readonly R[] {
    if (cn !== '2011' || device.realtime === null) return readings;
    const time = fields.get('DataTime') ?? '';
    return readings.filter(({ pollutant, start }) => {
      const key = `${mn}|${pollutant}`;
      const before = this.samples.get(key);
      if (before?.start === start) return before.time === time;
      this.samples.set(key, { start, time });
      return true;
    });
  }

  /** A device that asks what time it is gets the notice answered, then the time (HJ 212-2017, 1013 and 1012). */
  private setTime(packet: Packet, { password, mn }: Device): void {
    const { civil, now } = this.parts;
    if (packet.qn !== null) this.line.send(answer('9013', { qn: packet.qn, pw: packet.pw, mn }));
    const at = now();
    const to: To = { qn: qnOf(civil, at), pw: password, mn };
    this.line.send(request('1012', { ...to, st: packet.st }, `SystemTime=${stamp(civil, at)}`));
  }

  private reply({ wanted, qn, pw, mn }: Packet): void {
    if (wanted && qn !== null) this.line.send(answer('9014', { qn, pw, mn }));
  }

  private fail(mn: string | null, reason: Failure, { detail, raw }: { detail: string; raw: Buffer }): null {
    const { tally, machine, keepFailed } = this.parts;
    const at = machine();
    tally.fail(mn, reason, at);
    keepFailed({ at, peer: this.line.peer, mn, reason, detail, raw });
    if (reason !== 'value' && reason !== 'refused') this.strange += 1;
    return null;
  }
}
