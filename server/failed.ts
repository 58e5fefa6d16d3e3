/**
 * What could not be taken, kept as it came: a line of JSON for each, in `failed/NAME.jsonl` of the data folder, bounded in
 * size and age. Whoever floods the line loses the surplus, which is counted.
 */
import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';

/** Bytes of a file before it gives way to a new one; one older is kept beside it. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Milliseconds that what failed is kept. */
const KEPT = 7 * 24 * 3_600_000;
/** Lines that may wait for the disk. */
const MOST_WAITING = 2_000;

export type Failed = { at: number; peer: string; reason: string; detail: string; raw: Buffer } & Record<string, unknown>;
export type FailedKeeper = {
  keep: (failed: Failed) => void;
  /** How many were not kept, for want of room or disk. */
  lost: () => number;
  settled: () => Promise<void>;
};

const line = ({ raw, at, ...rest }: Failed): string => `${JSON.stringify({ at: new Date(at).toISOString(), ...rest, raw: raw.toString('hex') })}\n`;

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
function dropOld(file: string, now: number): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found !== undefined && found.mtimeMs < now - KEPT) rmSync(file, { force: true });
}

/** `now` in machine time. */
export function failedKeeper(dir: string, name: string, now: () => number): FailedKeeper {
  const file = new Kept(path.join(dir, 'failed'), name, now);
  return { keep: (failed) => { file.keep(failed); }, lost: () => file.lost, settled: () => file.settled() };
}

class Kept {
  lost = 0;
  private waiting: string[] = [];
  private writing: Promise<void> | null = null;
  private readonly folder: string;
  private readonly file: string;
  private readonly older: string;
  private readonly now: () => number;

  constructor(folder: string, name: string, now: () => number) {
    this.folder = folder;
    [this.file, this.older] = [path.join(folder, `${name}.jsonl`), path.join(folder, `${name}.1.jsonl`)];
    this.now = now;
  }

  keep(failed: Failed): void {
    if (this.waiting.length >= MOST_WAITING) { this.lost += 1; return; }
    this.waiting.push(line(failed));
    this.writing ??= Promise.resolve().then(() => this.write());
  }

  async settled(): Promise<void> { await this.writing; }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const lines = this.waiting;
      this.waiting = [];
      try {
        this.makeRoom();
        await appendFile(this.file, lines.join(''));
      } catch {
        this.lost += lines.length;
      }
    }
    this.writing = null;
  }

  private makeRoom(): void {
    mkdirSync(this.folder, { recursive: true });
    for (const each of [this.file, this.older]) dropOld(each, this.now());
    if (sizeOf(this.file) > MOST_BYTES) renameSync(this.file, this.older);
  }
}
