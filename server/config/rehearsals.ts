/** The tests of an event folder, `tests/*.yaml`: read, or every problem in them by file, line and field. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Mistake } from '../../shared/keydate.ts';
import { RehearsalFile } from '../../shared/rehearsal.ts';
import { rehearsalMistakes } from '../../shared/rehearsing.ts';
import type { Config } from './load.ts';
import { inOrder, type Problem } from './problem.ts';
import { readText } from './text.ts';
import { readYaml, type YamlFile } from './yaml.ts';

export const REHEARSALS = 'tests';

/** One file: what is in it, and which line a path of it stands in. */
export type RehearsalsRead = { file: string; tests: RehearsalFile['tests']; lineOf: (at: Mistake['path']) => number };
export type Rehearsals = { ok: true; files: RehearsalsRead[] } | { ok: false; problems: Problem[] };

const schema = (file: string): YamlFile<typeof RehearsalFile> => ({ file, schema: RehearsalFile });

async function readOne(config: Config, file: string): Promise<{ read: RehearsalsRead; problems: Problem[] }> {
  const found = await readText(config.dir, file);
  const empty: RehearsalsRead = { file, tests: [], lineOf: () => 0 };
  if (!('text' in found)) return { read: empty, problems: 'problem' in found ? [found.problem] : [] };
  const { value, problems, say, place } = readYaml(found.text, schema(file));
  const mistakes = value === null ? [] : say(rehearsalMistakes({ civil: config.civil, network: config }, value), new Set());
  const lineOf = (at: Mistake['path']): number => place({ path: at, message: '' }).line;
  return { read: { file, tests: value?.tests ?? [], lineOf }, problems: [...problems, ...mistakes] };
}

/** All tests of a folder that is itself right, by the files' names. */
export async function readRehearsals(config: Config): Promise<Rehearsals> {
  const names = await readdir(path.join(config.dir, REHEARSALS)).catch(() => []);
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort().map((name) => `${REHEARSALS}/${name}`);
  const all = await Promise.all(files.map((file) => readOne(config, file)));
  const problems = inOrder(all.flatMap((each) => each.problems), files);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, files: all.map(({ read }) => read) };
}
