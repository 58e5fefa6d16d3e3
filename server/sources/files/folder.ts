/**
 * Files dropped into a folder: taken whole, once their writer is done with them, then moved to `done` or `failed` in it with the
 * reasons beside. A file that was taken and not moved, since the server died in between, is taken again, which changes nothing.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { deliveriesOf, type Ingest } from '../../../shared/delivery.ts';
import type { Reading } from '../../../shared/reading.ts';
import type { FeedReader, FeedReject } from '../../layouts/feed.ts';

export type FolderParts = { source: string; folder: string; every: number; read: FeedReader; take: Ingest; /** Told of what went wrong with the folder itself. */ failed: (reason: string) => void };
/** `waiting`: files that are there and were not taken; `trouble`: what is wrong with the folder, or null. */
export type FolderState = { id: string; done: number; failed: number; waiting: number; trouble: string | null };

const LARGEST = 256 * 1024 * 1024;
/** Names of files that are still being written, as those who write them name them. */
const UNFINISHED = /^\.|\.(part|tmp|partial|filepart|crdownload)$|~$/i;

type Seen = { size: number; mtime: number };
type Outcome = { to: 'done' | 'failed'; report: object } | { to: null; reason: string };

function bytesOf(file: string): Buffer {
  const bytes = readFileSync(file);
  return file.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes;
}

/** A name that is not taken yet. */
function freeName(folder: string, name: string): string {
  for (let i = 0; ; i += 1) {
    const place = path.join(folder, i === 0 ? name : `${name}.${i}`);
    if (!existsSync(place)) return place;
  }
}

export class Folder {
  readonly state: FolderState;
  private readonly parts: FolderParts;
  private readonly seen = new Map<string, Seen>();
  private readonly timer: NodeJS.Timeout;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(parts: FolderParts) {
    this.parts = parts;
    this.state = { id: parts.source, done: 0, failed: 0, waiting: 0, trouble: null };
    this.timer = setInterval(() => { this.looking = this.looking.then(() => this.look()); }, parts.every);
    this.looking = this.look();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.looking;
  }

  /** One look: files that have not changed since the look before are taken, in the order of their names. */
  private async look(): Promise<void> {
    if (this.stopped) return;
    try {
      const files = this.files();
      this.state.waiting = files.length;
      for (const { name, stable } of files) if (stable && !this.isStopped()) await this.takeFile(name);
      this.state.trouble = null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (this.state.trouble === null) this.parts.failed(reason);
      this.state.trouble = reason;
    }
  }

  private isStopped(): boolean {
    return this.stopped;
  }

  private files(): { name: string; stable: boolean }[] {
    const { folder } = this.parts;
    mkdirSync(folder, { recursive: true });
    const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && !UNFINISHED.test(entry.name)).map(({ name }) => name).sort();
    for (const name of this.seen.keys()) if (!names.includes(name)) this.seen.delete(name);
    return names.map((name) => {
      const { size, mtimeMs: mtime } = statSync(path.join(folder, name));
      const before = this.seen.get(name);
      this.seen.set(name, { size, mtime });
      return { name, stable: before?.size === size && before.mtime === mtime };
    });
  }

  private async takeFile(name: string): Promise<void> {
    const outcome = await this.outcomeOf(path.join(this.parts.folder, name));
    if (outcome.to === null) return;
    const place = path.join(this.parts.folder, outcome.to);
    mkdirSync(place, { recursive: true });
    const free = freeName(place, name);
    writeFileSync(`${free}.report.json`, `${JSON.stringify(outcome.report, null, 2)}\n`);
    renameSync(path.join(this.parts.folder, name), free);
    this.seen.delete(name);
    this.state[outcome.to] += 1;
    this.state.waiting -= 1;
  }

  private async outcomeOf(file: string): Promise<Outcome> {
    if (statSync(file).size > LARGEST) return { to: 'failed', report: { reason: `the file has more than ${LARGEST} bytes` } };
    let bytes: Buffer;
    try {
      bytes = bytesOf(file);
    } catch (error) {
      return { to: 'failed', report: { reason: error instanceof Error ? error.message : String(error) } };
    }
    const read = await this.parts.read(bytes);
    return read.ok ? this.deliver(read.readings, read.rejected) : { to: 'failed', report: { reason: read.reason } };
  }

  /** Nothing is moved before all of it is durable. */
  private async deliver(readings: readonly Reading[], rejected: readonly FeedReject[]): Promise<Outcome> {
    const { source, take } = this.parts;
    const report = { accepted: 0, unchanged: 0, revised: 0, rejected: [] as { code: string; detail: string }[] };
    for (const delivery of deliveriesOf(source, { readings, rejected })) {
      const receipt = await take(delivery);
      if (!receipt.ok) return { to: null, reason: receipt.detail };
      for (const outcome of ['accepted', 'unchanged', 'revised'] as const) report[outcome] += receipt[outcome];
      report.rejected.push(...receipt.rejected.map(({ code, detail }) => ({ code, detail })));
    }
    return { to: readings.length === 0 && rejected.length > 0 ? 'failed' : 'done', report };
  }
}
