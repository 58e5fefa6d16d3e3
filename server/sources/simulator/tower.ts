/**
 * Sends readings as devices do: HJ 212 over TCP, a connection for each station, a frame for each period, and each frame again
 * until 9014 says that it is durable (HJ 212-2017 table 1: 10 s, three times; then the line is opened anew).
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { frameOf, stamp } from '../../../shared/hj212/frame.ts';
import { MICRO, type Quantity, type Reading } from '../../../shared/reading.ts';
import type { Civil } from '../../../shared/time.ts';
import type { Log, Send, Sent } from './sender.ts';

export type TowerTarget = {
  host: string; port: number; password: string; civil: Civil; log: Log; signal: AbortSignal;
  /** Machine milliseconds that an answer may take. */
  patience: number;
  /** What becomes of a frame on its way; as it is where not said. */
  spoil?: (frame: Uint8Array) => Uint8Array;
};

const AGAIN = 3;
const LONGEST_WAIT = 10_000;
const STOPPED: Sent = { ok: false, why: 'stopped', detail: 'stopped' };

const CODES: Readonly<Partial<Record<Quantity, string>>> = {
  'PM2.5': 'a34004', PM10: 'a34002', SO2: 'a21026', NO2: 'a21004', O3: 'a05024', CO: 'a21005',
  temperature: 'a01001', humidity: 'a01002', pressure: 'a01006', 'wind-speed': 'a01007', 'wind-direction': 'a01008',
};

/** A connection of one station, opened when it has something to send. */
class Line {
  private opening: Promise<Socket | null> | null = null;
  private heard = '';
  private readonly waiting = new Map<string, () => void>();
  private readonly target: TowerTarget;

  constructor(target: TowerTarget) {
    this.target = target;
    target.signal.addEventListener('abort', () => { this.close(); });
  }

  /** Sends a frame and resolves with whether it was answered in time. */
  async upload(qn: string, frame: Uint8Array): Promise<boolean> {
    const socket = await this.open();
    if (socket === null) return false;
    const answered = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => { resolve(false); }, this.target.patience);
      const done = (yes: boolean) => (): void => { clearTimeout(timer); resolve(yes); };
      this.waiting.set(qn, done(true));
      socket.once('close', done(false));
    });
    socket.write(this.target.spoil?.(frame) ?? frame);
    const yes = await answered;
    this.waiting.delete(qn);
    return yes;
  }

  close(): void {
    void this.opening?.then((socket) => socket?.destroy());
    this.opening = null;
  }

  private async open(): Promise<Socket | null> {
    const socket = await (this.opening ??= this.connected());
    if (socket !== null && !socket.destroyed) return socket;
    this.opening = null;
    return null;
  }

  private connected(): Promise<Socket | null> {
    const { host, port, signal } = this.target;
    return new Promise((resolve) => {
      if (signal.aborted) { resolve(null); return; }
      const socket = connect(port, host);
      socket.setMaxListeners(0);
      socket.on('error', () => { socket.destroy(); });
      socket.once('close', () => { resolve(null); });
      socket.on('data', (chunk) => { this.hear(chunk.toString('latin1')); });
      socket.once('connect', () => { resolve(socket); });
    });
  }

  private hear(text: string): void {
    const lines = (this.heard + text).split('\r\n');
    this.heard = lines.pop() ?? '';
    for (const line of lines) {
      const qn = /QN=(\d{17});ST=91;CN=9014;/.exec(line)?.[1];
      if (qn !== undefined) this.waiting.get(qn)?.();
    }
  }
}

type Period = { station: string; start: number; minutes: number; readings: Reading[] };

/** Readings by the frame they go into: all pollutants of a station's period. */
function periodsOf(readings: readonly Reading[]): Period[] {
  const periods = new Map<string, Period>();
  for (const reading of readings) {
    const { station, start, minutes } = reading;
    const key = `${station}|${start}|${minutes}`;
    const period = periods.get(key) ?? { station, start, minutes, readings: [] };
    period.readings.push(reading);
    periods.set(key, period);
  }
  return [...periods.values()];
}

function itemOf({ pollutant, value, flag }: Reading): string[] {
  const code = CODES[pollutant];
  return code === undefined ? [] : [`${value === null ? '' : `${code}-Avg=${value / MICRO},`}${code}-Flag=${flag}`];
}

/** A sender for one server; a station's id is its number. */
export function towersTo(target: TowerTarget): Send {
  const { civil, password, log, signal } = target;
  const lines = new Map<string, Line>();
  let exchanges = 0;
  const upload = async (line: Line, { station, start, minutes, readings }: Period): Promise<boolean> => {
    exchanges = (exchanges + 1) % 1000;
    const qn = `${stamp(civil, start + minutes * 60_000)}${String(exchanges).padStart(3, '0')}`;
    const frame = frameOf(`QN=${qn};ST=22;CN=${minutes === 60 ? '2061' : '2051'};PW=${password};MN=${station};Flag=5;CP=&&DataTime=${stamp(civil, start)};${readings.flatMap(itemOf).join(';')}&&`);
    for (let i = 0; i <= AGAIN && !signal.aborted; i += 1) if (await line.upload(qn, frame)) return true;
    return false;
  };
  const untilTaken = async (period: Period): Promise<void> => {
    const line = lines.get(period.station) ?? new Line(target);
    lines.set(period.station, line);
    for (let wait = 500; !signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      if (await upload(line, period)) return;
      line.close();
      log.warn({ station: period.station, again: wait }, 'a frame was not answered; it is sent again');
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
  };
  return async (readings) => {
    await Promise.all(periodsOf(readings).map(untilTaken));
    return signal.aborted ? STOPPED : { ok: true };
  };
}
