/** What became of every frame: counted for the desk and for whoever watches, bounded whatever is sent. */
import type { Device } from './devices.ts';

export const FAILURES = [
  'no-frame', 'no-end', 'checksum', 'no-segment', 'no-header', 'twice', 'unknown-device', 'password', 'system', 'fault', 'command', 'datatime', 'value', 'refused',
] as const;
/** Why a frame, or a part of it, was not taken. */
export type Failure = (typeof FAILURES)[number];
/** `at` in machine time. */
export type FailedFrame = { at: number; peer: string; mn: string | null; reason: Failure; detail: string; raw: Buffer };

/** `skew`: how far the device's clock was ahead of event time when its last frame came, in ms; instants in event time. */
export type DeviceTally = {
  mn: string; station: string; source: string; frames: number; readings: number; failed: number; heardAt: number | null; skew: number | null; connected: boolean;
};
export type Unknown = { mn: string; count: number; at: number; reason: 'unknown-device' | 'password' };
export type Hj212Tally = {
  connections: number; frames: number; readings: number; withheld: number;
  failures: Partial<Record<Failure, number>>; devices: DeviceTally[]; unknown: Unknown[]; unknownMore: number;
};

const MOST_UNKNOWN = 200;

export class Tally {
  connections = 0;
  frames = 0;
  readings = 0;
  /** Answers withheld since what came could not be made durable. */
  withheld = 0;
  private readonly failures = new Map<Failure, number>();
  private readonly devices = new Map<string, DeviceTally>();
  private readonly unknown = new Map<string, Unknown>();
  /** Connections of each device: one that comes back may be there before it has left. */
  private readonly lines = new Map<Device, number>();
  private unknownMore = 0;

  of({ mn, station, source }: Device): DeviceTally {
    let found = this.devices.get(mn);
    if (found === undefined) this.devices.set(mn, found = { mn, station, source, frames: 0, readings: 0, failed: 0, heardAt: null, skew: null, connected: false });
    return found;
  }

  /** A connection of a device was opened (1) or closed (-1). */
  line(device: Device, by: 1 | -1): void {
    const lines = (this.lines.get(device) ?? 0) + by;
    this.lines.set(device, lines);
    this.of(device).connected = lines > 0;
  }

  fail(mn: string | null, reason: Failure, at: number): void {
    this.failures.set(reason, (this.failures.get(reason) ?? 0) + 1);
    const device = mn === null ? undefined : this.devices.get(mn);
    if (device !== undefined) device.failed += 1;
    if (mn === null || (reason !== 'unknown-device' && reason !== 'password')) return;
    const known = this.unknown.get(mn);
    if (known !== undefined) Object.assign(known, { count: known.count + 1, at, reason });
    else if (this.unknown.size < MOST_UNKNOWN) this.unknown.set(mn, { mn, count: 1, at, reason });
    else this.unknownMore += 1;
  }

  told(): Hj212Tally {
    const { connections, frames, readings, withheld, unknownMore } = this;
    return {
      connections, frames, readings, withheld, failures: Object.fromEntries(this.failures),
      devices: [...this.devices.values()].map((each) => ({ ...each })), unknown: [...this.unknown.values()].map((each) => ({ ...each })), unknownMore,
    };
  }
}
