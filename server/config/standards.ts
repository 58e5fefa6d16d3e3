/** The standards an event is judged by: files of `standards` beside the event folders, else those that ship. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { standardIds, uncovered } from '../../shared/effective.ts';
import type { EventFile } from '../../shared/event.ts';
import type { Mistake } from '../../shared/keydate.ts';
import { unknownName } from '../../shared/names.ts';
import { StandardFile, type Standard } from '../../shared/standard.ts';
import { standardMistakes } from '../../shared/standard-mistakes.ts';
import { project } from '../built.ts';
import type { Problem } from './problem.ts';
import { readText } from './text.ts';
import { readYaml } from './yaml.ts';

/** `missing` are mistakes of the event that names them; `problems` are those of the standards' own files. */
export type StandardsRead = { standards: Standard[]; missing: Mistake[]; problems: Problem[] };

async function filesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((file) => file.endsWith('.yaml')).map((file) => file.slice(0, -'.yaml'.length));
  } catch {
    return [];
  }
}

async function oneStandard(id: string, folders: readonly string[]): Promise<{ standard: Standard | null; problems: Problem[] } | null> {
  for (const folder of folders) {
    const found = await readText(folder, `${id}.yaml`);
    if ('missing' in found) continue;
    const file = `standards/${id}.yaml`;
    if ('problem' in found) return { standard: null, problems: [{ ...found.problem, file }] };
    const read = readYaml(found.text, { file, schema: StandardFile });
    const own = read.value === null ? [] : [...standardMistakes(read.value), ...(read.value.id === id ? [] : [{ path: ['id'], message: `is "${read.value.id}", the file is ${id}.yaml` }])];
    return { standard: read.value, problems: [...read.problems, ...read.say(own, new Set())] };
  }
  return null;
}

const foldersOf = (dir: string): string[] => [path.join(dir, '..', 'standards'), path.join(project, 'config', 'standards')];

/** The texts of standards that were read, by their files' names. */
export async function standardTexts(standards: readonly Standard[], dir: string): Promise<[name: string, text: string][]> {
  const texts = await Promise.all(standards.map(async ({ id }): Promise<[string, string][]> => {
    for (const folder of foldersOf(dir)) {
      const found = await readText(folder, `${id}.yaml`);
      if ('text' in found) return [[`${id}.yaml`, found.text]];
    }
    return [];
  }));
  return texts.flat();
}

/** Reads the standards that an event of the folder `dir` names; days that none of them is in force on are a mistake of the event. */
export async function readStandards(event: EventFile, dir: string): Promise<StandardsRead> {
  const folders = foldersOf(dir);
  const read: StandardsRead = { standards: [], missing: [], problems: [] };
  for (const [at, id] of standardIds(event).entries()) {
    const found = await oneStandard(id, folders);
    const where = typeof event.standard === 'string' ? ['standard'] : ['standard', at, 'id'];
    if (found === null) {
      const known = (await Promise.all(folders.map(filesIn))).flat();
      read.missing.push({ path: where, message: unknownName('standard', id, [...new Set(known)].sort()) });
    } else {
      read.problems.push(...found.problems);
      if (found.standard !== null && !read.standards.includes(found.standard)) read.standards.push(found.standard);
    }
  }
  const whole = read.missing.length + read.problems.length === 0;
  return whole ? { ...read, missing: uncovered(event, read.standards) } : read;
}
