/** The scripts of an event folder's exercises, `exercises/*.yaml`: each read, or what is wrong with it by line and field. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Id } from '../../shared/event.ts';
import { hurriedSaid, paceOf, Script, scriptMistakes } from '../../shared/exercise.ts';
import type { Config } from './load.ts';
import type { Problem } from './problem.ts';
import { readText } from './text.ts';
import { readYaml } from './yaml.ts';

export const EXERCISES = 'exercises';
/** Bytes: the real room must not wait while a script is read. */
const LARGEST = 64 * 1024;

/** `id`: the file's name without its ending; `script` null: `problems` say why. */
export type ScriptRead = { id: string; file: string; script: Script | null; problems: Problem[]; /** Allowed, and yet worth a look. */ notices: Problem[] };

async function readOne(config: Config, name: string): Promise<ScriptRead> {
  const [file, id] = [`${EXERCISES}/${name}`, name.replace(/\.ya?ml$/, '')];
  const unusable = (problems: Problem[]): ScriptRead => ({ id, file, script: null, problems, notices: [] });
  if (!Id.safeParse(id).success) return unusable([{ file, line: 0, field: '', message: 'is no name for a script; expected letters, digits, . _ and -' }]);
  const { size } = await stat(path.join(config.dir, file)).catch(() => ({ size: 0 }));
  if (size > LARGEST) return unusable([{ file, line: 0, field: '', message: `is larger than ${LARGEST / 1024} KiB` }]);
  const found = await readText(config.dir, file);
  if (!('text' in found)) return unusable('problem' in found ? [found.problem] : []);
  const { value, problems, say } = readYaml(found.text, { file, schema: Script });
  const mistakes = value === null ? [] : say(scriptMistakes(value, { network: config, period: config.event.period }), new Set());
  const all = [...problems, ...mistakes];
  if (all.length > 0 || value === null) return unusable(all);
  const notices = say(hurriedSaid(paceOf(value), value.speed).map((message) => ({ path: ['speed'], message })), new Set());
  return { id, file, script: value, problems: [], notices };
}

/** As they stand on the disk now: whoever prepares an exercise need not start the room anew. A folder without any has none. */
export async function readScripts(config: Config): Promise<ScriptRead[]> {
  const found = await readdir(path.join(config.dir, EXERCISES), { withFileTypes: true }).catch(() => []);
  // What a link leads to is nobody's script: its lines would be told to whoever asks.
  const names = found.filter((each) => each.isFile() && /\.ya?ml$/.test(each.name)).map(({ name }) => name).sort();
  const read = await Promise.all(names.map((name) => readOne(config, name)));
  return read.map((each, at) => (read.findIndex(({ id }) => id === each.id) === at ? each
    : { ...each, script: null, notices: [], problems: [{ file: each.file, line: 0, field: '', message: `there is another script ${each.id}: one of the two needs another name` }] }));
}
