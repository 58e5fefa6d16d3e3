/** What is wrong with the shape of a file, in words for whoever wrote it: from zod's issues, with the nearest known field. */
import { z } from 'zod';
import type { Mistake } from '../../shared/keydate.ts';
import { nearest } from '../../shared/names.ts';

type Issue = z.core.$ZodIssue;
type Key = string | number;

/** A schema without what wraps it: optional, default, a refinement's pipe. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodNullable) return bare(schema.unwrap());
  return schema instanceof z.ZodPipe ? bare(schema.in instanceof z.ZodTransform ? schema.out : schema.in) : schema;
}

/** The fields that may stand at a path; of a union, those of all its members. */
export function fieldsAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const here = bare(schema);
  if (here instanceof z.ZodUnion) return [...new Set(here.options.flatMap((option) => fieldsAt(option, path)))];
  const [first, ...rest] = path;
  if (first === undefined) return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
  if (here instanceof z.ZodArray) return fieldsAt(here.element, rest);
  if (here instanceof z.ZodRecord) return fieldsAt(here.valueType, rest);
  const next = here instanceof z.ZodObject ? (here.shape as Record<PropertyKey, z.core.$ZodType | undefined>)[first] : undefined;
  return next === undefined ? [] : fieldsAt(next, rest);
}

/** What stands at a path of a document. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined), value);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'nothing';
  return typeof value === 'object' ? 'a mapping' : JSON.stringify(value);
}

const EXPECTED: Record<string, string> = { string: 'text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'a mapping', record: 'a mapping', tuple: 'a list' };

/** How far a member of a union is from what stands there: one for each mistake, one for each unknown field. */
const distance = (issues: readonly Issue[]): number =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);

/** Whether a member of a union is of another kind altogether: a mapping stands where it is yes or no. */
const isOtherKind = (issues: readonly Issue[]): boolean => issues.some(({ code, path }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value'));

/** Of a union, the complaints of the member that comes nearest to what stands there: of its kind, and with the fewest mistakes. */
function ofUnion(issue: Issue & { code: 'invalid_union' }, place: { schema: z.core.$ZodType; raw: unknown }): Mistake[] {
  // The field that says which member is meant says none that there is.
  if (issue.errors.length === 0 && 'options' in issue && Array.isArray(issue.options)) return [{ path: issue.path as Key[], message: wrongValue(issue.options, valueAt(place.raw, issue.path)) }];
  const [best] = [...issue.errors].sort((a, b) => Number(isOtherKind(a)) - Number(isOtherKind(b)) || distance(a) - distance(b));
  if (best === undefined) return [{ path: issue.path as Key[], message: issue.message }];
  return best.flatMap((inner) => mistakesOf({ ...inner, path: [...issue.path, ...inner.path] }, place));
}

function unknownField(key: string, issue: Issue, place: { schema: z.core.$ZodType; raw: unknown }): Mistake {
  const known = fieldsAt(place.schema, issue.path);
  const path = [...(issue.path as Key[]), key];
  if (known.includes(key)) return { path, message: `"${key}" cannot stand beside ${Object.keys(valueAt(place.raw, issue.path) ?? {}).filter((other) => other !== key).join(', ')}` };
  const near = nearest(key, known);
  return { path, message: `unknown field "${key}"${near === null ? `; there are ${known.join(', ')}` : `; did you mean "${near}"?`}` };
}

function wrongValue(values: readonly unknown[], value: unknown): string {
  const words = values.map(String);
  const near = typeof value === 'string' ? nearest(value, words) : null;
  return `expected ${words.length === 1 ? '' : 'one of '}${words.join(', ')}, not ${shown(value)}${near === null ? '' : `; did you mean "${near}"?`}`;
}

/** All issues as mistakes; a field is not called missing where it stands there misspelt. */
export function shapeMistakes(issues: readonly Issue[], place: { schema: z.core.$ZodType; raw: unknown }): Mistake[] {
  const all = issues.flatMap((issue) => mistakesOf(issue, place));
  const parent = (path: readonly Key[]): string => JSON.stringify(path.slice(0, -1));
  const meant = (each: Mistake): boolean => each.message === 'is missing'
    && all.some((other) => other.message.endsWith(`did you mean "${each.path.at(-1) ?? ''}"?`) && parent(other.path) === parent(each.path));
  return all.filter((each) => !meant(each));
}

/** One issue of zod as mistakes; `raw` is the document before anything was filled in. */
function mistakesOf(issue: Issue, place: { schema: z.core.$ZodType; raw: unknown }): Mistake[] {
  const path = issue.path as Key[];
  const value = valueAt(place.raw, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(key, issue, place));
  if (value === undefined && path.length > 0 && issue.code !== 'custom') return [{ path, message: 'is missing' }];
  if (issue.code === 'invalid_union') return ofUnion(issue, place);
  if (issue.code === 'invalid_type') return [{ path, message: `expected ${EXPECTED[issue.expected] ?? issue.expected}, not ${shown(value)}` }];
  if (issue.code === 'invalid_value') return [{ path, message: wrongValue(issue.values, value) }];
  const message = issue.message.replace(/^(Too|Invalid)/, (word) => word.toLowerCase());
  return [{ path, message: value === undefined || typeof value === 'object' ? message : `${message}, not ${shown(value)}` }];
}
