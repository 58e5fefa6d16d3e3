/** Hours that a device's outage left open, asked of it when it is heard again (2061 with BeginTime and EndTime). */
import { type Civil, HOUR } from '../../../shared/time.ts';
import type { Device } from './devices.ts';
import { qnOf, request, stamp } from '../../../shared/hj212/frame.ts';
import type { Packet } from './packet.ts';

/** The standard's usual time to wait for an answer, and how often a request is sent again (HJ 212-2017 table 1). */
const WAIT = 10_000;
const AGAIN = 3;

export type Gap = { from: number; to: number };

/** The whole hours that are over and of which nothing was heard; null: there are none, or nobody asks. */
export function gapOf(civil: Civil, of: { now: number; heard: number | null; history: number }): Gap | null {
  const { now, heard, history } = of;
  const earliest = now - history;
  const from = civil.hour(Math.max(heard ?? earliest, earliest));
  const to = civil.hour(now);
  return history > 0 && from < to ? { from, to } : null;
}

type Parts = { civil: Civil; now: () => number; send: (frame: Uint8Array) => void };

export class History {
  private pending: { qn: string; frame: Uint8Array; sent: number } | null = null;
  private timer: NodeJS.Timeout | null = null;
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  ask(device: Device, st: string, { from, to }: Gap): void {
    const { civil, now } = this.parts;
    const qn = qnOf(civil, now());
    const area = `BeginTime=${stamp(civil, from)};EndTime=${stamp(civil, to - HOUR)}`;
    this.pending = { qn, sent: 0, frame: request('2061', { qn, st, pw: device.password, mn: device.mn }, area) };
    this.send();
  }

  /** An answer of the device's: taken up (9011), or done or refused, which ends it. */
  answered({ qn, cn, fields }: Packet): void {
    if (this.pending === null || qn !== this.pending.qn) return;
    const refused = cn === '9011' && fields.get('QnRtn') !== '1';
    if (cn === '9011' || cn === '9012') this.stop();
    if (refused || cn === '9012') this.pending = null;
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private send(): void {
    const { pending } = this;
    if (pending === null || pending.sent > AGAIN) return;
    pending.sent += 1;
    this.parts.send(pending.frame);
    this.timer = setTimeout(() => { this.send(); }, WAIT);
    this.timer.unref();
  }
}
