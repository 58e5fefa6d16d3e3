/** Recorded air for a house: the files read whole, then played. */
import type { Config } from '../config.ts';
import type { Begun, House } from './house.ts';
import { playAll, type Play } from '../play.ts';
import type { ReplayClock } from '../clock.ts';
import { deliveries } from '../sources/replay/groups.ts';
import { type LayoutId, readRecorded, type Recorded } from '../layouts/recorded.ts';

export type Recording = Extract<Recorded, { ok: true }>;

/** All readings of the files, or every problem in them as printed lines. */
export async function record(config: Config, { files, layout }: { files: string[]; layout: LayoutId }): Promise<{ ok: true; recording: Recording } | { ok: false; lines: string[] }> {
  const recording = await readRecorded({
    files, layout, civil: config.civil, resolveStation: (alias) => config.stationByAlias(alias)?.id ?? null,
  });
  if (recording.ok) return { ok: true, recording };
  return { ok: false, lines: recording.problems.map(({ file, line, message }) => `${file}${line > 0 ? `:${line}` : ''}: ${message}`) };
}

/** What was left out of recorded files, a line each, for whoever started it. */
export const leftOut = ({ skipped }: Recording): string[] =>
  skipped.map(({ reason, count, first }) => `${count} × ${reason}, first at ${first.file}:${first.line}: ${first.detail}`);

type Options = Pick<Play, 'done'> & Partial<Pick<Play, 'reached' | 'pace' | 'stopped'>>;

/** Plays a recording through a house that has begun; answers whether to its end. */
export function play(house: House, { take }: Begun, { recording, ...options }: Options & { recording: Recording }): Promise<boolean> {
  const { bench } = house;
  return playAll({ clock: house.clock as ReplayClock, receive: take, settle: bench.rules.settle, ...options }, deliveries(recording.readings));
}
