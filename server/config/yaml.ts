/** A YAML file read through its schema: the value, or what is wrong with it by line and field. */
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import type { Mistake } from '../../shared/keydate.ts';
import { fieldOf, type Problem } from './problem.ts';
import { shapeMistakes, valueAt } from './shape.ts';

/**
 * A file as read. `value` leaves out the list items that are wrong, so that what refers to the others can still be
 * looked at; `lost` has the ids of those left out, which nobody may call unknown; null where nothing can be looked at.
 */
export type Read<T> = {
  file: string; value: T | null; problems: Problem[]; lost: readonly string[]; spare: readonly Spare[]; say: Say; place: Place;
  /** The document as it stands there, whatever is wrong with it. */
  raw: unknown;
};
/** An item that was left out, as it stands there. */
export type Spare = { list: string; at: number; item: unknown };
/** Mistakes found later, as problems; those about a value that was only left out are not said. */
type Say = (mistakes: readonly Mistake[], lost: ReadonlySet<string>) => Problem[];
/** A mistake whose path is that of the file as it stands there. */
type Place = (mistake: Mistake) => Problem;

/** A file of which nothing can be looked at, or one that is not there and has a default. */
export const unread = <T>(file: string, value: T | null, problems: Problem[]): Read<T> =>
  ({ file, value, problems, raw: null, lost: [], spare: [], say: () => [], place: ({ path, message }) => ({ file, line: 0, field: fieldOf(path), message }) });

/** `fallback`: what stands in for a wrong field at the top, by what the file says, so that the rest can be looked at. */
export type YamlFile<S extends z.ZodType> = { file: string; schema: S; fallback?: (raw: unknown) => Record<string, unknown> };

function lineOf(doc: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  let offset = 0;
  let node: unknown = doc.contents;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(doc);
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(key));
      if (!isScalar(pair?.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      if (!isNode(node)) break;
      offset = node.range?.[0] ?? offset;
    } else break;
  }
  return lines.linePos(offset).line;
}

type Repaired = { raw: unknown; kept: ReadonlyMap<PropertyKey, number[]>; spare: Spare[] };
const isRecord = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The document without unknown fields and without the items of its lists that are wrong. */
function repaired(raw: unknown, issues: readonly z.core.$ZodIssue[], fallback: Record<string, unknown>): Repaired {
  const copy: unknown = structuredClone(raw);
  const bad = new Map<PropertyKey, Set<PropertyKey>>();
  const put = (key: PropertyKey): void => {
    if (!isRecord(copy)) return;
    if (typeof key === 'string' && key in fallback) copy[key] = fallback[key];
    else Reflect.deleteProperty(copy, key);
  };
  for (const issue of issues) {
    const [first, second] = issue.path;
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) Reflect.deleteProperty(Object(valueAt(copy, issue.path)) as object, key);
    else if (first !== undefined && typeof second === 'number') bad.set(first, (bad.get(first) ?? new Set()).add(second));
    else if (first !== undefined) put(first);
  }
  return without(copy, bad, fallback);
}

function without(copy: unknown, bad: ReadonlyMap<PropertyKey, ReadonlySet<PropertyKey>>, fallback: Record<PropertyKey, unknown>): Repaired {
  const kept = new Map<PropertyKey, number[]>();
  const spare: Spare[] = [];
  for (const [key, wrong] of bad) {
    const list = valueAt(copy, [key]);
    if (!Array.isArray(list) || !isRecord(copy)) continue;
    const stay = list.flatMap((_item, at) => (wrong.has(at) ? [] : [at]));
    spare.push(...[...wrong].map((at) => ({ list: String(key), at: Number(at), item: valueAt(list, [at]) })));
    kept.set(key, stay);
    copy[key] = stay.length === 0 && key in fallback ? fallback[key] : stay.map((at): unknown => list[at]);
  }
  return { raw: copy, kept, spare };
}

function plain(doc: Document): { raw: unknown } | { error: string } {
  try {
    return { raw: doc.toJS() as unknown };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Reads a text through a schema. */
export function readYaml<S extends z.ZodType>(text: string, { file, schema, fallback = () => ({}) }: YamlFile<S>): Read<z.output<S>> {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = [...doc.errors, ...doc.warnings].map((error): Problem => ({ file, line: lines.linePos(error.pos[0]).line, field: '', message: error.message }));
  if (broken.length > 0) return unread<z.output<S>>(file, null, broken);
  const found = plain(doc);
  if ('error' in found) return unread<z.output<S>>(file, null, [{ file, line: 1, field: '', message: found.error }]);
  const { raw } = found;
  const place: Place = ({ path, message }) => ({ file, line: lineOf(doc, lines, path), field: fieldOf(path), message });
  const parsed = schema.safeParse(raw);
  const issues = parsed.success ? [] : parsed.error.issues;
  const mended = repaired(raw, issues, issues.length === 0 ? {} : fallback(raw));
  const original = (path: readonly (string | number)[]): (string | number)[] =>
    path.map((key, at) => (at === 1 && typeof key === 'number' ? (mended.kept.get(path[0] ?? '')?.[key] ?? key) : key));
  const say: Say = (mistakes, lost) => mistakes
    .map((each) => ({ ...each, path: original(each.path) }))
    .filter((each) => !lost.has(String(valueAt(raw, each.path)))).map(place);
  const again = parsed.success ? parsed : schema.safeParse(mended.raw);
  const problems = shapeMistakes(issues, { schema, raw }).map(place);
  const lost = mended.spare.map(({ item }) => valueAt(item, ['id'])).filter((id) => typeof id === 'string');
  return { file, value: again.success ? again.data : null, problems, lost, spare: mended.spare, say, place, raw };
}
